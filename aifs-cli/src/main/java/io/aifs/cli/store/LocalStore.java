package io.aifs.cli.store;

import io.aifs.core.model.Name;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A store in a data directory of this machine.
 *
 * @param configHome where a generated root key lies
 * @param stateHome where the admin token lies
 * @param token what to send; empty means the store's own admin token
 */
public record LocalStore(
    Path dataDirectory,
    Name namespace,
    Path configHome,
    Path stateHome,
    RootKey rootKey,
    Optional<String> token) {
  /** The same, sending this token. */
  public LocalStore withToken(String other) {
    return new LocalStore(
        dataDirectory, namespace, configHome, stateHome, rootKey, Optional.of(other));
  }

  /** Never prints the token. */
  @Override
  public String toString() {
    return "LocalStore[" + dataDirectory + ", namespace " + namespace + "]";
  }

  /** Where the root key comes from. */
  public sealed interface RootKey {
    /** A file; empty means the generated one. */
    record InFile(Optional<Path> file) implements RootKey {}

    /** An environment variable that holds the text of a key file. */
    record InVariable(String name) implements RootKey {}

    /** A passphrase. */
    record ByPassphrase(String passphrase) implements RootKey {
      @Override
      public String toString() {
        return "ByPassphrase[secret]";
      }
    }
  }
}
