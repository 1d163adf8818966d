package io.aifs.server.catalog.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The write-ahead log under reads that never leave a gap. */
class LogKeeperTest {
  private static final int CHECKPOINT_BYTES = 256 << 10;
  private static final int WRITES = 200;

  @TempDir Path dir;

  @Test
  void logIsBoundedAlthoughSomebodyAlwaysReads() throws IOException {
    SqliteOptions options = SqliteOptions.DEFAULT.withLog(CHECKPOINT_BYTES, 60_000);
    try (SqliteCatalog catalog = SqliteCatalog.open(dir.resolve("c.db"), options);
        ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch done = new CountDownLatch(1);
      // Each reader ends only when the next one has begun.
      readers.execute(() -> readInRelay(catalog, done, new Semaphore(0), readers));
      writeAll(catalog);
      long log = logBytes();
      done.countDown();

      // All that was written is several times as much.
      assertThat(log).isLessThan((WRITES * (32L << 10)) / 2);
      assertThat(catalog.check()).isEmpty();
    }
  }

  @Test
  void readerThatDoesNotEndDoesNotStopTheWriter() throws Exception {
    SqliteOptions options = SqliteOptions.DEFAULT.withLog(CHECKPOINT_BYTES, 1);
    try (SqliteCatalog catalog = SqliteCatalog.open(dir.resolve("c.db"), options)) {
      CountDownLatch begun = new CountDownLatch(1);
      Semaphore end = new Semaphore(0);
      try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Integer> seen =
            readers.submit(
                () ->
                    catalog.read(
                        reader -> {
                          int before = reader.ledger().keyFiles().size();
                          begun.countDown();
                          end.acquireUninterruptibly();
                          return before + reader.ledger().keyFiles().size();
                        }));
        begun.await();
        writeAll(catalog);
        end.release();

        assertThat(seen.get()).isZero();
      }
      assertThat(catalog.<Integer>read(reader -> reader.ledger().keyFiles().size()))
          .isEqualTo(WRITES);
      assertThat(catalog.check()).isEmpty();
    }
  }

  private static void writeAll(SqliteCatalog catalog) {
    for (int i = 0; i < WRITES; i++) {
      byte[] content = new byte[32 << 10];
      String name = "k" + i;
      boolean written =
          catalog.write(
              writer -> {
                writer.ledger().putKeyFile(name, content);
                return true;
              });
      assertThat(written).isTrue();
    }
  }

  private static void readInRelay(
      SqliteCatalog catalog, CountDownLatch done, Semaphore begun, ExecutorService readers) {
    Semaphore next = new Semaphore(0);
    boolean read =
        catalog.read(
            reader -> {
              boolean fresh = reader.storeId().isEmpty();
              begun.release();
              if (done.getCount() > 0) {
                readers.execute(() -> readInRelay(catalog, done, next, readers));
                next.acquireUninterruptibly();
              }
              return fresh;
            });
    assertThat(read).isTrue();
  }

  private long logBytes() throws IOException {
    return Files.size(dir.resolve("c.db-wal"));
  }
}
