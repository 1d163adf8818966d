package io.aifs.crypto;

import java.security.SecureRandom;

/**
 * Where keys, nonces and random ids come from. Passed in, so that a test can fix what is drawn; the
 * only source for real data is {@link #secure}. Thread-safe.
 */
@FunctionalInterface
public interface RandomBytes {
  /** Overwrites all of {@code out} with random bytes. */
  void fill(byte[] out);

  default byte[] next(int count) {
    byte[] bytes = new byte[count];
    fill(bytes);
    return bytes;
  }

  /** The operating system's generator. */
  static RandomBytes secure() {
    SecureRandom random = new SecureRandom();
    return random::nextBytes;
  }
}
