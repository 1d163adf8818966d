package io.aifs.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TreeMergeTest {
  private static final FileAttributes PLAIN = FileAttributes.PLAIN_FILE;

  private final MemoryNodes nodes = new MemoryNodes();
  private final List<TreeConflict> conflicts = new ArrayList<>();

  /** The merged tree, with every conflict decided in the same way. */
  private NavigableMap<TreePath, TreeEntry> merge(
      TreeModel base, TreeModel ours, TreeModel theirs, MergeChoice choice) throws IOException {
    conflicts.clear();
    TreeRoot ourRoot = ours.build(nodes);
    TreeMerge merge =
        new TreeMerge(
            nodes,
            base.build(nodes),
            ourRoot,
            theirs.build(nodes),
            conflict -> {
              conflicts.add(conflict);
              return choice;
            });
    TreeModel merged = new TreeModel();
    new SnapshotTree(nodes, TreeEditor.apply(nodes, nodes, ourRoot, merge))
        .entries()
        .forEachRemaining(entry -> merged.entries().put(entry.path(), entry.entry()));
    return merged.entries();
  }

  private static TreeModel tree(Object... pathsAndEntries) {
    TreeModel model = new TreeModel();
    for (int i = 0; i < pathsAndEntries.length; i += 2) {
      model
          .entries()
          .put(
              new TreePath((String) pathsAndEntries[i]),
              pathsAndEntries[i + 1] instanceof Integer content
                  ? TreeModel.file(content, PLAIN)
                  : (TreeEntry) pathsAndEntries[i + 1]);
    }
    return model;
  }

  private static TreeEntry file(int content, int mode, long mtimeNanos) {
    return TreeModel.file(content, new FileAttributes(mode, mtimeNanos));
  }

  @Nested
  class WithoutConflict {
    @Test
    void eachSideKeepsWhatItDidAlone() throws IOException {
      TreeModel base = tree("a", 1, "b", 2, "c", 3, "d", 4);
      TreeModel ours = tree("a", 10, "b", 2, "d", 4, "new/ours", 5);
      TreeModel theirs = tree("a", 1, "b", 20, "c", 3, "new/theirs", 6);
      assertThat(merge(base, ours, theirs, MergeChoice.UNRESOLVED))
          .isEqualTo(tree("a", 10, "b", 20, "new/ours", 5, "new/theirs", 6).entries());
      assertThat(conflicts).isEmpty();
    }

    @Test
    void theSameChangeOnBothSidesIsNone() throws IOException {
      TreeModel both = tree("a", 10, "added", 7);
      assertThat(merge(tree("a", 1, "b", 2), both, both, MergeChoice.UNRESOLVED))
          .isEqualTo(both.entries());
      assertThat(conflicts).isEmpty();
    }

    @Test
    void attributesOfTheOneSideGoWithContentOfTheOther() throws IOException {
      TreeModel base = tree("a", file(1, 0644, 1), "b", file(2, 0644, 1), "c", file(3, 0644, 1));
      TreeModel ours = tree("a", file(1, 0600, 5), "b", file(20, 0644, 9), "c", file(3, 0644, 8));
      TreeModel theirs = tree("a", file(10, 0644, 4), "b", file(2, 0600, 2));
      assertThat(merge(base, ours, theirs, MergeChoice.UNRESOLVED))
          .isEqualTo(tree("a", file(10, 0600, 5), "b", file(20, 0600, 9)).entries());
      assertThat(conflicts).isEmpty();
    }

    @Test
    void theLaterMtimeAndOurModeAreTakenWhereBothChanged() throws IOException {
      TreeModel base = tree("a", file(1, 0644, 1));
      TreeModel ours = tree("a", file(1, 0600, 5), "new", file(2, 0600, 3));
      TreeModel theirs = tree("a", file(1, 0640, 6), "new", file(2, 0640, 2));
      assertThat(merge(base, ours, theirs, MergeChoice.UNRESOLVED))
          .isEqualTo(tree("a", file(1, 0600, 6), "new", file(2, 0600, 3)).entries());
      assertThat(conflicts).isEmpty();
    }

    @Test
    void aFileInThePlaceOfADirectoryThatTheOtherSideLeftAlone() throws IOException {
      TreeModel base = tree("a/b", 1, "a/c", 2);
      TreeModel theirs = tree("a", 3);
      assertThat(merge(base, base, theirs, MergeChoice.UNRESOLVED)).isEqualTo(theirs.entries());
      assertThat(merge(base, theirs, base, MergeChoice.UNRESOLVED)).isEqualTo(theirs.entries());
      assertThat(conflicts).isEmpty();
    }
  }

  @Nested
  class WithConflict {
    @Test
    void differentContentIsOne() throws IOException {
      TreeModel base = tree("a", 1, "gone", 2);
      TreeModel ours = tree("a", 10, "new", 3);
      TreeModel theirs = tree("a", 11, "gone", 20, "new", 4);
      assertThat(merge(base, ours, theirs, MergeChoice.OURS)).isEqualTo(ours.entries());
      assertThat(merge(base, ours, theirs, MergeChoice.THEIRS)).isEqualTo(theirs.entries());
      assertThat(merge(base, ours, theirs, MergeChoice.UNRESOLVED)).isEqualTo(ours.entries());
      assertThat(conflicts)
          .containsExactly(
              conflict(TreeConflict.Kind.ENTRY, "a", 1, 10, 11),
              conflict(TreeConflict.Kind.ENTRY, "gone", 2, null, 20),
              conflict(TreeConflict.Kind.ENTRY, "new", null, 3, 4));
    }

    @Test
    void aFileAgainstADirectoryIsDecidedWithAllBelow() throws IOException {
      TreeModel base = tree("a/b", 1, "a/c", 2, "a-", 0, "z", 9);
      TreeModel ours = tree("a", 3, "a-", 5, "z", 9);
      TreeModel theirs = tree("a/b", 1, "a/c", 20, "a/d", 4, "a-", 0, "z", 8);
      assertThat(merge(base, ours, theirs, MergeChoice.OURS))
          .isEqualTo(tree("a", 3, "a-", 5, "z", 8).entries());
      assertThat(conflicts)
          .containsExactly(conflict(TreeConflict.Kind.FILE_AND_DIRECTORY, "a", null, 3, null));
      assertThat(merge(base, ours, theirs, MergeChoice.THEIRS))
          .isEqualTo(tree("a/b", 1, "a/c", 20, "a/d", 4, "a-", 5, "z", 8).entries());
      assertThat(merge(base, theirs, ours, MergeChoice.THEIRS))
          .isEqualTo(tree("a", 3, "a-", 5, "z", 8).entries());
      assertThat(conflicts)
          .containsExactly(conflict(TreeConflict.Kind.FILE_AND_DIRECTORY, "a", null, null, 3));
    }

    @Test
    void aChangedFileThatTheOtherSideMadeADirectory() throws IOException {
      TreeModel base = tree("a", 1);
      TreeModel ours = tree("a", 2);
      TreeModel theirs = tree("a/b", 3);
      assertThat(merge(base, ours, theirs, MergeChoice.UNRESOLVED)).isEqualTo(ours.entries());
      assertThat(conflicts)
          .containsExactly(conflict(TreeConflict.Kind.FILE_AND_DIRECTORY, "a", 1, 2, null));
      assertThat(merge(base, ours, theirs, MergeChoice.THEIRS)).isEqualTo(theirs.entries());
    }

    private TreeConflict conflict(
        TreeConflict.Kind kind,
        String path,
        @Nullable Integer base,
        @Nullable Integer ours,
        @Nullable Integer theirs) {
      return new TreeConflict(kind, new TreePath(path), entry(base), entry(ours), entry(theirs));
    }

    private Optional<TreeEntry> entry(@Nullable Integer content) {
      return Optional.ofNullable(content).map(found -> TreeModel.file(found, PLAIN));
    }
  }

  @Test
  void agreesWithPlainMaps() {
    SeededTest.run(
        1_500,
        random -> {
          TreeModel base = randomTree(random, new TreeModel(), random.nextInt(40));
          TreeModel ours = randomTree(random, base, random.nextInt(15));
          TreeModel theirs = randomTree(random, base, random.nextInt(15));
          for (MergeChoice choice : MergeChoice.values()) {
            MergeModel model = new MergeModel(base.entries(), ours.entries(), theirs.entries());
            NavigableMap<TreePath, TreeEntry> expected = model.merge(choice == MergeChoice.THEIRS);
            assertThat(merge(base, ours, theirs, choice)).isEqualTo(expected);
            assertThat(conflicts.stream().map(TreeConflict::path).toList())
                .isEqualTo(model.conflicts());
            requireNothingBelowFiles(expected);
          }
          assertThat(merge(base, ours, base, MergeChoice.UNRESOLVED)).isEqualTo(ours.entries());
          assertThat(merge(base, base, theirs, MergeChoice.UNRESOLVED)).isEqualTo(theirs.entries());
        });
  }

  /** Few names, so that files and directories get into each other's way. */
  private static TreeModel randomTree(SplittableRandom random, TreeModel from, int edits) {
    TreeModel model = new TreeModel(from);
    for (int i = 0; i < edits; i++) {
      StringBuilder text = new StringBuilder();
      int depth = random.nextInt(1, 4);
      for (int j = 0; j < depth; j++) {
        text.append(j == 0 ? "" : "/")
            .append(new String[] {"a", "a-", "b", "c"}[random.nextInt(4)]);
      }
      TreePath path = new TreePath(text.toString());
      if (random.nextInt(4) == 0) {
        model.entries().keySet().removeIf(path::contains);
      } else {
        TreeEntry entry = TreeModel.randomEntry(random);
        for (TreePath above = path.parent(); !above.isRoot(); above = above.parent()) {
          if (!(model.entries().get(above) instanceof TreeEntry.Directory)) {
            model.entries().remove(above);
          }
        }
        if (!(entry instanceof TreeEntry.Directory)) {
          model.entries().keySet().removeIf(path::contains);
        }
        model.entries().put(path, entry);
      }
    }
    return model;
  }

  private static void requireNothingBelowFiles(NavigableMap<TreePath, TreeEntry> entries) {
    for (TreePath path : entries.keySet()) {
      for (TreePath above = path.parent(); !above.isRoot(); above = above.parent()) {
        TreeEntry entry = entries.get(above);
        assertThat(entry == null || entry instanceof TreeEntry.Directory)
            .as("%s above %s", entry, path)
            .isTrue();
      }
    }
    assertThat(new TreeMap<>(entries)).isEqualTo(entries);
  }
}
