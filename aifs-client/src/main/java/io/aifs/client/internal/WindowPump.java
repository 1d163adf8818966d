package io.aifs.client.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads, cuts and digests the next window while its user deals with the one before. On threads of
 * the platform: a virtual one would wait for ever where others that block hold all its carriers.
 */
final class WindowPump implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final WindowReader reader;
  private FutureTask<WindowReader.Window> ahead;
  private Thread thread;

  WindowPump(WindowReader reader) {
    this.reader = reader;
    this.ahead = new FutureTask<>(reader::next);
    this.thread = started(ahead);
  }

  private static Thread started(FutureTask<?> task) {
    return Thread.ofPlatform().daemon().name("aifs-upload-read").start(task);
  }

  /**
   * The next window; empty if there is none yet after {@code patience}, and then it is asked for
   * again. None may be asked for after the last.
   */
  Optional<WindowReader.Window> next(Duration patience) throws IOException, InterruptedException {
    try {
      WindowReader.Window window = ahead.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (!window.isLast()) {
        ahead = new FutureTask<>(reader::next);
        thread = started(ahead);
      }
      return Optional.of(window);
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failure -> throw failure;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IOException("reading content failed", e);
      }
    }
  }

  /** Ends the reading; a source that cannot be interrupted is not waited for. */
  @Override
  public void close() throws IOException {
    ahead.cancel(true);
    try {
      thread.join(GRACE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
  }
}
