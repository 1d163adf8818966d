package io.aifs.server.catalog;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.layer.TreeBase;
import io.aifs.server.catalog.layer.TreeSums;
import io.aifs.server.catalog.layer.TreeView;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trees for overlays to lie on, kept as plain maps. */
public final class FakeTrees implements TreeBase {
  private final Map<Digest, FakeTree> trees = new HashMap<>();

  /** Keeps a tree and gives it a root. */
  public TreeRoot keep(SortedMap<TreePath, TreeEntry> entries) {
    if (entries.isEmpty()) {
      return TreeRoot.EMPTY;
    }
    Digest name = Digest.of(ByteBuffer.allocate(4).putInt(trees.size()).array());
    FakeTree tree = new FakeTree(entries);
    trees.put(name, tree);
    TreeSums sums = tree.sums(new byte[0], new byte[] {-1});
    return new TreeRoot(name, name, sums.entries(), sums.bytes(), sums.longest());
  }

  @Override
  public TreeView view(DomainId domain, TreeRoot root) {
    return Optional.ofNullable(trees.get(root.node())).orElseThrow();
  }

  private static final class FakeTree implements TreeView {
    private final TreeMap<byte[], PathEntry> entries = new TreeMap<>(Arrays::compareUnsigned);

    FakeTree(SortedMap<TreePath, TreeEntry> content) {
      content.forEach((path, entry) -> entries.put(path.toUtf8(), new PathEntry(path, entry)));
    }

    @Override
    public Optional<PathEntry> at(byte[] key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public Iterator<PathEntry> entries(byte[] first, byte[] end) {
      return between(first, end).iterator();
    }

    @Override
    public TreeSums sums(byte[] first, byte[] end) {
      TreeSums sums = TreeSums.ZERO;
      for (PathEntry entry : between(first, end)) {
        long bytes = entry.entry() instanceof TreeEntry.File file ? file.size() : 0;
        sums = sums.plus(new TreeSums(1, bytes, entry.path().toUtf8().length));
      }
      return sums;
    }

    private List<PathEntry> between(byte[] first, byte[] end) {
      return List.copyOf(entries.subMap(first, true, end, false).values());
    }
  }
}
