package io.aifs.server.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A million entries: what an operation costs is counted in nodes, which no other load changes. */
class LargeTreeTest {
  private static final int ENTRIES = 1_000_000;
  private static final int PER_DIRECTORY = 1_000;

  private static MemoryNodes nodes = new MemoryNodes();
  private static TreeRoot root = TreeRoot.EMPTY;

  @BeforeAll
  static void build() throws IOException {
    nodes = new MemoryNodes();
    Iterator<TreeEdit> puts =
        IntStream.range(0, ENTRIES).<TreeEdit>mapToObj(i -> put(i, i)).iterator();
    root = TreeEditor.apply(nodes, nodes, TreeRoot.EMPTY, puts);
  }

  @BeforeEach
  void resetCounts() {
    nodes.resetCounts();
  }

  private static TreePath path(int i) {
    return new TreePath("train/%03d/sample-%06d.bin".formatted(i / PER_DIRECTORY, i));
  }

  private static TreeEdit put(int i, int content) {
    return new TreeEdit.Put(
        new PathEntry(path(i), TreeModel.file(content, FileAttributes.PLAIN_FILE)));
  }

  private static TreeRoot apply(List<TreeEdit> edits) throws IOException {
    return TreeEditor.apply(nodes, nodes, root, edits.iterator());
  }

  private static byte[] key(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void sumsAreRightAndNodesAreOfAGoodSize() {
    assertThat(root.entries()).isEqualTo(ENTRIES);
    assertThat(root.bytes()).isEqualTo(1L * ENTRIES * (ENTRIES - 1) / 2);
    assertThat(root.longestPath()).isEqualTo(path(0).toUtf8().length);
    double average = nodes.all().values().stream().mapToInt(n -> n.length).average().orElse(0);
    assertThat(average).isBetween(2_000.0, 5_000.0);
    assertThat(nodes.all().values()).allMatch(node -> node.length <= 16 << 10);
  }

  @Test
  void oneEditReadsAndWritesOneWayDown() throws IOException {
    TreeRoot next = apply(List.of(put(123_456, 1)));
    assertThat(nodes.reads()).isLessThanOrEqualTo(8);
    assertThat(nodes.writes()).isLessThanOrEqualTo(8);
    assertThat(nodes.bytesWritten()).isLessThan(64 << 10);
    assertThat(TreeEditor.apply(nodes, nodes, next, List.of(put(123_456, 123_456)).iterator()))
        .isEqualTo(root);
  }

  @Test
  void tenAppendedFilesWriteKilobytes() throws IOException {
    List<TreeEdit> edits = IntStream.range(0, 10).mapToObj(i -> put(ENTRIES + i, i)).toList();
    assertThat(apply(edits).entries()).isEqualTo(ENTRIES + 10);
    assertThat(nodes.reads()).isLessThanOrEqualTo(10);
    assertThat(nodes.bytesWritten()).isLessThan(64 << 10);
  }

  @Test
  void whatChangesNothingWritesNothing() throws IOException {
    List<TreeEdit> edits =
        List.of(
            put(5, 5), new TreeEdit.Remove(new TreePath("train/010/none")), put(900_000, 900_000));
    assertThat(apply(edits)).isEqualTo(root);
    assertThat(nodes.writes()).isZero();
  }

  @Test
  void tenDifferencesReadTenWaysDown() throws IOException {
    List<TreeEdit> edits = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      edits.add(put(50_000 + 100_000 * i, i));
    }
    TreeRoot next = apply(edits);
    nodes.resetCounts();
    TreeDiff diff = new TreeDiff(nodes, root, next, TreeDiff.Counting.ALL);
    assertThat(diff).toIterable().hasSize(10);
    assertThat(nodes.reads()).isLessThanOrEqualTo(2 * 10 * 5);
  }

  @Test
  void clearingMostOfItReadsTheTwoEndsOnly() throws IOException {
    TreeRoot next = apply(List.of(new TreeEdit.Clear(key("train/001/"), key("train/9980"))));
    assertThat(nodes.reads()).isLessThanOrEqualTo(20);
    assertThat(nodes.writes()).isLessThanOrEqualTo(20);
    assertThat(next.entries()).isEqualTo(2 * PER_DIRECTORY);
    List<TreeEdit> left = new ArrayList<>();
    for (int i = 0; i < PER_DIRECTORY; i++) {
      left.add(put(i, i));
    }
    for (int i = 999 * PER_DIRECTORY; i < ENTRIES; i++) {
      left.add(put(i, i));
    }
    assertThat(next)
        .isEqualTo(
            TreeEditor.apply(
                new MemoryNodes(), new MemoryNodes(), TreeRoot.EMPTY, left.iterator()));
  }

  @Test
  void sumsOfADirectoryReadTwoWaysDown() {
    SnapshotTree tree = new SnapshotTree(nodes, root);
    TreeSums sums = tree.sums(key("train/100/"), key("train/3000"));
    assertThat(sums.entries()).isEqualTo(201L * PER_DIRECTORY);
    assertThat(nodes.reads()).isLessThanOrEqualTo(10);
  }

  @Test
  void aLookUpReadsOneWayDown() {
    assertThat(new SnapshotTree(nodes, root).find(path(654_321))).isPresent();
    assertThat(nodes.reads()).isLessThanOrEqualTo(5);
  }

  @Test
  void aProofIsFarBelowEightKibibytes() {
    TreeProver.Proven proven = TreeProver.prove(nodes, root, path(500_000)).orElseThrow();
    assertThat(proven.proof().toBytes().length).isLessThan(2 << 10);
    assertThat(proven.proof().rootOf(proven.entry())).isEqualTo(root.merkle());
  }

  @Test
  void mergingTenChangesOfEachSideReadsTheirWays() throws IOException {
    List<TreeEdit> our = IntStream.range(0, 10).mapToObj(i -> put(i * 90_000, 7)).toList();
    List<TreeEdit> their =
        IntStream.range(0, 10).mapToObj(i -> put(i * 90_000 + 45_000, 7)).toList();
    TreeRoot ours = apply(our);
    TreeRoot theirs = apply(their);
    nodes.resetCounts();
    TreeMerge merge = new TreeMerge(nodes, root, ours, theirs, _ -> MergeChoice.UNRESOLVED);
    TreeRoot merged = TreeEditor.apply(nodes, nodes, ours, merge);
    assertThat(nodes.reads()).isLessThanOrEqualTo(5 * 10 * 5);
    List<TreeEdit> both = new ArrayList<>(our);
    both.addAll(their);
    both.sort((left, right) -> Arrays.compareUnsigned(left.key(), right.key()));
    assertThat(merged).isEqualTo(apply(both));
  }

  @Test
  void theWholeTreeIsSound() {
    List<TreeProblem> problems = new ArrayList<>();
    new TreeCheck(nodes, new HashSet<>(), problems::add, _ -> {}).check(root);
    assertThat(problems).isEmpty();
  }
}
