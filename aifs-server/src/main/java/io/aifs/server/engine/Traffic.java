package io.aifs.server.engine;

import io.aifs.server.pack.Pace;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * What clients are sending and getting, so that work in the background can give way: beside calls
 * it rests four fifths of the time, else not at all. Thread-safe.
 */
public final class Traffic implements Pace {
  private static final long NANOS_PER_MILLI = 1_000_000;

  /** A stretch of work that no call needs to wait for; a shorter rest would not be kept. */
  private static final long WORK_NANOS_MIN = NANOS_PER_MILLI / 4;

  private static final long REST_FACTOR = 4;
  private static final long REST_NANOS_MAX = 200 * NANOS_PER_MILLI;

  /** How long after the last message there is traffic: a call may take that long between two. */
  private static final long LASTS_NANOS = Duration.ofMillis(250).toNanos();

  private final LongAdder messages = new LongAdder();
  private final LongSupplier nanoTime;
  private final LongConsumer rest;
  private long seen;
  private long seenNanos;
  private long workedFromNanos;

  public Traffic() {
    this(System::nanoTime, LockSupport::parkNanos);
  }

  /**
   * @param rest sleeps so many nanoseconds
   */
  Traffic(LongSupplier nanoTime, LongConsumer rest) {
    this.nanoTime = nanoTime;
    this.rest = rest;
    this.workedFromNanos = nanoTime.getAsLong();
    this.seenNanos = workedFromNanos - LASTS_NANOS;
  }

  /** Takes note of a message from or to a client. */
  public void noted() {
    messages.increment();
  }

  @Override
  public synchronized void step() {
    long now = nanoTime.getAsLong();
    long workedNanos = now - workedFromNanos;
    if (workedNanos < WORK_NANOS_MIN) {
      return;
    }
    long sum = messages.sum();
    if (sum != seen) {
      seen = sum;
      seenNanos = now;
    }
    if (now - seenNanos < LASTS_NANOS) {
      rest.accept(Math.min(workedNanos * REST_FACTOR, REST_NANOS_MAX));
    }
    workedFromNanos = nanoTime.getAsLong();
  }
}
