package io.aifs.client.internal;

import java.util.concurrent.Semaphore;

/**
 * How many uploads of one connection hold windows of content at once; others wait their turn, since
 * more of them would only hold more memory. Fair. Thread-safe.
 */
final class UploadTurns {
  /** Three windows, and what compresses them. */
  private static final long UPLOAD_BYTES = 16L << 20;

  private static final int TURNS_MAX = 32;

  private final Semaphore free;

  UploadTurns(int turns) {
    free = new Semaphore(turns, true);
  }

  /** As many as fit into an eighth of this process's heap. */
  static UploadTurns fittingTheHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    return new UploadTurns(Math.clamp(heap / 8 / UPLOAD_BYTES, 1, TURNS_MAX));
  }

  /** Waits for a turn, which ends when it is closed. */
  Turn take() throws InterruptedException {
    free.acquire();
    return free::release;
  }

  /** To be closed once. */
  @FunctionalInterface
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }
}
