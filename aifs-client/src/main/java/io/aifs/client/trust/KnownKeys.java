package io.aifs.client.trust;

import io.aifs.core.AifsException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The pins of a user. Thread-safe, and a file is safe for concurrent processes.
 *
 * <p>Every method throws {@link AifsException.Corrupt} if the file is damaged, and then changes
 * nothing; {@link AifsException.Failed} if it cannot be read or written.
 */
public interface KnownKeys {
  /** All pins, in the order of the file. */
  List<KnownKey> all();

  /**
   * Replaces the pins by what {@code change} makes of them; nobody else changes them meanwhile. If
   * it throws, nothing is changed.
   */
  void update(UnaryOperator<List<KnownKey>> change);

  /** Pins in a file, which is made, mode 0600, with the first one. */
  static KnownKeys inFile(Path file) {
    return new KnownKeysFile(file);
  }

  /** Pins that are forgotten with this object. */
  static KnownKeys inMemory() {
    return new MemoryKnownKeys();
  }
}
