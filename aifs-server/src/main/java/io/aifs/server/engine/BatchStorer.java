package io.aifs.server.engine;

import io.aifs.core.manifest.Page;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.PutTally;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Compresses, seals and stores batches of chunks on the executor, one at a time, while its caller
 * makes the next ready; and counts what became of them. Not thread-safe.
 */
final class BatchStorer {
  private final ChunkStore store;
  private final Executor executor;
  private @Nullable StoreTask running;
  private PutTally tally = PutTally.NONE;

  BatchStorer(ChunkStore store, Executor executor) {
    this.store = store;
    this.executor = executor;
  }

  /** Begins with a batch, when the one before is stored. */
  void begin(List<Chunk> chunks) {
    StoreTask task = new StoreTask(store, chunks);
    running = task;
    executor.execute(task);
  }

  /** Returns when the last batch is stored; throws what it failed with. */
  void await() throws IOException {
    StoreTask task = running;
    running = null;
    if (task != null) {
      tally = tally.plus(task.await());
    }
  }

  /** Waits for what is running, however it ends: nothing touches the store afterwards. */
  void abandon() {
    StoreTask task = running;
    running = null;
    if (task != null) {
      task.awaitQuietly();
    }
  }

  /** Stores a page of the list of chunks, here and now. */
  void storePage(Page page) throws IOException {
    Chunk chunk = new Chunk(page.digest(), page.bytes(), 0, page.bytes().length);
    PutTally stored = store.putAll(RecordType.MANIFEST_PAGE, List.of(chunk));
    tally = tally.plus(new PutTally(0, 0, stored.storedBytes()));
  }

  /** Counts what needed no storing. */
  void count(PutTally more) {
    tally = tally.plus(more);
  }

  /** Of what was awaited. */
  PutTally tally() {
    return tally;
  }
}
