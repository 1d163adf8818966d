package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many callers at once. */
public abstract class ConcurrencyContract extends CatalogContract {
  private static final int CALLERS = 32;
  private static final int WRITES_EACH = 20;

  /** What a write of these tests throws. */
  private static final class Planned extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Planned(String message) {
      super(message);
    }
  }

  @Test
  void everyAcknowledgedWriteIsThereAndNoOther() throws Exception {
    List<Future<Integer>> callers = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int caller = 0; caller < CALLERS; caller++) {
        int number = caller;
        callers.add(executor.submit(() -> writeSome(number)));
      }
    }

    int failed = 0;
    for (Future<Integer> caller : callers) {
      failed += caller.get();
    }
    reopen();
    assertThat(failed).isEqualTo(CALLERS * WRITES_EACH / 4);
    for (int caller = 0; caller < CALLERS; caller++) {
      for (int i = 0; i < WRITES_EACH; i++) {
        Digest id = id(caller + "/" + i);
        assertThat(catalog.read(reader -> reader.assets().find(space, id)).isPresent())
            .isEqualTo(i % 4 != 3);
      }
    }
    assertThat(catalog.read(reader -> reader.assets().totals(space)).assets())
        .isEqualTo(CALLERS * WRITES_EACH * 3 / 4);
    assertThat(catalog.<List<EventRow>>read(reader -> reader.events().after(space, 0, 10_000)))
        .extracting(EventRow::sequence)
        .isSorted()
        .doesNotHaveDuplicates()
        .hasSize(CALLERS * WRITES_EACH * 3 / 4);
  }

  /** Every fourth write does its work and then throws. Returns how many of those there were. */
  private int writeSome(int caller) {
    int failed = 0;
    for (int i = 0; i < WRITES_EACH; i++) {
      Digest id = id(caller + "/" + i);
      String path = "d" + caller + "/" + i;
      boolean fails = i % 4 == 3;
      try {
        change(
            writer -> {
              put(writer, space, id);
              writer.tree().putAll(space, MAIN, List.of(file(path, id)));
              if (fails) {
                throw new Planned(path);
              }
            });
      } catch (Planned e) {
        assertThat(e).hasMessage(path);
        failed++;
      }
      assertThat(catalog.read(reader -> reader.tree().find(space, MAIN, path(path))).isPresent())
          .isEqualTo(!fails);
    }
    return failed;
  }

  @Test
  void readSeesOneInstantWhileOthersWrite() throws Exception {
    put(id("first"));
    CountDownLatch looked = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Long> read =
          executor.submit(
              () ->
                  catalog.read(
                      reader -> {
                        assertThat(reader.assets().totals(space).assets()).isEqualTo(1);
                        looked.countDown();
                        awaitQuietly(written);
                        assertThat(reader.assets().find(space, id("second"))).isEmpty();
                        return reader.assets().totals(space).assets();
                      }));
      looked.await();
      put(id("second"));
      assertThat(catalog.read(reader -> reader.assets().totals(space)).assets()).isEqualTo(2);
      written.countDown();

      assertThat(read.get()).isEqualTo(1);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void moreReadersThanConnectionsAllGetTheirTurn() throws Exception {
    put(id("a"));
    List<Future<Boolean>> reads = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 500; i++) {
        reads.add(
            executor.submit(
                () -> catalog.read(reader -> reader.assets().find(space, id("a")).isPresent())));
      }
    }
    for (Future<Boolean> read : reads) {
      assertThat(read.get()).isTrue();
    }
  }

  @Test
  void writeSeesWhatItWroteAndItsFailureReachesItsCaller() {
    assertThatThrownBy(
            () ->
                change(
                    writer -> {
                      put(writer, space, id("a"));
                      assertThat(writer.assets().find(space, id("a"))).isPresent();
                      throw new Planned("undo");
                    }))
        .isInstanceOf(Planned.class)
        .hasMessage("undo");
    assertThat(catalog.<Optional<AssetRow>>read(reader -> reader.assets().find(space, id("a"))))
        .isEmpty();
  }

  @Test
  void nestingIsRefused() {
    assertThatThrownBy(() -> catalog.read(reader -> catalog.read(CatalogReader::storeId)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> catalog.read(reader -> put(id("a"))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> catalog.write(writer -> put(id("a"))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> catalog.write(writer -> catalog.read(CatalogReader::storeId)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void callsAfterCloseAreRefused() {
    Catalog closed = catalog;
    closed.close();
    closed.close();
    catalog = open(dir);

    assertThatThrownBy(() -> closed.read(CatalogReader::storeId))
        .isInstanceOf(AifsException.Unavailable.class);
    assertThatThrownBy(() -> closed.write(CatalogReader::storeId))
        .isInstanceOf(AifsException.Unavailable.class);
  }

  @Test
  void closeWaitsForTheWritesBeforeIt() throws Exception {
    List<Future<Boolean>> writes = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        Digest id = id("w" + i);
        writes.add(executor.submit(() -> acknowledged(id)));
      }
      catalog.close();
    }
    catalog = open(dir);
    for (int i = 0; i < 50; i++) {
      Digest id = id("w" + i);
      Optional<AssetRow> found = catalog.read(reader -> reader.assets().find(space, id));
      assertThat(found.isPresent()).isEqualTo(writes.get(i).get());
    }
  }

  private boolean acknowledged(Digest id) {
    try {
      put(id);
      return true;
    } catch (AifsException.Unavailable e) {
      return false;
    }
  }
}
