package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Associations: both ends, counts, order and pages. */
public abstract class AssociationContract extends CatalogContract {
  private static final int PLAIN = AssociationWorkload.PLAIN.number();
  private static final int ALIKE = AssociationWorkload.ALIKE.number();
  private static final int MAKES = AssociationWorkload.MAKES.number();
  private static final int MADE_BY = AssociationWorkload.MADE_BY.number();
  private static final ObjectId RUN = new ObjectId.External("run:1");
  private static final ObjectId A = new ObjectId.Asset(id("a"));
  private static final ObjectId B = new ObjectId.Asset(id("b"));

  @BeforeEach
  void declareTypes() {
    change(writer -> writer.associations().declare(space, AssociationWorkload.TYPES));
  }

  private static AssociationRow row(ObjectId id1, int type, ObjectId id2, long time, String data) {
    return new AssociationRow(id1, type, id2, time, AssociationData.of(data));
  }

  private int put(AssociationRow... rows) {
    return catalog.write(writer -> writer.associations().putAll(space, List.of(rows)));
  }

  private <T> T read(Function<AssociationReader, T> function) {
    return catalog.read(reader -> function.apply(reader.associations()));
  }

  private List<AssociationRow> all(ObjectId id1, int type) {
    return pages(space, id1, type, TimeRange.ALL);
  }

  private List<AssociationRow> pages(long namespace, ObjectId id1, int type, TimeRange times) {
    return read(reader -> AssociationModel.pages(reader, namespace, id1, type, times, 2));
  }

  private List<AssociationRow> runs(
      TimeRange times, Optional<AssociationPage.Position> before, int skip) {
    AssociationPage page = read(reader -> reader.list(space, RUN, PLAIN, times, before, skip, 10));
    return page.rows();
  }

  private long count(ObjectId id1, int type) {
    return this.<Long>read(reader -> reader.count(space, id1, type));
  }

  @Test
  void typesAreFoundByNameAndListedInItsOrder() {
    reopen();

    List<AssociationTypeRow> types = read(reader -> reader.types(space));
    assertThat(types)
        .containsExactly(
            AssociationWorkload.ALIKE,
            AssociationWorkload.MADE_BY,
            AssociationWorkload.MAKES,
            AssociationWorkload.PLAIN);
    Optional<AssociationTypeRow> known = read(reader -> reader.type(space, new Name("alike")));
    assertThat(known).contains(AssociationWorkload.ALIKE);
    Optional<AssociationTypeRow> unknown = read(reader -> reader.type(space, new Name("nobody")));
    assertThat(unknown).isEmpty();
    List<AssociationTypeRow> elsewhere = read(reader -> reader.types(space + 1));
    assertThat(elsewhere).isEmpty();
  }

