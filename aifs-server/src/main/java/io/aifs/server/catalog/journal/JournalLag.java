package io.aifs.server.catalog.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the journal is behind, and when to try it again after it failed. Thread-safe. */
final class JournalLag {
  private final JournalOptions options;
  private long newest;
  private long journaled;
  private long waitingBytes;
  private @Nullable String failure;
  private long retryAtMillis;
  private long pauseMillis;

  JournalLag(JournalOptions options, long newest, long journaled) {
    this.options = options;
    this.newest = newest;
    this.journaled = journaled;
  }

  synchronized void waiting(long bytes) {
    waitingBytes = bytes;
  }

  synchronized void committed(long sequence, long payloadBytes) {
    newest = Math.max(newest, sequence);
    if (sequence > journaled) {
      waitingBytes += payloadBytes;
    }
  }

  /** The log holds everything up to {@code sequence}. */
  synchronized void journaled(long sequence, long payloadBytes) {
    newest = Math.max(newest, sequence);
    journaled = Math.max(journaled, sequence);
    // What others have committed and not yet counted here may be among it.
    waitingBytes = journaled >= newest ? 0 : Math.max(0, waitingBytes - payloadBytes);
    failure = null;
    pauseMillis = 0;
  }

  synchronized void caughtUp() {
    failure = null;
    pauseMillis = 0;
    if (journaled >= newest) {
      waitingBytes = 0;
    }
  }

  synchronized void failed(Exception cause, long nowMillis) {
    failure = String.valueOf(cause.getMessage());
    pauseMillis =
        Math.min(options.retryMillisMax(), Math.max(options.retryMillisMin(), 2 * pauseMillis));
    retryAtMillis = nowMillis + pauseMillis;
  }

  synchronized boolean retryDue(long nowMillis) {
    return failure == null || nowMillis >= retryAtMillis;
  }

  synchronized boolean tooLong() {
    return failure != null && waitingBytes > options.waitingBytesMax();
  }

  synchronized long journaled() {
    return journaled;
  }

  synchronized long newest() {
    return newest;
  }

  synchronized JournalState state() {
    return new JournalState(newest, journaled, waitingBytes, Optional.ofNullable(failure));
  }
}
