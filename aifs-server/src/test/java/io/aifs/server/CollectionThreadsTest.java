package io.aifs.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.CollectionReport;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.file.MemoryDisk;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections beside threads that put, delete and read the same few contents. */
class CollectionThreadsTest {
  private static final int THREADS = 4;
  private static final int COLLECTIONS = Integer.getInteger("aifs.collections", 60);
  private static final int CONTENTS = 30;

  @TempDir Path directory;

  @Test
  void threadsNeverLoseWhatTheyWereToldIsStored() throws Exception {
    long seed = SeededTest.seed();
    CollectedStore store =
        CollectedStore.open(
            directory,
            new MemoryDisk(),
            30_000,
            new Random(seed),
            Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC));
    List<NamespaceRow> spaces = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      spaces.add(store.createNamespace("space" + i)); // one each: nobody else deletes there
    }
    AtomicBoolean ended = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Worker worker = new Worker(store, spaces.get(i), new Random(seed + i));
        workers.add(
            threads.submit(
                () -> {
                  while (!ended.get()) {
                    worker.step();
                  }
                  worker.readAll();
                }));
      }
      try {
        for (int i = 0; i < COLLECTIONS && workers.stream().noneMatch(Future::isDone); i++) {
          store.collections.run(Duration.ZERO, Duration.ofMillis(5), CollectionListener.NONE);
        }
      } finally {
        ended.set(true);
      }
      for (Future<?> worker : workers) {
        requireGood(worker);
      }
    }
    for (int i = 0; i < 2; i++) {
      store.collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
    }
    CollectionReport left = store.collections.plan(CollectionListener.NONE);
    assertThat(left.condemnedRecords()).isZero();
    assertThat(left.pendingBytes()).isZero();
    assertThat(store.damage()).isEmpty();
    store.close();
  }

  private static void requireGood(Future<?> worker) throws InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a worker failed", e.getCause());
    }
  }

  /** Works in a namespace of its own, which shares its chunks with the others. */
  private static final class Worker {
    private final CollectedStore store;
    private final NamespaceRow space;
    private final Random random;
    private final Map<Digest, byte[]> stored = new TreeMap<>();
    private int paths;

    Worker(CollectedStore store, NamespaceRow space, Random random) {
      this.store = store;
      this.space = space;
      this.random = random;
    }

    void step() {
      switch (random.nextInt(5)) {
        case 0 -> putFiles();
        case 1 -> upload();
        case 2, 3 -> delete();
        default -> readOne();
      }
    }

    private byte[] content(int number, int bytes) {
      byte[] content = new byte[bytes];
      new Random(number).nextBytes(content);
      return content;
    }

    private void putFiles() {
      byte[] content = content(random.nextInt(CONTENTS), 400);
      FilePut file =
          new FilePut(
              new TreePath("f" + paths++),
              new FilePut.What.Data(content),
              FileAttributes.PLAIN_FILE,
              AssetKind.BLOB,
              Map.of(),
              List.of());
      store.files.put(space, Name.MAIN_BRANCH, List.of(file), Optional.empty());
      stored.put(Digest.of(content), content);
    }

    private void upload() {
      PutHeader header =
          new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty());
      byte[] content = content(CONTENTS + random.nextInt(8), 40_000);
      try (PutSession session = store.assets.beginPut(space, header)) {
        for (int at = 0; at < content.length; at += 10_000) {
          session.write(content, at, 10_000);
        }
        session.finish(Optional.empty());
        stored.put(Digest.of(content), content);
      }
    }

    private void delete() {
      if (!stored.isEmpty()) {
        Digest id = any();
        store.deletes.delete(space, id, true, "test", "", Optional.empty());
        stored.remove(id);
      }
    }

    private void readOne() {
      if (!stored.isEmpty()) {
        read(any());
      }
    }

    private Digest any() {
      return List.copyOf(stored.keySet()).get(random.nextInt(stored.size()));
    }

    private void read(Digest id) {
      try {
        assertThat(store.read(space, id)).isEqualTo(stored.get(id));
      } catch (AifsException e) {
        throw new AssertionError("asset " + id + " was acknowledged and does not read", e);
      }
    }

    void readAll() {
      stored.keySet().forEach(this::read);
    }
  }
}
