package io.aifs.server.crash;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that goes on by a second whenever somebody looks at it. */
final class SteadyClock extends Clock {
  private final Instant begin;
  private final AtomicLong seconds = new AtomicLong();

  SteadyClock(Instant begin) {
    this.begin = begin;
  }

  @Override
  public Instant instant() {
    return begin.plusSeconds(seconds.incrementAndGet());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
