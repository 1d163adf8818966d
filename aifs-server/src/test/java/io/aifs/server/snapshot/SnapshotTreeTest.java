package io.aifs.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.EncodedNode;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.testing.SeededTest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotTreeTest {
  @Test
  void readsAgreeWithAPlainMap() {
    SeededTest.run(
        60,
        random -> {
          TreeModel model = new TreeModel();
          model.randomEdits(random, random.nextInt(4_000)).forEach(model::apply);
          MemoryNodes nodes = new MemoryNodes();
          SnapshotTree tree = new SnapshotTree(nodes, model.build(nodes));
          assertThat(TreeSums.of(tree.root())).isEqualTo(sums(model.list()));
          for (int i = 0; i < 100; i++) {
            TreePath path = model.randomPath(random);
            TreeEntry entry = model.entries().get(path);
            assertThat(tree.find(path))
                .isEqualTo(Optional.ofNullable(entry).map(found -> new PathEntry(path, found)));
            byte[] one = model.randomPath(random).toUtf8();
            byte[] other = model.randomPath(random).toUtf8();
            boolean ordered = Arrays.compareUnsigned(one, other) <= 0 || random.nextInt(10) == 0;
            byte[] first = ordered ? one : other;
            byte[] end = ordered ? other : one;
            List<PathEntry> expected = model.list(first, end);
            assertThat(tree.entries(first, end)).toIterable().isEqualTo(expected);
            assertThat(tree.sums(first, end)).isEqualTo(sums(expected));
            assertThat(tree.lowest(first, end)).isEqualTo(expected.stream().findFirst());
            assertThat(tree.containsAny(first, end)).isEqualTo(!expected.isEmpty());
            int limit = random.nextInt(1, 50);
            assertThat(tree.list(first, end, limit))
                .isEqualTo(expected.stream().limit(limit).toList());
          }
        });
  }

  @Test
  void anEmptyTreeHasNothing() {
    SnapshotTree tree = new SnapshotTree(new MemoryNodes(), TreeRoot.EMPTY);
    assertThat(tree.find(new TreePath("a"))).isEmpty();
    assertThat(tree.entries().hasNext()).isFalse();
    assertThat(tree.sums(new byte[0], new byte[] {(byte) 0xff})).isEqualTo(TreeSums.NONE);
  }

  private static TreeSums sums(List<PathEntry> entries) {
    return entries.stream().map(TreeSums::of).reduce(TreeSums.NONE, TreeSums::plus);
  }

  @Test
  void aNodeInTheWrongPlaceIsCorrupt() {
    MemoryNodes nodes = new MemoryNodes();
    PathEntry entry =
        new PathEntry(new TreePath("a"), TreeModel.file(1, FileAttributes.PLAIN_FILE));
    EncodedNode leaf = EncodedNode.of(new TreeNode.Leaf(List.of(entry)));
    EncodedNode above = EncodedNode.of(new TreeNode.Inner(2, List.of(leaf.ref())));
    nodes.put(leaf.ref().node().node(), leaf.bytes());
    nodes.put(above.ref().node().node(), above.bytes());
    SnapshotTree tree = new SnapshotTree(nodes, above.ref().node());
    assertThatThrownBy(() -> tree.find(entry.path())).isInstanceOf(AifsException.Corrupt.class);
    assertThatThrownBy(() -> tree.entries().hasNext()).isInstanceOf(AifsException.Corrupt.class);
    nodes.remove(leaf.ref().node().node());
    assertThatThrownBy(() -> tree.find(entry.path()))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining("node is missing");
  }
}
