package io.aifs.cli.command;

import io.aifs.cli.config.RootKeyChoice;
import io.aifs.cli.config.Setting;
import io.aifs.cli.config.Settings;
import io.aifs.cli.config.StoreChoice;
import io.aifs.cli.config.TokenFiles;
import io.aifs.cli.store.LocalStore;
import io.aifs.cli.store.Stores;
import io.aifs.cli.terminal.Passphrases;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.client.AifsClient;
import io.aifs.client.ClientOptions;
import io.aifs.client.trust.KnownKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Opens the store that the settings choose. */
final class StoreAccess {
  private final Surroundings surroundings;
  private final Stores stores;
  private final Settings settings;

  StoreAccess(Surroundings surroundings, Stores stores, Settings settings) {
    this.surroundings = surroundings;
    this.stores = stores;
    this.settings = settings;
  }

  AifsClient open() throws IOException {
    return switch (settings.store()) {
      case StoreChoice.Remote remote -> stores.connect(clientOptions(remote));
      case StoreChoice.Local _ -> stores.open(local(false));
    };
  }

  /** The same, sending this token and no other. */
  AifsClient openWith(String token) throws IOException {
    return switch (settings.store()) {
      case StoreChoice.Remote remote -> stores.connect(clientOptions(remote).withToken(token));
      case StoreChoice.Local _ -> stores.open(local(false).withToken(token));
    };
  }

  /** The signing keys of servers that this user has met. */
  KnownKeys knownKeys() {
    return KnownKeys.inFile(settings.homes().knownKeysFile());
  }

  private ClientOptions clientOptions(StoreChoice.Remote remote) throws IOException {
    ClientOptions options =
        ClientOptions.of(
                new ClientOptions.Endpoint.Tcp(remote.server().host(), remote.server().port()))
            .withNamespace(settings.namespace())
            .withDeadline(settings.timeout())
            .withStallTimeout(settings.timeout())
            .withKnownKeys(knownKeys());
    Optional<String> token = new TokenFiles(settings).forServer(remote.server());
    return token.isPresent() ? options.withToken(token.get()) : options;
  }

  /** The data directory of this machine; for commands that cannot work through a server. */
  LocalStore requireLocal(boolean newStore) throws IOException {
    if (settings
        .value(Setting.SERVER)
        .filter(value -> value.origin().label().startsWith("--"))
        .isPresent()) {
      throw Usage.error(
          "this command works on a data directory, not through a server",
          "run it on the server's machine with --data DIR");
    }
    return local(newStore);
  }

  /**
   * @param newStore whether a passphrase is being chosen, and so asked for twice
   */
  private LocalStore local(boolean newStore) throws IOException {
    Path data = settings.dataDirectory();
    return new LocalStore(
        data,
        settings.namespace(),
        settings.homes().config(),
        settings.homes().state(),
        rootKey(newStore),
        new TokenFiles(settings).chosen());
  }

  private LocalStore.RootKey rootKey(boolean newStore) throws IOException {
    return switch (settings.rootKey()) {
      case RootKeyChoice.InFile(Optional<Path> file) -> new LocalStore.RootKey.InFile(file);
      case RootKeyChoice.InVariable(String name) -> new LocalStore.RootKey.InVariable(name);
      case RootKeyChoice.ByPassphrase(Optional<Path> file) ->
          new LocalStore.RootKey.ByPassphrase(
              new Passphrases(surroundings).get(file, "Passphrase of the store", newStore));
    };
  }
}
