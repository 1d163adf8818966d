package io.aifs.client;

import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;

/**
 * The signing keys of a namespace. Thread-safe. Every method throws {@link
 * io.aifs.core.AifsException.Corrupt} if the keys that the server shows do not endorse each other.
 */
public interface SigningKeys {
  /** What the server shows, oldest first; compared with no pin. */
  KeyChain shown();

  /**
   * The same, compared with what was pinned; pins the newest.
   *
   * @throws io.aifs.core.AifsException.Corrupt if a pin is contradicted
   */
  KeyChain believed();

  /**
   * Pins the newest key that the server shows, whatever was pinned: for who has compared it with
   * what the operator says.
   */
  KeyChain accept();

  /** Makes a new key, endorsed by the current one, and pins it if the current one was believed. */
  PublicKey rotate();
}
