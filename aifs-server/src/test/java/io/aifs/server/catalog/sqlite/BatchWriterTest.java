package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes that share a transaction, and transactions that fail as a whole. */
class BatchWriterTest {
  private static final String INSERT = "INSERT INTO item (number, parent) VALUES (?, ?)";

  @TempDir Path dir;
  private final AtomicInteger opened = new AtomicInteger();
  private SessionSource source;
  private BatchWriter writer;
  private ExecutorService callers;

  @BeforeEach
  void openWriter() {
    source = new SessionSource(dir.resolve("x.db"), SqliteOptions.DEFAULT);
    writer = new BatchWriter(this::openSession, 100, 10_000, _ -> {});
    callers = Executors.newVirtualThreadPerTaskExecutor();
    // A parent that does not exist is noticed only by COMMIT.
    writer.write(
        session ->
            session.update(
                "CREATE TABLE item (number INTEGER PRIMARY KEY,"
                    + " parent INTEGER REFERENCES item DEFERRABLE INITIALLY DEFERRED)"));
  }

  private Session openSession() {
    opened.incrementAndGet();
    return source.writer();
  }

  @AfterEach
  void closeAll() {
    callers.close();
    writer.close();
  }

  @Test
  void failingCommitFailsAllOfItsBatchAndTheWriterGoesOn() throws Exception {
    Batch batch = new Batch();
    Future<Long> good = batch.add(session -> session.update(INSERT, 1, null));
    Future<Long> bad = batch.add(session -> session.update(INSERT, 2, 99));
    Future<Long> alsoGood = batch.add(session -> session.update(INSERT, 3, 1));
    batch.release();

    for (Future<Long> each : List.of(good, bad, alsoGood)) {
      assertThatThrownBy(each::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(AifsException.Failed.class);
    }
    assertThat(numbers()).isEmpty();
    assertThat(writer.<Long>write(session -> session.update(INSERT, 4, null))).isEqualTo(1);
    assertThat(numbers()).containsExactly(4L);
    assertThat(opened).hasValue(2);
  }

  @Test
  void oneThatThrowsIsUndoneAlone() throws Exception {
    Batch batch = new Batch();
    Future<Long> before = batch.add(session -> session.update(INSERT, 1, null));
    Future<Long> failing =
        batch.add(
            session -> {
              session.update(INSERT, 2, null);
              throw new UnsupportedOperationException("mine");
            });
    Future<Long> duplicate = batch.add(session -> session.update(INSERT, 1, null));
    Future<Long> after = batch.add(session -> session.update(INSERT, 3, null));
    batch.release();

    assertThat(before.get()).isEqualTo(1);
    assertThatThrownBy(failing::get).hasRootCauseMessage("mine");
    assertThatThrownBy(duplicate::get).hasCauseInstanceOf(AifsException.Failed.class);
    assertThat(after.get()).isEqualTo(1);
    assertThat(numbers()).containsExactly(1L, 3L);
    assertThat(opened).hasValue(1);
  }

  @Test
  void failureThatIsSwallowedStillUndoesTheWrite() {
    assertThatThrownBy(
            () ->
                writer.write(
                    session -> {
                      session.update(INSERT, 1, null);
                      try {
                        session.update(INSERT, 1, null);
                      } catch (AifsException e) {
                        return 0L;
                      }
                      return 1L;
                    }))
        .isInstanceOf(AifsException.Failed.class);
    assertThat(numbers()).isEmpty();
  }

  @Test
  void writesBeforeOneThatLosesTheTransactionRunAgain() throws Exception {
    Batch batch = new Batch();
    Future<Long> before = batch.add(session -> session.update(INSERT, 1, null));
    Future<Long> losing =
        batch.add(
            session -> {
              session.rollback(); // as SQLite does by itself when the disk is full
              throw new UnsupportedOperationException("lost");
            });
    Future<Long> after = batch.add(session -> session.update(INSERT, 2, null));
    batch.release();

    assertThat(before.get()).isEqualTo(1);
    assertThatThrownBy(losing::get).hasRootCauseMessage("lost");
    assertThat(after.get()).isEqualTo(1);
    assertThat(numbers()).containsExactly(1L, 2L);
  }

  private List<Long> numbers() {
    return writer.write(
        session -> session.list("SELECT number FROM item ORDER BY number", row -> row.integer(1)));
  }

  /** Holds the writer until several writes wait, so that they share a transaction, in order. */
  private final class Batch {
    private final CountDownLatch gate = new CountDownLatch(1);

    Batch() throws InterruptedException {
      CountDownLatch running = new CountDownLatch(1);
      var _ =
          callers.submit(
              () ->
                  writer.write(
                      _ -> {
                        running.countDown();
                        awaitQuietly(gate);
                        return 0L;
                      }));
      running.await();
    }

    Future<Long> add(Function<Session, Long> write) {
      int queued = writer.queued();
      Future<Long> future = callers.submit(() -> writer.write(write));
      while (writer.queued() == queued) {
        Thread.onSpinWait();
      }
      return future;
    }

    void release() {
      gate.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
