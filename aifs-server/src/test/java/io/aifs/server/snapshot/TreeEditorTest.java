package io.aifs.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeNode;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TreeEditorTest {
  private static final int HISTORIES = 10_000;

  @Test
  void equalContentHasTheEqualRootHoweverItCameAbout() {
    SeededTest.run(
        HISTORIES,
        random -> {
          MemoryNodes nodes = new MemoryNodes();
          TreeModel model = new TreeModel();
          TreeRoot root = TreeRoot.EMPTY;
          int steps = random.nextInt(1, 5);
          for (int i = 0; i < steps; i++) {
            List<TreeEdit> edits = model.randomEdits(random, editsOf(random));
            Set<Digest> before = nodesOf(nodes, root);
            MemoryNodes written = new MemoryNodes();
            root = TreeEditor.apply(nodes, written, root, edits.iterator());
            edits.forEach(model::apply);
            nodes.addAll(written);
            Set<Digest> added = nodesOf(nodes, root);
            added.removeAll(before);
            assertThat(written.all().keySet()).isEqualTo(added);
          }
          assertThat(root).isEqualTo(model.build(new MemoryNodes()));
          SnapshotTree tree = new SnapshotTree(nodes, root);
          assertThat(tree.entries()).toIterable().containsExactlyElementsOf(model.list());
        });
  }

  private static Set<Digest> nodesOf(NodeSource nodes, TreeRoot root) {
    Set<Digest> found = new HashSet<>();
    if (!root.isEmpty()) {
      collect(nodes, root.node(), found);
    }
    return found;
  }

  private static void collect(NodeSource nodes, Digest id, Set<Digest> found) {
    found.add(id);
    if (nodes.get(id) instanceof TreeNode.Inner inner) {
      inner.children().forEach(child -> collect(nodes, child.node().node(), found));
    }
  }

  @Test
  void editsInAnotherOrderAreRefused() {
    TreeEdit a = new TreeEdit.Remove(new TreePath("a"));
    TreeEdit b =
        new TreeEdit.Put(
            new PathEntry(new TreePath("b"), TreeModel.file(1, FileAttributes.PLAIN_FILE)));
    TreeEdit clear = new TreeEdit.Clear(b.key(), new byte[] {(byte) 0xff});
    assertRefused(List.of(b, a), "edits are not in order of their keys");
    assertRefused(List.of(a, a), "edits are not in order of their keys");
    assertRefused(List.of(b, clear), "edits are not in order of their keys");
    assertRefused(List.of(new TreeEdit.Remove(TreePath.ROOT)), "path of an edit is empty");
  }

  private static void assertRefused(List<TreeEdit> edits, String message) {
    MemoryNodes nodes = new MemoryNodes();
    assertThatThrownBy(() -> TreeEditor.apply(nodes, nodes, TreeRoot.EMPTY, edits.iterator()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  /** Mostly few, so that 10,000 histories take seconds; now and then enough for three levels. */
  private static int editsOf(SplittableRandom random) {
    return switch (random.nextInt(100)) {
      case 0 -> random.nextInt(3_000);
      case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> random.nextInt(300);
      default -> random.nextInt(30);
    };
  }

  @Test
  void oneByOneAndBackwardsGiveWhatAllAtOnceGives() {
    SeededTest.run(
        5,
        random -> {
          MemoryNodes nodes = new MemoryNodes();
          TreeModel model = new TreeModel();
          model.randomEdits(random, 2_000).forEach(model::apply);
          TreeRoot expected = model.build(nodes);
          TreeRoot forwards = TreeRoot.EMPTY;
          for (PathEntry entry : model.list()) {
            forwards = put(nodes, forwards, entry);
          }
          assertThat(forwards).isEqualTo(expected);
          TreeRoot backwards = TreeRoot.EMPTY;
          for (PathEntry entry : model.list().reversed()) {
            backwards = put(nodes, backwards, entry);
          }
          assertThat(backwards).isEqualTo(expected);
          for (PathEntry entry : model.list()) {
            backwards =
                TreeEditor.apply(
                    nodes,
                    nodes,
                    backwards,
                    List.<TreeEdit>of(new TreeEdit.Remove(entry.path())).iterator());
          }
          assertThat(backwards).isEqualTo(TreeRoot.EMPTY);
        });
  }

  private static TreeRoot put(MemoryNodes nodes, TreeRoot root, PathEntry entry) throws Exception {
    return TreeEditor.apply(
        nodes, nodes, root, List.<TreeEdit>of(new TreeEdit.Put(entry)).iterator());
  }
}
