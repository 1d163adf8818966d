package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.DamagedKeyException;
import io.aifs.crypto.RecoveryFile;
import io.aifs.crypto.WrongKeyException;
import io.aifs.server.keys.RootKeyFile;
import io.aifs.server.store.DataDirectory;
import io.aifs.server.store.FormatFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings back a root key file from a recovery file. */
public final class KeyImport {
  /**
   * Writes the root key file of the store in the data directory; one that is there is never
   * overwritten. Returns where it is now.
   *
   * @throws AifsException.Denied if the recovery file is another store's, or the passphrase is
   *     wrong or missing
   */
  public static Path restore(
      StoreOptions options, String recoveryText, Optional<RootKeySettings.Secret> passphrase) {
    try {
      FormatFile format = new DataDirectory(options.dataDirectory()).requireFormat();
      RecoveryFile recovery = parse(recoveryText, passphrase);
      if (!recovery.rootKey().checkValue().equals(format.rootKeyCheck())) {
        throw new AifsException.Denied(
            Reason.ROOT_KEY_WRONG,
            "the recovery file is that of store "
                + recovery.storeId()
                + ", and the data directory holds store "
                + format.storeId(),
            "use the recovery file that was exported from this store");
      }
      Path file = options.rootKeyFile(format.storeId());
      new RootKeyFile(file).write(recovery.rootKey());
      return file;
    } catch (FileAlreadyExistsException e) {
      throw new AifsException.AlreadyExists(
          Reason.STORE_EXISTS,
          "there is a root key file already: " + e.getMessage(),
          "nothing to do if the store opens; else move that file away and try again");
    } catch (IOException e) {
      throw RootKeys.failed("importing the root key failed", e);
    }
  }

  private static RecoveryFile parse(String text, Optional<RootKeySettings.Secret> passphrase)
      throws IOException {
    try {
      if (RecoveryFile.needsPassphrase(text) && passphrase.isEmpty()) {
        throw new AifsException.Denied(
            Reason.ROOT_KEY_MISSING,
            "the recovery file is sealed under a passphrase",
            "give the passphrase it was exported with");
      }
      return RecoveryFile.parse(
          text, passphrase.map(secret -> secret.value().toCharArray()).orElse(new char[0]));
    } catch (WrongKeyException e) {
      throw new AifsException.Denied(
          Reason.ROOT_KEY_WRONG,
          "the passphrase does not open the recovery file",
          "give the passphrase it was exported with");
    } catch (DamagedKeyException e) {
      throw new AifsException.InvalidRequest(
          Reason.KEY_FILE_DAMAGED,
          "recovery-file",
          "the recovery file cannot be read: " + e.getMessage(),
          "use another copy of it; check that all of it was copied");
    }
  }

  private KeyImport() {}
}
