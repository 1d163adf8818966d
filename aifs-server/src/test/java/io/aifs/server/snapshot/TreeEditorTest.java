package io.aifs.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.PathEntry;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.testing.SeededTest;
import java.util.List;
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
            root = TreeEditor.apply(nodes, nodes, root, edits.iterator());
            edits.forEach(model::apply);
          }
          assertThat(root).isEqualTo(model.build(new MemoryNodes()));
          SnapshotTree tree = new SnapshotTree(nodes, root);
          assertThat(tree.entries()).toIterable().containsExactlyElementsOf(model.list());
        });
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
