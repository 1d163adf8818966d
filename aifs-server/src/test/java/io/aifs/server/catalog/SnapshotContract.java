package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Snapshots and their places in history. */
public abstract class SnapshotContract extends CatalogContract {
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123456Z");

  private static SnapshotId snapshot(int number) {
    return new SnapshotId("%032x".formatted(number));
  }

  private void add(int number, Integer... parents) {
    List<SnapshotId> ids = Arrays.stream(parents).map(SnapshotContract::snapshot).toList();
    change(
        writer ->
            writer
                .snapshots()
                .add(
                    space,
                    HistoryWorkload.row(
                        writer, space, snapshot(number), ids, AT.plusSeconds(number))));
  }

  @Test
  void snapshotIsReadAsItWasAdded() {
    add(1);
    SnapshotRow row =
        new SnapshotRow(
            new SnapshotNode(snapshot(2), AT, 2, List.of(snapshot(1)), false),
            new SnapshotRoots(
                new TreeRoot(id("n"), id("m"), 10, 1L << 40, 77),
                new TreeRoot(id("u"), id("v"), 3, 0, 64)),
            new byte[] {1, 2, 3},
            new byte[] {9});
    change(writer -> writer.snapshots().add(space, row));
    reopen();

    assertThat(
            catalog
                .<Optional<SnapshotRow>>read(reader -> reader.snapshots().find(space, snapshot(2)))
                .orElseThrow())
        .usingRecursiveComparison()
        .isEqualTo(row);
    assertThat(
            catalog.<Optional<SnapshotRow>>read(
                reader -> reader.snapshots().find(space, snapshot(9))))
        .isEmpty();
    assertThat(
            catalog.<Map<SnapshotId, SnapshotNode>>read(
                reader -> reader.snapshots().nodes(space, List.of(snapshot(2), snapshot(9)))))
        .isEqualTo(Map.of(snapshot(2), row.node()));
    assertThatThrownBy(() -> change(writer -> writer.snapshots().add(space, row)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exists");
  }

  @Test
  void otherNamespaceHasNone() {
    add(1);
    long other = createNamespace("other");

    assertThat(
            catalog.<Optional<SnapshotRow>>read(
                reader -> reader.snapshots().find(other, snapshot(1))))
        .isEmpty();
    assertThat(
            catalog.<Map<SnapshotId, SnapshotNode>>read(
                reader -> reader.snapshots().nodes(other, List.of(snapshot(1)))))
        .isEmpty();
    assertThat(
            catalog.<List<SnapshotNode>>read(
                reader -> reader.snapshots().firstParents(other, snapshot(1), 5)))
        .isEmpty();
    assertThat(
            catalog.<Map<SnapshotId, SnapshotRoots>>read(
                reader -> reader.snapshots().roots(other, Optional.empty(), 5)))
        .isEmpty();
  }

  @Test
  void firstParentsFollowTheFirstOfEach() {
    add(1);
    add(2, 1);
    add(3, 1);
    add(4, 2, 3);

    assertThat(line(4, 10)).containsExactly(snapshot(4), snapshot(2), snapshot(1));
    assertThat(line(4, 2)).containsExactly(snapshot(4), snapshot(2));
    assertThat(line(1, 1)).containsExactly(snapshot(1));
    assertThat(line(7, 10)).isEmpty();
  }

  private List<SnapshotId> line(int from, int limit) {
    return catalog
        .read(reader -> reader.snapshots().firstParents(space, snapshot(from), limit))
        .stream()
        .map(SnapshotNode::id)
        .toList();
  }

  @Test
  void prunedSnapshotKeepsItsPlaceOnly() {
    add(1);
    add(2, 1);
    add(3, 2);

    boolean first = catalog.write(writer -> writer.snapshots().prune(space, snapshot(2)));
    boolean again = catalog.write(writer -> writer.snapshots().prune(space, snapshot(2)));

    assertThat(first).isTrue();
    assertThat(again).isFalse();
    assertThat(
            catalog.<Optional<SnapshotRow>>read(
                reader -> reader.snapshots().find(space, snapshot(2))))
        .isEmpty();
    assertThat(
            catalog
                .<Map<SnapshotId, SnapshotNode>>read(
                    reader -> reader.snapshots().nodes(space, List.of(snapshot(2))))
                .get(snapshot(2)))
        .satisfies(node -> assertThat(node.pruned()).isTrue())
        .satisfies(node -> assertThat(node.parents()).containsExactly(snapshot(1)));
    assertThat(line(3, 10)).containsExactly(snapshot(3), snapshot(2), snapshot(1));
    assertThat(
            catalog
                .<Map<SnapshotId, SnapshotRoots>>read(
                    reader -> reader.snapshots().roots(space, Optional.empty(), 10))
                .keySet())
        .containsExactly(snapshot(1), snapshot(3));
    assertThatThrownBy(() -> add(2)).hasMessageContaining("exists");
  }

  @Test
  void newestComeFirstInPages() {
    for (int i = 1; i <= 10; i++) {
      add(i);
    }
    change(
        writer ->
            writer
                .snapshots()
                .add(
                    space,
                    HistoryWorkload.row(
                        writer, space, snapshot(100), List.of(), AT.plusSeconds(10))));

    List<SnapshotId> seen = new ArrayList<>();
    Optional<SnapshotReader.Position> before = Optional.empty();
    List<SnapshotRow> page = page(before);
    while (!page.isEmpty()) {
      page.forEach(row -> seen.add(row.id()));
      SnapshotNode last = page.getLast().node();
      before = Optional.of(new SnapshotReader.Position(last.createdAt(), last.id()));
      page = page(before);
    }

    assertThat(seen).hasSize(11).startsWith(snapshot(100), snapshot(10), snapshot(9));
    assertThat(seen.getLast()).isEqualTo(snapshot(1));
  }

  private List<SnapshotRow> page(Optional<SnapshotReader.Position> before) {
    return catalog.read(reader -> reader.snapshots().listNewest(space, before, 3));
  }

  @Test
  void rootsComeInPagesById() {
    for (int i = 1; i <= 5; i++) {
      add(i);
    }

    assertThat(
            catalog
                .<Map<SnapshotId, SnapshotRoots>>read(
                    reader -> reader.snapshots().roots(space, Optional.of(snapshot(2)), 2))
                .keySet())
        .containsExactly(snapshot(3), snapshot(4));
  }

  @Test
  void childIsFoundByAnyOfItsParents() {
    add(1);
    add(2);
    add(3, 1, 2);

    assertThat(
            catalog.<Optional<SnapshotId>>read(
                reader -> reader.snapshots().anyChild(space, snapshot(2))))
        .contains(snapshot(3));
    assertThat(
            catalog.<Optional<SnapshotId>>read(
                reader -> reader.snapshots().anyChild(space, snapshot(3))))
        .isEmpty();
  }
}
