package io.aifs.server.engine;

import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.PutTally;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Stores one batch of chunks on another thread. */
final class StoreTask implements Runnable {
  private final FutureTask<PutTally> future;

  StoreTask(ChunkStore store, List<Chunk> chunks) {
    this.future = new FutureTask<>(() -> store.putAll(RecordType.CHUNK, chunks));
  }

  @Override
  public void run() {
    future.run();
  }

  /** What it did; its failure is thrown here. */
  PutTally await() throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while storing chunks");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IOException("storing chunks failed", e);
      }
    }
  }

  /** Waits until it is over, however it ends. */
  void awaitQuietly() {
    boolean interrupted = false;
    while (true) {
      try {
        future.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        break; // the upload is given up; its failure has nobody to go to
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
