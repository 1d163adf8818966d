package io.aifs.server.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Microseconds since the epoch, the resolution of the catalog. */
public final class Instants {
  public static long toMicros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private Instants() {}
}
