package io.aifs.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.EntryContent;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

class TreeDiffTest {
  @Test
  void differencesAgreeWithPlainMaps() {
    SeededTest.run(
        300,
        random -> {
          TreeModel before = new TreeModel();
          before.randomEdits(random, random.nextInt(2_000)).forEach(before::apply);
          TreeModel after = random.nextInt(5) == 0 ? new TreeModel() : new TreeModel(before);
          after.randomEdits(random, random.nextInt(200)).forEach(after::apply);
          MemoryNodes nodes = new MemoryNodes();
          TreeRoot left = before.build(nodes);
          TreeRoot right = after.build(nodes);
          List<TreeDifference> all = differences(before, after, Object::equals);
          assertThat(new TreeDiff(nodes, left, right, TreeDiff.Counting.ALL))
              .toIterable()
              .isEqualTo(all);
          assertThat(new TreeDiff(nodes, left, right, TreeDiff.Counting.CONTENT))
              .toIterable()
              .isEqualTo(differences(before, after, EntryContent::same));
          byte[] one = before.randomPath(random).toUtf8();
          byte[] other = after.randomPath(random).toUtf8();
          boolean ordered = Arrays.compareUnsigned(one, other) <= 0;
          byte[] first = ordered ? one : other;
          byte[] end = ordered ? other : one;
          assertThat(new TreeDiff(nodes, left, right, TreeDiff.Counting.ALL, first, end))
              .toIterable()
              .isEqualTo(all.stream().filter(d -> TreeModel.isIn(d.path(), first, end)).toList());
        });
  }

  @Test
  void resumesBehindAPath() throws Exception {
    TreeModel model = new TreeModel();
    SeededTest.run(1, random -> model.randomEdits(random, 500).forEach(model::apply));
    MemoryNodes nodes = new MemoryNodes();
    TreeRoot root = model.build(nodes);
    List<TreePath> paths = new ArrayList<>();
    byte[] from = new byte[0];
    while (true) {
      TreeDiff diff =
          new TreeDiff(
              nodes, TreeRoot.EMPTY, root, TreeDiff.Counting.ALL, from, new byte[] {(byte) 0xff});
      if (!diff.hasNext()) {
        break;
      }
      paths.add(diff.next().path());
      from = TreeDiff.behind(paths.getLast());
    }
    assertThat(paths).containsExactlyElementsOf(model.entries().keySet());
  }

  private static List<TreeDifference> differences(
      TreeModel before, TreeModel after, BiPredicate<TreeEntry, TreeEntry> same) {
    TreeSet<TreePath> paths = new TreeSet<>(before.entries().keySet());
    paths.addAll(after.entries().keySet());
    List<TreeDifference> found = new ArrayList<>();
    for (TreePath path : paths) {
      Optional<TreeEntry> left = Optional.ofNullable(before.entries().get(path));
      Optional<TreeEntry> right = Optional.ofNullable(after.entries().get(path));
      if (left.isEmpty() || right.isEmpty() || !same.test(left.get(), right.get())) {
        found.add(new TreeDifference(path, left, right));
      }
    }
    return found;
  }
}
