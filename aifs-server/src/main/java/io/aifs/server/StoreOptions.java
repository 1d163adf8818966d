package io.aifs.server;

import io.aifs.core.model.Name;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How to open a data directory.
 *
 * @param namespace what the client speaks of
 * @param configHome where generated root keys lie, usually {@code $XDG_CONFIG_HOME}
 * @param stateHome where the admin token lies, usually {@code $XDG_STATE_HOME}
 * @param token sent with every call; empty takes the store's admin token
 */
public record StoreOptions(
    Path dataDirectory,
    Name namespace,
    Path configHome,
    Path stateHome,
    RootKeySettings rootKey,
    Optional<String> token) {
  /** Where the admin token of a store is kept. */
  public Path adminTokenFile(String storeId) {
    return stateHome.resolve("aifs").resolve(storeId).resolve("admin.token");
  }

  /** Where a generated root key is kept, unless the settings name a file. */
  public Path rootKeyFile(String storeId) {
    if (rootKey instanceof RootKeySettings.KeyFile(Optional<Path> file) && file.isPresent()) {
      return file.get();
    }
    return configHome.resolve("aifs").resolve("keys").resolve(storeId + ".key");
  }
}
