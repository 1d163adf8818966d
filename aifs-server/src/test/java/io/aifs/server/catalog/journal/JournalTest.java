package io.aifs.server.catalog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.PendingTransaction;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the journal follows the catalog, and what happens when it cannot. */
class JournalTest {
  private static final JournalOptions OPTIONS =
      new JournalOptions(1 << 10, 4, 1 << 20, 2_000, 1_000, 8_000);

  @TempDir Path dir;
  private final MemoryJournalLog log = new MemoryJournalLog();
  private final MovableClock clock = new MovableClock();
  private SqliteCatalog file;
  private Journal journal;
  private Catalog catalog;

  @BeforeEach
  void open() {
    file = SqliteCatalog.open(dir.resolve("catalog.db"), SqliteOptions.DEFAULT);
    journal = Journal.follow(file, log, OPTIONS, clock);
    catalog = new JournaledCatalog(file, journal);
  }

  @AfterEach
  void close() {
    assertThat(file.check()).isEmpty();
    file.close();
  }

  /** Time that stands until it is moved. */
  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");

    void advance(long millis) {
      now = now.plus(Duration.ofMillis(millis));
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return InstantSource.fixed(now).withZone(zone);
    }
  }

  private void put(String name, int bytes) {
    var _ =
        catalog.<Boolean>write(
            writer -> {
              writer.ledger().putKeyFile(name, new byte[bytes]);
              return true;
            });
  }

  private List<Long> pending() {
    return file
        .<List<PendingTransaction>>read(reader -> reader.journal().pendingAfter(0, 1 << 30))
        .stream()
        .map(PendingTransaction::sequence)
        .toList();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void aWriteIsInTheLogWhenItReturns() throws IOException {
    put("a", 3);
    assertThat(log.sequences()).containsExactly(1L);
    List<JournalOp> ops = OpCodec.decode(log.payload(1));
    assertThat(ops).hasSize(1);
    assertThat(ops.getFirst()).isInstanceOf(LedgerOp.PutKeyFile.class);
    assertThat(journal.state().upToDate()).isTrue();
  }

  @Test
  void aWriteThatChangesNothingIsNoTransaction() {
    assertThat(catalog.<String>write(writer -> writer.storeId().orElse("none"))).isEqualTo("none");
    assertThat(log.attempts()).isZero();
  }

  @Test
  void aWriteThatFailsIsNotInTheLog() {
    assertThatThrownBy(
            () ->
                catalog.write(
                    writer -> {
                      writer.ledger().putKeyFile("a", new byte[1]);
                      throw new IllegalStateException("changed its mind");
                    }))
        .hasMessage("changed its mind");
    put("b", 1);
    assertThat(log.sequences()).containsExactly(1L);
    assertThat(pending()).containsExactly(1L);
  }

  @Test
  void theOutboxIsEmptiedNowAndThen() {
    for (int i = 0; i < 4; i++) {
      put("k" + i, 1);
    }
    assertThat(pending()).isEqualTo(upTo(4));
    put("k4", 1);
    assertThat(pending()).containsExactly(5L);
    assertThat(file.<Long>read(reader -> reader.journal().forgotten())).isEqualTo(4);
  }

  @Test
  void settlingEmptiesTheOutbox() throws IOException {
    put("a", 1);
    journal.settle();
    assertThat(pending()).isEmpty();
    assertThat(Journal.follow(file, log, OPTIONS, clock).state().upToDate()).isTrue();
  }

  @Test
  void whatACrashLeftIsAppendedBeforeWhatFollows() throws IOException {
    log.fail(true);
    put("a", 1);
    put("b", 1);
    log.fail(false);
    Journal next = Journal.follow(file, log, OPTIONS, clock);
    assertThat(next.state().upToDate()).isFalse();
    assertThat(next.state().waitingBytes()).isPositive();
    next.catchUp();
    assertThat(log.sequences()).containsExactly(1L, 2L);
    assertThat(next.state().upToDate()).isTrue();
    assertThat(next.state().waitingBytes()).isZero();
  }

  @Test
  void aFailingLogLosesNothingAndIsTriedAgainWithBackoff() {
    log.fail(true);
    put("a", 1);
    assertThat(journal.state().failure()).hasValue("the log's disk is full");
    assertThat(log.attempts()).isEqualTo(1);
    put("b", 1);
    assertThat(log.attempts()).as("not before the pause is over").isEqualTo(1);
    clock.advance(1_000);
    put("c", 1);
    assertThat(log.attempts()).isEqualTo(2);
    clock.advance(1_000);
    put("d", 1);
    assertThat(log.attempts()).as("the pause has doubled").isEqualTo(2);
    log.fail(false);
    clock.advance(1_000);
    put("e", 1);
    assertThat(log.sequences()).isEqualTo(upTo(5));
    assertThat(journal.state()).isEqualTo(new JournalState(5, 5, 0, java.util.Optional.empty()));
  }

  @Test
  void writesAreRefusedWhileTooMuchWaitsAndGoOnByThemselves() throws IOException {
    log.fail(true);
    put("a", 1_500);
    put("b", 1_500);
    assertThatThrownBy(() -> put("c", 1))
        .isInstanceOf(AifsException.Unavailable.class)
        .hasMessageContaining("the log's disk is full");
    assertThat(catalog.<Integer>read(reader -> reader.ledger().keyFiles().size())).isEqualTo(2);
    log.fail(false);
    clock.advance(10_000);
    put("c", 1);
    assertThat(log.sequences()).isEqualTo(upTo(3));
    journal.settle();
    assertThat(pending()).isEmpty();
  }

  @Test
  void retryingReportsWhatFails() {
    log.fail(true);
    put("a", 1);
    assertThatThrownBy(journal::catchUp).isInstanceOf(IOException.class);
    assertThat(journal.state().failure()).isPresent();
  }

  @Test
  void manyWritersAreJournaledInOrderWithFewAppends() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String name = "w" + i;
      writers.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int k = 0; k < 20; k++) {
                      put(name + "-" + k, 10);
                    }
                  }));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertThat(log.sequences()).isEqualTo(upTo(320));
    assertThat(log.attempts()).isLessThanOrEqualTo(320);
    assertThat(journal.state().upToDate()).isTrue();
  }
}
