package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Branches with their histories, and tags. */
public abstract class RefContract extends CatalogContract {
  private static final SnapshotId ONE = new SnapshotId("01".repeat(16));
  private static final SnapshotId TWO = new SnapshotId("02".repeat(16));
  private static final Name SIDE = new Name("side");
  private static final Name TAG = new Name("v1");

  @BeforeEach
  void addSnapshots() {
    for (SnapshotId id : List.of(ONE, TWO)) {
      change(
          writer ->
              writer
                  .snapshots()
                  .add(space, HistoryWorkload.row(writer, space, id, List.of(), NOON)));
    }
  }

  private BranchMove move(Name branch, Optional<SnapshotId> from, Optional<SnapshotId> to) {
    return move(branch, from, to, NOON, Map.of());
  }

  private BranchMove move(
      Name branch,
      Optional<SnapshotId> from,
      Optional<SnapshotId> to,
      Instant at,
      Map<String, String> metadata) {
    return catalog.write(
        writer -> {
          long sequence = writer.events().append(event(space, "ref.move"));
          if (to.isEmpty()) {
            writer.tree().reset(space, branch, SnapshotRoots.EMPTY);
          }
          BranchMove move = new BranchMove(sequence, branch, from, to, at, "ada", "why", metadata);
          writer.refs().move(space, move);
          to.ifPresent(_ -> writer.tree().reset(space, branch, SnapshotRoots.EMPTY));
          return move;
        });
  }

  private Optional<BranchRow> branch(Name name) {
    return catalog.read(reader -> reader.refs().branch(space, name));
  }

  private List<BranchMove> moves(Name name) {
    return catalog.read(reader -> reader.refs().moves(space, name, Optional.empty(), 10));
  }

  @Test
  void mainIsThereFromTheBeginningAndHasNoHead() {
    assertThat(branch(MAIN))
        .contains(new BranchRow(MAIN, Optional.empty(), NOON, NOON, Map.of(), false));
    assertThat(moves(MAIN)).isEmpty();
  }

  @Test
  void branchIsMadeMovedAndDeletedAndItsHistoryStays() {
    BranchMove made = move(SIDE, Optional.empty(), Optional.of(ONE), NOON, Map.of("k", "v"));
    BranchMove moved =
        move(SIDE, Optional.of(ONE), Optional.of(TWO), NOON.plusSeconds(5), Map.of());
    reopen();

    assertThat(branch(SIDE))
        .contains(
            new BranchRow(
                SIDE, Optional.of(TWO), NOON, NOON.plusSeconds(5), Map.of("k", "v"), false));

    BranchMove deleted =
        move(SIDE, Optional.of(TWO), Optional.empty(), NOON.plusSeconds(6), Map.of());

    assertThat(branch(SIDE)).isEmpty();
    assertThat(moves(SIDE)).containsExactly(deleted, moved, made);
    assertThat(catalog.<Optional<BranchMove>>read(reader -> reader.refs().firstMove(space, SIDE)))
        .contains(made);
    assertThat(
            catalog.<List<BranchMove>>read(
                reader -> reader.refs().moves(space, SIDE, Optional.of(deleted.sequence()), 1)))
        .containsExactly(moved);
  }

