package io.aifs.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys that somebody chose to make nodes end nowhere, everywhere, or at bad places. */
class AdversarialKeysTest {
  private static final int NODE_BYTES_MIN = 512;
  private static final int NODE_BYTES_MAX = 16 << 10;
  private static final TreeEntry FILE = TreeModel.file(1, FileAttributes.PLAIN_FILE);

  private final MemoryNodes nodes = new MemoryNodes();

  /** The hash that ends nodes of level 0. */
  private static long hash(TreePath path) {
    byte[] key = path.toUtf8();
    byte[] bytes = ByteBuffer.allocate(1 + key.length).put((byte) 0).put(key).array();
    return ByteBuffer.wrap(Digest.of(bytes).toBytes()).getInt() & 0xffff_ffffL;
  }

  /** Keys in order, the first suffix of each number whose hash suits. */
  private static TreeModel chosen(int count, LongPredicate suits) {
    TreeModel model = new TreeModel();
    for (int i = 0; i < count; i++) {
      String start = "%06d-".formatted(i);
      TreePath path =
          IntStream.iterate(0, n -> n + 1)
              .mapToObj(n -> new TreePath(start + Integer.toString(n, 36)))
              .filter(candidate -> suits.test(hash(candidate)))
              .findFirst()
              .orElseThrow();
      model.entries().put(path, FILE);
    }
    return model;
  }

  private TreeRoot built(TreeModel model) throws IOException {
    TreeRoot root = model.build(nodes);
    assertThat(nodes.all().values()).allMatch(node -> node.length <= NODE_BYTES_MAX);
    List<TreeProblem> problems = new ArrayList<>();
    new TreeCheck(nodes, new HashSet<>(), problems::add, _ -> {}).check(root);
    assertThat(problems).isEmpty();
    return root;
  }

  private TreeRoot put(TreeRoot root, TreePath path) throws IOException {
    nodes.resetCounts();
    return TreeEditor.apply(
        nodes,
        nodes,
        root,
        List.<TreeEdit>of(new TreeEdit.Put(new PathEntry(path, FILE))).iterator());
  }

  @Test
  void anInsertionReachesFewNodesWhereNoKeyEndsOne() throws IOException {
    TreeModel model = chosen(20_000, hash -> hash > 0x1000_0000L);
    TreeRoot root = built(model);
    int all = nodes.all().size();
    int writes = 0;
    for (int i = 0; i < 50; i++) {
      TreePath path = new TreePath("%06d-!".formatted(400 * i));
      TreeRoot next = put(root, path);
      writes = Math.max(writes, nodes.writes());
      TreeModel changed = new TreeModel(model);
      changed.entries().put(path, FILE);
      assertThat(next).isEqualTo(changed.build(new MemoryNodes()));
    }
    assertThat(writes).isLessThan(40);
    assertThat(all).isGreaterThan(200);
  }

  @Test
  void nodesHaveTheirLeastSizeWhereEveryKeyEndsOne() throws IOException {
    TreeRoot root = built(chosen(3_000, hash -> hash < 0x0080_0000L));
    for (TreeNode node = nodes.get(root.node()); node instanceof TreeNode.Inner inner; ) {
      assertThat(inner.children()).hasSizeGreaterThan(1);
      node = nodes.get(inner.children().getFirst().node().node());
    }
    assertThat(nodes.all().size()).isLessThan(3_000 / 4);
    long small = nodes.all().values().stream().filter(n -> n.length < NODE_BYTES_MIN / 2).count();
    assertThat(small).isLessThan(10);
  }

  @Test
  void hashesThatRiseOrFallStillGiveOneTree() throws IOException {
    for (boolean rising : new boolean[] {true, false}) {
      TreeModel model = new TreeModel();
      for (int i = 0; i < 2_000; i++) {
        long step = rising ? i % 100 : 99 - i % 100;
        long from = 0x1000_0000L + step * 0x0200_0000L;
        String start = "%06d-".formatted(i);
        TreePath path =
            IntStream.iterate(0, n -> n + 1)
                .mapToObj(n -> new TreePath(start + n))
                .filter(p -> hash(p) >= from && hash(p) < from + 0x0200_0000L)
                .findFirst()
                .orElseThrow();
        model.entries().put(path, FILE);
      }
      assertOneByOneIsTheSame(model);
    }
  }

  @Test
  void pathsOfTheGreatestLength() throws IOException {
    TreeModel model = new TreeModel();
    SplittableRandom random = new SplittableRandom(SeededTest.seed());
    for (int i = 0; i < 300; i++) {
      StringBuilder path = new StringBuilder("d".repeat(random.nextInt(1, 200)));
      while (path.length() < 4_096) {
        int length = Math.min(255, 4_096 - path.length() - 1);
        path.append('/').append("x".repeat(Math.max(1, length - 6)));
        path.append(length > 6 ? "%06d".formatted(random.nextInt(1_000_000)) : "");
      }
      TreePath longest = new TreePath(path.substring(0, 4_096));
      model.entries().put(longest, new TreeEntry.Symlink("t".repeat(4_096), FILE.attributes()));
      model.entries().put(new TreePath("s" + i), FILE);
    }
    assertOneByOneIsTheSame(model);
  }

  @Test
  void pathsThatBeginWithEachOther() throws IOException {
    TreeModel model = new TreeModel();
    for (int i = 1; i <= 255; i++) {
      model.entries().put(new TreePath("a".repeat(i)), FILE);
      model.entries().put(new TreePath("b/".repeat(i) + "b"), FILE);
    }
    assertOneByOneIsTheSame(model);
  }

  @Test
  void pathsOfOddCharacters() throws IOException {
    TreeModel model = new TreeModel();
    for (int c = 1; c < 0x11_0000; c += c < 0x200 ? 1 : 997) {
      if (c != '/' && c != '.' && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)) {
        model.entries().put(new TreePath(Character.toString(c)), FILE);
        model.entries().put(new TreePath("x/" + Character.toString(c) + "y"), FILE);
      }
    }
    assertOneByOneIsTheSame(model);
  }

  private void assertOneByOneIsTheSame(TreeModel model) throws IOException {
    TreeRoot expected = built(model);
    TreeRoot root = TreeRoot.EMPTY;
    List<PathEntry> entries = new ArrayList<>(model.list());
    Collections.shuffle(entries, new Random(SeededTest.seed()));
    for (PathEntry entry : entries) {
      root = put(root, entry.path());
      if (!entry.entry().equals(FILE)) {
        root =
            TreeEditor.apply(
                nodes, nodes, root, List.<TreeEdit>of(new TreeEdit.Put(entry)).iterator());
      }
    }
    assertThat(root).isEqualTo(expected);
  }
}
