package io.aifs.server.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Microseconds since the epoch, the resolution of the catalog. */
final class Instants {
  static long toMicros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private Instants() {}
}
