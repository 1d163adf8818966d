package io.aifs.server.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A tree as a plain sorted map, edited in the same ways as the real one. */
final class TreeModel {
  private static final String[] SEGMENTS = {
    "a", "b", "data", "train", "é", "a-b", "zz", "\uD83D\uDE00"
  };

  private final NavigableMap<TreePath, TreeEntry> entries = new TreeMap<>();

  TreeModel() {}

  TreeModel(TreeModel other) {
    entries.putAll(other.entries);
  }

  NavigableMap<TreePath, TreeEntry> entries() {
    return entries;
  }

  List<PathEntry> list() {
    return entries.entrySet().stream().map(e -> new PathEntry(e.getKey(), e.getValue())).toList();
  }

  List<PathEntry> list(byte[] first, byte[] end) {
    return list().stream().filter(e -> isIn(e.path(), first, end)).toList();
  }

  void apply(TreeEdit edit) {
    switch (edit) {
      case TreeEdit.Put put -> entries.put(put.entry().path(), put.entry().entry());
      case TreeEdit.Remove remove -> entries.remove(remove.path());
      case TreeEdit.Clear clear ->
          entries.keySet().removeIf(path -> isIn(path, clear.first(), clear.end()));
    }
  }

  /** The tree of these entries, built from nothing. */
  TreeRoot build(MemoryNodes nodes) throws IOException {
    return TreeModel.build(nodes, list());
  }

  static TreeRoot build(MemoryNodes nodes, Collection<PathEntry> entries) throws IOException {
    Iterator<TreeEdit> puts =
        entries.stream().<TreeEdit>map(entry -> new TreeEdit.Put(entry)).iterator();
    return TreeEditor.apply(nodes, nodes, TreeRoot.EMPTY, puts);
  }

  static boolean isIn(TreePath path, byte[] first, byte[] end) {
    byte[] key = path.toUtf8();
    return Arrays.compareUnsigned(key, first) >= 0 && Arrays.compareUnsigned(key, end) < 0;
  }

  /** Up to {@code count} edits in order, at paths that are there and others. */
  List<TreeEdit> randomEdits(SplittableRandom random, int count) {
    NavigableMap<TreePath, TreeEdit> points = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      TreePath path = randomPath(random);
      points.put(
          path,
          random.nextInt(3) == 0
              ? new TreeEdit.Remove(path)
              : new TreeEdit.Put(new PathEntry(path, randomEntry(random))));
    }
    List<TreeEdit> edits = new ArrayList<>(points.values());
    if (random.nextInt(3) == 0) {
      edits.add(randomClear(random));
    }
    edits.sort(
        (left, right) -> {
          int order = Arrays.compareUnsigned(left.key(), right.key());
          return order != 0 ? order : left instanceof TreeEdit.Clear ? -1 : 1;
        });
    return edits;
  }

  private TreeEdit randomClear(SplittableRandom random) {
    TreePath one = randomPath(random);
    TreePath other = randomPath(random);
    if (random.nextBoolean()) {
      return new TreeEdit.Clear((one + "/").getBytes(UTF_8), (one + "0").getBytes(UTF_8));
    }
    boolean ordered = one.compareTo(other) <= 0;
    return new TreeEdit.Clear((ordered ? one : other).toUtf8(), (ordered ? other : one).toUtf8());
  }

  /** Half of them are of the tree. */
  TreePath randomPath(SplittableRandom random) {
    if (!entries.isEmpty() && random.nextBoolean()) {
      TreePath from = newPath(random);
      TreePath near = entries.ceilingKey(from);
      return near == null ? entries.firstKey() : near;
    }
    return newPath(random);
  }

  private static TreePath newPath(SplittableRandom random) {
    StringBuilder path = new StringBuilder();
    int depth = random.nextInt(1, 5);
    for (int i = 0; i < depth; i++) {
      path.append(i == 0 ? "" : "/").append(SEGMENTS[random.nextInt(SEGMENTS.length)]);
      if (random.nextInt(3) > 0) {
        path.append(random.nextInt(100));
      }
    }
    return new TreePath(path.toString());
  }

  static TreeEntry randomEntry(SplittableRandom random) {
    FileAttributes attributes = new FileAttributes(random.nextInt(512), random.nextInt(5));
    return switch (random.nextInt(10)) {
      case 0 -> new TreeEntry.Symlink("to/" + random.nextInt(1000), attributes);
      case 1 -> new TreeEntry.Directory(attributes);
      default -> file(random.nextInt(20), attributes);
    };
  }

  static TreeEntry file(int content, FileAttributes attributes) {
    Digest asset = Digest.of(new byte[] {(byte) content, (byte) (content >> 8)});
    return new TreeEntry.File(asset, AssetKind.ofCode(content & 3), content, attributes);
  }
}
