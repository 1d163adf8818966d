package io.aifs.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Draws progress on standard error while something runs, from a thread of its own. Other messages
 * go through {@link #message}, so that they do not end in the middle of a bar.
 */
public final class ProgressDisplay implements AutoCloseable {
  private static final Duration BAR_INTERVAL = Duration.ofMillis(200);
  private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(5);
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final ProgressMode mode;
  private final int columns;
  private final LongSupplier nanoTime;
  private final Progress progress;
  private final long startNanos;
  private final CountDownLatch ended = new CountDownLatch(1);
  private Optional<Thread> thread = Optional.empty();

  /** Guarded by this. */
  private boolean barIsDrawn;

  /**
   * @param mode anything but {@link ProgressMode#AUTO}
   * @param columns lines are cut to fewer characters than that
   */
  public ProgressDisplay(
      PrintStream err, ProgressMode mode, int columns, LongSupplier nanoTime, Progress progress) {
    this.err = err;
    this.mode = mode;
    this.columns = columns;
    this.nanoTime = nanoTime;
    this.progress = progress;
    this.startNanos = nanoTime.getAsLong();
  }

  /** Whether anyone sees progress, so that totals are worth counting. */
  public boolean isShown() {
    return mode != ProgressMode.NONE;
  }

  /** Begins to draw. */
  public void start() {
    if (isShown()) {
      thread = Optional.of(Thread.ofPlatform().daemon().name("progress").start(this::run));
    }
  }

  private void run() {
    Duration interval = mode == ProgressMode.BAR ? BAR_INTERVAL : PLAIN_INTERVAL;
    try {
      while (!ended.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        draw();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  synchronized void draw() {
    String whole = progress.text(nanoTime.getAsLong() - startNanos);
    String text = whole.length() < columns ? whole : whole.substring(0, columns - 1);
    if (mode == ProgressMode.BAR) {
      err.print(ERASE_LINE + text);
      barIsDrawn = true;
    } else {
      err.println(text);
    }
    err.flush();
  }

  /** Prints a line of its own. */
  public synchronized void message(String text) {
    eraseBar();
    err.println(text);
    err.flush();
  }

  private synchronized void eraseBar() {
    if (barIsDrawn) {
      err.print(ERASE_LINE);
      err.flush();
      barIsDrawn = false;
    }
  }

  /** How long it runs already. */
  public Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startNanos);
  }

  @Override
  public void close() {
    end();
  }

  /** Ends drawing and leaves no bar behind; may be called again. */
  public void end() {
    ended.countDown();
    thread.ifPresent(ProgressDisplay::join);
    eraseBar();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
