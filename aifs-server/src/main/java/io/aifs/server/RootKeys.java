package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.PassphraseParameters;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.server.engine.Failures;
import io.aifs.server.file.Disk;
import io.aifs.server.keys.RootKeyFile;
import io.aifs.server.keys.RootKeyPassphrase;
import io.aifs.server.keys.RootKeySource;
import io.aifs.server.keys.RootKeyVariable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/** Finds the root key where the settings say. */
final class RootKeys {
  /** The source of an existing store's key. */
  static RootKeySource source(StoreOptions options, String storeId, Disk disk) {
    return switch (options.rootKey()) {
      case RootKeySettings.KeyFile _ -> new RootKeyFile(options.rootKeyFile(storeId));
      case RootKeySettings.Environment(String variable) ->
          new RootKeyVariable(variable, System.getenv());
      case RootKeySettings.Passphrase(RootKeySettings.Secret secret) ->
          new RootKeyPassphrase(disk, secret.value().toCharArray(), "the configuration");
    };
  }

  /**
   * The key for a new store: generated into its file, derived from the passphrase, or taken as it
   * is from the environment. What an earlier, unfinished initialisation made is used again.
   */
  static RootKey create(StoreOptions options, String storeId, Disk disk, RandomBytes random)
      throws IOException {
    RootKeySource source = source(options, storeId, disk);
    try {
      return switch (source) {
        case RootKeyFile file -> file.generate(random);
        case RootKeyVariable variable -> variable.load();
        case RootKeyPassphrase passphrase ->
            passphrase.create(PassphraseParameters.generate(random));
      };
    } catch (FileAlreadyExistsException e) {
      return source.load();
    }
  }

  static AifsException failed(String what, IOException cause) {
    if (Failures.isFullDisk(cause)) {
      return Failures.translate(what, cause);
    }
    return new AifsException.Failed(
        Reason.IO_FAILED,
        what + ": " + cause.getMessage(),
        "look at the disk and the permissions of the files",
        cause);
  }

  private RootKeys() {}
}
