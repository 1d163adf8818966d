package io.aifs.server.grpc.flow;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes that large messages may take in all, on their way in and out. Thread-safe. */
public final class MemoryBudget {
  private static final long RETRY_AFTER_MILLIS = 1_000;

  private final long capacityBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  public MemoryBudget(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  public long capacityBytes() {
    return capacityBytes;
  }

  public long usedBytes() {
    return usedBytes.get();
  }

  /** Takes all of {@code bytes} or nothing. */
  boolean tryTake(long bytes) {
    long used = usedBytes.get();
    while (used + bytes <= capacityBytes) {
      if (usedBytes.compareAndSet(used, used + bytes)) {
        return true;
      }
      used = usedBytes.get();
    }
    return false;
  }

  void giveBack(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  /** What a call is told for which there is no room. */
  AifsException.LimitExceeded exhausted() {
    return new AifsException.LimitExceeded(
        Reason.MEMORY_BUDGET,
        "the large messages in flight have used up the server's budget of "
            + capacityBytes
            + " bytes",
        "try again in a moment, or stream the content in smaller messages",
        RETRY_AFTER_MILLIS);
  }
}
