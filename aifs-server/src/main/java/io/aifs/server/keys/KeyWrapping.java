package io.aifs.server.keys;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.KeyFile;
import io.aifs.crypto.KeyMissingException;
import io.aifs.crypto.KeyService;
import io.aifs.crypto.KeyServiceException;
import io.aifs.crypto.WrongKeyException;

/** Asks the key service, and says which key file a failure is about. Thread-safe. */
final class KeyWrapping {
  private final KeyService keyService;

  /** A wrapped key and what opens it. */
  @SuppressWarnings("ArrayRecordComponent") // wrapped bytes are passed on, never compared
  record Wrapped(String kekId, byte[] bytes) {}

  KeyWrapping(KeyService keyService) {
    this.keyService = requireNonNull(keyService, "keyService is null");
  }

  /** Wraps a key for the file {@code name} under the current KEK of {@code keyDomain}. */
  Wrapped wrap(String name, String keyDomain, byte[] key, byte[] context) {
    try {
      String kekId = keyService.currentKek(keyDomain);
      return new Wrapped(kekId, keyService.wrap(kekId, key, context));
    } catch (KeyServiceException e) {
      throw unavailable(name, e);
    }
  }

  /**
   * The key in {@code file}, which has this name.
   *
   * @throws AifsException.Corrupt if it does not open, is not of {@code keyBytes}, or its KEK is
   *     gone
   */
  byte[] unwrap(String name, KeyFile file, byte[] context, int keyBytes) {
    byte[] key;
    try {
      key = keyService.unwrap(file.kekId(), file.wrapped(), context);
    } catch (WrongKeyException e) {
      throw KeyFolder.damaged(name, "it is not the key that its name says", e);
    } catch (KeyMissingException e) {
      throw new AifsException.Corrupt(
          Reason.KEY_FILE_DAMAGED,
          name + " cannot be unwrapped: " + e.getMessage(),
          "If the key was destroyed on purpose, what it protects is gone. Otherwise restore the"
              + " key files from a backup.",
          e);
    } catch (KeyServiceException e) {
      throw unavailable(name, e);
    }
    if (key.length != keyBytes) {
      throw KeyFolder.damaged(
          name, "its key is not " + keyBytes + " bytes but " + key.length, null);
    }
    return key;
  }

  private static AifsException.Unavailable unavailable(String name, KeyServiceException cause) {
    return new AifsException.Unavailable(
        Reason.SERVER_UNAVAILABLE,
        "key service does not answer for " + name + ": " + cause.getMessage(),
        "Check the key service, then try again.",
        cause);
  }
}
