package io.aifs.server;

import io.aifs.crypto.RandomBytes;
import java.time.Clock;

/** Where a running program's time and randomness come from. */
final class Wiring {
  static RandomBytes randomBytes() {
    return RandomBytes.secure();
  }

  static Clock clock() {
    return Clock.systemUTC();
  }

  private Wiring() {}
}
