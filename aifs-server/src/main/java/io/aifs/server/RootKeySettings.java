package io.aifs.server;

import java.nio.file.Path;
import java.util.Optional;

/** Where the root key of a store comes from. */
public sealed interface RootKeySettings {
  /**
   * A file outside the data directory.
   *
   * @param file empty means {@code <config home>/aifs/keys/<store id>.key}
   */
  record KeyFile(Optional<Path> file) implements RootKeySettings {}

  /** An environment variable that holds the text of a key file. */
  record Environment(String variable) implements RootKeySettings {}

  /** A passphrase, stretched with Argon2id. */
  record Passphrase(Secret passphrase) implements RootKeySettings {}

  /** Text that no log shows. */
  record Secret(String value) {
    @Override
    public String toString() {
      return "[secret]";
    }
  }
}