  @Test
  void moveThatBeginsElsewhereIsRefusedAndLeavesNothing() {
    move(MAIN, Optional.empty(), Optional.of(ONE));

    assertThatThrownBy(() -> move(MAIN, Optional.of(TWO), Optional.of(ONE)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> move(SIDE, Optional.of(ONE), Optional.empty()))
        .isInstanceOf(IllegalStateException.class);

    assertThat(branch(MAIN).orElseThrow().head()).contains(ONE);
    assertThat(moves(MAIN)).hasSize(1);
  }

  @Test
  void whereABranchStoodIsFoundByTime() {
    BranchMove first = move(MAIN, Optional.empty(), Optional.of(ONE), NOON, Map.of());
    BranchMove second =
        move(MAIN, Optional.of(ONE), Optional.of(TWO), NOON.plusSeconds(5), Map.of());

    assertThat(at(NOON.minusNanos(1))).isEmpty();
    assertThat(at(NOON)).contains(first);
    assertThat(at(NOON.plusSeconds(4))).contains(first);
    assertThat(at(NOON.plusSeconds(5))).contains(second);
    assertThat(at(Instant.parse("9999-12-31T00:00:00Z"))).contains(second);
    assertThat(at(Instant.parse("0001-01-01T00:00:00Z"))).isEmpty();
  }

  private Optional<BranchMove> at(Instant at) {
    return catalog.read(reader -> reader.refs().moveAt(space, MAIN, at));
  }

  @Test
  void branchesAndTagsAreListedByNameInTheirNamespace() {
    long other = createNamespace("other");
    move(SIDE, Optional.empty(), Optional.of(ONE));
    tag("b", ONE);
    tag("a", TWO);

    assertThat(
            catalog.<List<BranchRow>>read(
                reader -> reader.refs().branches(space, Optional.empty(), 10)))
        .extracting(BranchRow::name)
        .containsExactly(MAIN, SIDE);
    assertThat(
            catalog.<List<BranchRow>>read(
                reader -> reader.refs().branches(space, Optional.of(MAIN), 10)))
        .extracting(BranchRow::name)
        .containsExactly(SIDE);
    assertThat(
            catalog.<List<BranchRow>>read(
                reader -> reader.refs().branches(other, Optional.empty(), 10)))
        .hasSize(1);
    assertThat(tags()).extracting(tag -> tag.name().value()).containsExactly("a", "b");
    assertThat(catalog.<Optional<TagRow>>read(reader -> reader.refs().tag(other, new Name("a"))))
        .isEmpty();
  }

  private List<TagRow> tags() {
    return catalog.read(reader -> reader.refs().tags(space, Optional.empty(), 10));
  }

  private TagRow tag(String name, SnapshotId snapshot) {
    TagRow tag =
        new TagRow(new Name(name), snapshot, NOON, "ada", Map.of("k", "v"), Optional.empty());
    change(writer -> writer.refs().makeTag(space, tag));
    return tag;
  }

  @Test
  void tagNeverMeansAnotherSnapshotThoughItIsDeleted() {
    TagRow made = tag("v1", ONE);
    assertThatThrownBy(() -> tag("v1", ONE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> tag("v1", TWO)).isInstanceOf(IllegalStateException.class);
    Instant later = NOON.plusSeconds(9);

    boolean deleted = catalog.write(writer -> writer.refs().deleteTag(space, TAG, later));
    boolean again = catalog.write(writer -> writer.refs().deleteTag(space, TAG, later));
    reopen();

    assertThat(deleted).isTrue();
    assertThat(again).isFalse();
    assertThat(tags()).isEmpty();
    assertThat(catalog.<Optional<TagRow>>read(reader -> reader.refs().tag(space, TAG)))
        .contains(new TagRow(TAG, ONE, NOON, "ada", Map.of("k", "v"), Optional.of(later)));
    assertThatThrownBy(() -> tag("v1", TWO)).isInstanceOf(IllegalStateException.class);
    assertThat(tag("v1", ONE)).isEqualTo(made);
    assertThat(tags()).containsExactly(made);
  }

  @Test
  void guardingIsKeptUntilItIsLifted() {
    change(writer -> writer.refs().guard(space, MAIN, true));
    assertThat(branch(MAIN).orElseThrow().guarded()).isTrue();
    change(writer -> writer.refs().guard(space, MAIN, false));
    assertThat(branch(MAIN).orElseThrow().guarded()).isFalse();
    assertThatThrownBy(() -> change(writer -> writer.refs().guard(space, SIDE, true)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatNamesASnapshotIsFound() {
    move(MAIN, Optional.empty(), Optional.of(ONE));
    tag("v1", TWO);

    assertThat(
            catalog
                .<Optional<BranchRow>>read(reader -> reader.refs().anyBranchAt(space, ONE))
                .map(BranchRow::name))
        .contains(MAIN);
    assertThat(catalog.<Optional<BranchRow>>read(reader -> reader.refs().anyBranchAt(space, TWO)))
        .isEmpty();
    assertThat(
            catalog
                .<Optional<TagRow>>read(reader -> reader.refs().anyTagAt(space, TWO))
                .map(TagRow::name))
        .contains(TAG);
    change(writer -> writer.refs().deleteTag(space, TAG, NOON));
    assertThat(catalog.<Optional<TagRow>>read(reader -> reader.refs().anyTagAt(space, TWO)))
        .isEmpty();
  }
}
