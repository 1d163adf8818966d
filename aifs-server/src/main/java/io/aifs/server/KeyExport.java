package io.aifs.server;

import io.aifs.crypto.PassphraseParameters;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecoveryFile;
import io.aifs.crypto.RootKey;
import io.aifs.server.file.Disk;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.FormatFile;
import java.io.IOException;
import java.util.Optional;

/** The recovery file: what brings a store back whose root key is lost. */
public final class KeyExport {
  /**
   * The text of the recovery file, sealed under a passphrase if one is given. Whoever has the text
   * and, where one was given, the passphrase can read the store.
   */
  public static String export(StoreOptions options, Optional<RootKeySettings.Secret> passphrase) {
    try {
      DataDirectory directory = new DataDirectory(options.dataDirectory());
      FormatFile format = directory.requireFormat();
      Disk disk = directory.disk();
      RootKey rootKey =
          RootKeys.source(options, format.storeId(), disk).load(format.rootKeyCheck());
      RecoveryFile recovery = new RecoveryFile(rootKey, format.storeId(), Wiring.clock().instant());
      RandomBytes random = Wiring.randomBytes();
      return passphrase
          .map(
              secret ->
                  recovery.text(
                      secret.value().toCharArray(), PassphraseParameters.generate(random), random))
          .orElseGet(recovery::text);
    } catch (IOException e) {
      throw RootKeys.failed("exporting the root key failed", e);
    }
  }

  private KeyExport() {}
}
