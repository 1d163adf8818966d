package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.TransactionId;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.StagedTransaction.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Transactions with what is staged in them. */
public abstract class StagingContract extends CatalogContract {
  private static final Duration LEASE = Duration.ofMinutes(10);

  private TransactionId begin(int seconds) {
    Instant at = NOON.plusSeconds(seconds);
    TransactionId id = TransactionId.of(at, new byte[10]);
    change(writer -> writer.staging().begin(begun(id, at)));
    return id;
  }

  private StagedTransaction begun(TransactionId id, Instant at) {
    return StagedTransaction.begun(id, space, "ada", at, LEASE, at.plus(LEASE));
  }

  private void append(TransactionId id, int bytes, Digest... assets) {
    change(writer -> writer.staging().append(id, new byte[bytes], 2, List.of(assets)));
  }

  private Optional<StagedTransaction> find(TransactionId id) {
    return catalog.read(reader -> reader.staging().find(id));
  }

  private List<Long> steps(TransactionId id, long after, long bytesMax) {
    return catalog.read(
        reader ->
            reader.staging().steps(id, after, bytesMax).stream().map(StagedRow::number).toList());
  }

  @Test
  void transactionComesBackAsItBegan() {
    TransactionId id = begin(0);
    assertThat(find(id)).contains(begun(id, NOON));
    assertThat(find(TransactionId.of(NOON, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 64}))).isEmpty();
    assertThatThrownBy(() -> begin(0)).isInstanceOf(IllegalStateException.class);
    assertThat(catalog.<Long>read(reader -> reader.staging().openCount())).isOne();
  }

  @Test
  void stepsComeBackInOrderAndPageByPage() {
    TransactionId id = begin(0);
    TransactionId other = begin(1);
    append(id, 100, id("a"), id("b"));
    append(other, 10);
    append(id, 100);
    append(id, 100, id("a"));
    assertThat(steps(id, 0, 1_000)).containsExactly(1L, 2L, 3L);
    assertThat(steps(id, 0, 200)).containsExactly(1L, 2L);
    assertThat(steps(id, 2, 1)).containsExactly(3L);
    assertThat(steps(id, 3, 1_000)).isEmpty();
    assertThat(find(id).orElseThrow())
        .matches(found -> found.steps() == 3 && found.entries() == 6 && found.bytes() == 300);
    Set<Digest> asked = Set.of(id("a"), id("b"), id("c"));
    assertThat(catalog.<Set<Digest>>read(reader -> reader.staging().stagedAmong(id, asked)))
        .containsExactlyInAnyOrder(id("a"), id("b"));
    assertThat(catalog.<Set<Digest>>read(reader -> reader.staging().stagedAmong(other, asked)))
        .isEmpty();
  }

  @Test
  void thoseOfAnOwnerAreListedInOrder() {
    TransactionId first = begin(0);
    TransactionId second = begin(1);
    assertThat(list("ada", Optional.empty())).containsExactly(first, second);
    assertThat(list("ada", Optional.of(first))).containsExactly(second);
    assertThat(list("bob", Optional.empty())).isEmpty();
  }

  private List<TransactionId> list(String owner, Optional<TransactionId> after) {
    return catalog.read(
        reader ->
            reader.staging().list(space, owner, after, 10).stream()
                .map(StagedTransaction::id)
                .toList());
  }

  @Test
  void openOnesExpireUnlessTheyAreRenewed() {
    TransactionId first = begin(0);
    TransactionId second = begin(1);
    Instant late = NOON.plus(LEASE);
    assertThat(expiring(late)).containsExactly(first);
    change(writer -> writer.staging().renew(first, late.plusSeconds(5)));
    assertThat(expiring(late)).isEmpty();
    assertThat(expiring(late.plusSeconds(5))).containsExactly(second, first);
    change(writer -> writer.staging().end(second, State.EXPIRED, late, 0));
    assertThat(expiring(late.plusSeconds(5))).containsExactly(first);
  }

  private List<TransactionId> expiring(Instant at) {
    return catalog.read(
        reader -> reader.staging().expiring(at, 10).stream().map(StagedTransaction::id).toList());
  }

  @Test
  void endedTransactionTakesNothingMoreAndItsStepsGoInSlices() {
    TransactionId id = begin(0);
    append(id, 10, id("a"));
    append(id, 10, id("b"));
    append(id, 10, id("c"));
    change(writer -> writer.staging().end(id, State.COMMITTED, NOON.plusSeconds(1), 7));

    assertThat(find(id).orElseThrow())
        .matches(found -> found.state() == State.COMMITTED && found.version() == 7)
        .matches(found -> found.endedAt().equals(Optional.of(NOON.plusSeconds(1))));
    assertThatThrownBy(() -> append(id, 1)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> change(writer -> writer.staging().end(id, State.ABORTED, NOON, 0)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(leftOver()).contains(id);
    assertThat(catalog.<Long>write(writer -> writer.staging().forget(NOON.plusSeconds(9), 10)))
        .isZero();
    assertThat(drop(id, 2)).isFalse();
    assertThat(drop(id, 2)).isTrue();
    assertThat(leftOver()).isEmpty();
    assertThat(steps(id, 0, 1_000)).isEmpty();
    assertThat(catalog.<Long>write(writer -> writer.staging().forget(NOON.plusSeconds(1), 10)))
        .isZero();
    assertThat(catalog.<Long>write(writer -> writer.staging().forget(NOON.plusSeconds(9), 10)))
        .isOne();
    assertThat(find(id)).isEmpty();
  }

  private Optional<TransactionId> leftOver() {
    return catalog.read(reader -> reader.staging().leftOver());
  }

  private boolean drop(TransactionId id, int limit) {
    return catalog.write(writer -> writer.staging().drop(id, limit));
  }

  @Test
  void allThatAreOpenCanBeEnded() {
    TransactionId first = begin(0);
    TransactionId second = begin(1);
    change(writer -> writer.staging().end(first, State.ABORTED, NOON, 0));
    assertThat(catalog.<Long>write(writer -> writer.staging().endAll(NOON))).isOne();
    assertThat(find(first).orElseThrow().state()).isEqualTo(State.ABORTED);
    assertThat(find(second).orElseThrow().state()).isEqualTo(State.LOST);
  }
}