  @Test
  void typeIsDeclaredOnceAndRowsNeedOne() {
    assertThatThrownBy(
            () ->
                change(
                    writer ->
                        writer
                            .associations()
                            .declare(
                                space, List.of(new AssociationTypeRow(30, new Name("alike"), 0)))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> put(row(A, 30, B, 1, "")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not declared");
    assertThat(all(A, 30)).isEmpty();
  }

  @Test
  void associationIsSeenFromBothEndsAndCountedOnBoth() {
    assertThat(put(row(RUN, MAKES, A, 5, "x"), row(RUN, MAKES, B, 6, ""))).isEqualTo(2);
    reopen();

    assertThat(all(RUN, MAKES))
        .containsExactly(row(RUN, MAKES, B, 6, ""), row(RUN, MAKES, A, 5, "x"));
    assertThat(all(A, MADE_BY)).containsExactly(row(A, MADE_BY, RUN, 5, "x"));
    assertThat(count(RUN, MAKES)).isEqualTo(2);
    assertThat(count(A, MADE_BY)).isEqualTo(1);
    assertThat(count(RUN, MADE_BY)).isZero();
  }

  @Test
  void symmetricOneIsTheSameFromBothEndsAndItselfOnce() {
    put(row(A, ALIKE, B, 5, "x"), row(B, ALIKE, A, 6, "y"), row(A, ALIKE, A, 7, "self"));

    assertThat(all(A, ALIKE))
        .containsExactly(row(A, ALIKE, A, 7, "self"), row(A, ALIKE, B, 6, "y"));
    assertThat(all(B, ALIKE)).containsExactly(row(B, ALIKE, A, 6, "y"));
    assertThat(count(A, ALIKE)).isEqualTo(2);
  }

  @Test
  void writingAgainChangesTimeAndDataAtBothEnds() {
    put(row(RUN, MAKES, A, 5, "x"), row(RUN, MAKES, B, 6, "y"));

    assertThat(put(row(A, MADE_BY, RUN, 9, "z"))).isZero();

    assertThat(all(RUN, MAKES))
        .containsExactly(row(RUN, MAKES, A, 9, "z"), row(RUN, MAKES, B, 6, "y"));
    assertThat(count(RUN, MAKES)).isEqualTo(2);
  }

  @Test
  void typeWithoutInverseIsSeenFromOneEnd() {
    put(row(A, PLAIN, B, 5, ""));

    assertThat(all(A, PLAIN)).hasSize(1);
    assertThat(all(B, PLAIN)).isEmpty();
  }

  @Test
  void deletedOnesAreGoneFromBothEndsAndTellTheirTime() {
    put(row(RUN, MAKES, A, 5, "x"), row(RUN, MAKES, B, 6, "y"));
    AssociationKey fromTheOtherEnd = new AssociationKey(A, MADE_BY, RUN);
    AssociationKey unknown = new AssociationKey(B, PLAIN, A);

    Map<AssociationKey, Long> deleted =
        catalog.write(
            writer -> writer.associations().deleteAll(space, List.of(fromTheOtherEnd, unknown)));

    assertThat(deleted).containsOnlyKeys(fromTheOtherEnd).containsEntry(fromTheOtherEnd, 5L);

    assertThat(all(RUN, MAKES)).containsExactly(row(RUN, MAKES, B, 6, "y"));
    assertThat(count(RUN, MAKES)).isEqualTo(1);
    assertThat(count(A, MADE_BY)).isZero();
  }

  @Test
  void thoseOfOneTimeComeInOrderOfTheirOtherEnd() {
    ObjectId ref = new ObjectId.Ref(MAIN);
    put(row(RUN, PLAIN, A, 5, ""), row(RUN, PLAIN, ref, 5, ""), row(RUN, PLAIN, RUN, 5, ""));

    assertThat(all(RUN, PLAIN)).extracting(AssociationRow::id2).containsExactly(A, ref, RUN);
  }

  @Test
  void timesBoundListsAndLookUpsAndPagesGoOnWithinThem() {
    for (int time = 1; time <= 9; time++) {
      put(row(RUN, PLAIN, new ObjectId.External("n:" + time), time, ""));
    }
    TimeRange some = new TimeRange(3, 6);

    assertThat(pages(space, RUN, PLAIN, some))
        .extracting(AssociationRow::timeNanos)
        .containsExactly(6L, 5L, 4L, 3L);
    Set<ObjectId> two = Set.of(new ObjectId.External("n:2"), new ObjectId.External("n:3"));
    List<AssociationRow> found = read(reader -> reader.find(space, RUN, PLAIN, two, some));
    assertThat(found).extracting(AssociationRow::timeNanos).containsExactly(3L);
    AssociationPage.Position late =
        new AssociationPage.Position(8, new ObjectId.External("n:8"), "");
    assertThat(runs(some, Optional.of(late), 0)).hasSize(4);
    assertThat(runs(TimeRange.ALL, Optional.empty(), 7))
        .extracting(AssociationRow::timeNanos)
        .containsExactly(2L, 1L);
  }

  @Test
  void pagesGoOnWhileOthersAreWritten() {
    for (int time = 1; time <= 6; time++) {
      put(row(RUN, PLAIN, new ObjectId.External("n:" + time), time, ""));
    }
    AssociationPage first =
        read(reader -> reader.list(space, RUN, PLAIN, TimeRange.ALL, Optional.empty(), 0, 3));
    put(row(RUN, PLAIN, new ObjectId.External("n:new"), 7, ""));
    change(
        writer ->
            writer
                .associations()
                .deleteAll(
                    space, List.of(new AssociationKey(RUN, PLAIN, new ObjectId.External("n:4")))));

    assertThat(runs(TimeRange.ALL, first.next(), 0))
        .extracting(AssociationRow::timeNanos)
        .containsExactly(3L, 2L, 1L);
  }

  private void addParents(String child, Instant at, ParentEdge... parents) {
    change(writer -> writer.assets().addParents(space, id(child), List.of(parents), at));
  }

  @Test
  void lineageIsReadAndCountedFromBothEndsAnEntryForEachTransform() {
    put(id("a"), id("b"), id("c"));
    addParents("b", NOON, new ParentEdge(id("a"), "cut", "1"), new ParentEdge(id("a"), "cut", "2"));
    addParents("b", NOON.plusSeconds(9), new ParentEdge(id("a"), "cut", "1"));
    addParents("c", NOON.plusSeconds(5), new ParentEdge(id("a"), "\"größer\"\n", ""));
    reopen();

    ObjectId c = new ObjectId.Asset(id("c"));
    assertThat(all(A, AssociationTypeRow.MADE_INTO))
        .extracting(AssociationRow::id2, row -> row.data().text())
        .containsExactly(
            tuple(c, "{\"transform\":\"\\\"größer\\\"\\u000a\",\"digest\":\"\"}"),
            tuple(B, "{\"transform\":\"cut\",\"digest\":\"1\"}"),
            tuple(B, "{\"transform\":\"cut\",\"digest\":\"2\"}"));
    assertThat(all(B, AssociationTypeRow.MADE_FROM)).hasSize(2);
    assertThat(count(A, AssociationTypeRow.MADE_INTO)).isEqualTo(3);
    assertThat(count(B, AssociationTypeRow.MADE_FROM)).isEqualTo(2);
    assertThat(count(A, AssociationTypeRow.MADE_FROM)).isZero();
    long noon = all(B, AssociationTypeRow.MADE_FROM).getFirst().timeNanos();
    assertThat(pages(space, A, AssociationTypeRow.MADE_INTO, new TimeRange(0, noon))).hasSize(2);
    assertThat(
            pages(space, A, AssociationTypeRow.MADE_INTO, new TimeRange(noon + 1, Long.MAX_VALUE)))
        .hasSize(1);
    List<AssociationRow> found =
        read(
            reader ->
                reader.find(space, A, AssociationTypeRow.MADE_INTO, Set.of(B, RUN), TimeRange.ALL));
    assertThat(found).hasSize(2);
    assertThat(all(RUN, AssociationTypeRow.MADE_FROM)).isEmpty();
  }

  @Test
  void namespacesDoNotSeeEachOther() {
    put(row(RUN, PLAIN, A, 5, ""));
    long other = createNamespace("other");

    assertThat(this.<Long>read(reader -> reader.count(other, RUN, PLAIN))).isZero();
    assertThat(pages(other, RUN, PLAIN, TimeRange.ALL)).isEmpty();
  }

  @Test
  void endsThatAreNotThereAreNamed() {
    SnapshotId one = new SnapshotId("01".repeat(16));
    put(id("a"));
    change(
        writer ->
            writer
                .snapshots()
                .add(space, HistoryWorkload.row(writer, space, one, List.of(), NOON)));
    ObjectId snapshot = new ObjectId.Snapshot(one);
    ObjectId lost = new ObjectId.Snapshot(new SnapshotId("02".repeat(16)));
    ObjectId ref = new ObjectId.Ref(new Name("nobody"));
    List<ObjectId> ids = List.of(A, B, snapshot, lost, new ObjectId.Ref(MAIN), ref, RUN);

    Set<ObjectId> missing = read(reader -> reader.missing(space, ids));
    assertThat(missing).containsExactlyInAnyOrder(B, lost, ref);
  }
}
