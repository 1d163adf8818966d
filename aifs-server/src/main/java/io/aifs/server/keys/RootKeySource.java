package io.aifs.server.keys;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.DamagedKeyException;
import io.aifs.crypto.NewerKeyFormatException;
import io.aifs.crypto.RootKey;
import java.io.IOException;

/** Where the operator keeps the root key: never in the data directory. */
public sealed interface RootKeySource permits RootKeyFile, RootKeyVariable, RootKeyPassphrase {
  String RESTORE_HINT =
      "Put it back, or restore it with 'aifs key import RECOVERY_FILE'. Without the root key the"
          + " data cannot be read.";

  /** Where this source looks, for messages: {@code file /etc/aifs/keys/x.key}. */
  String place();

  /**
   * Reads the key.
   *
   * @throws AifsException.Denied if there is none, or others can read it too
   * @throws AifsException.Corrupt if it is damaged or mistyped
   * @throws AifsException.Unsupported if a later version wrote it
   */
  RootKey load() throws IOException;

  /**
   * Reads the key and checks that it is the store's.
   *
   * @param checkValue {@link RootKey#checkValue} from the store's FORMAT file
   * @throws AifsException.Denied also if it is another key
   */
  default RootKey load(String checkValue) throws IOException {
    RootKey rootKey = load();
    if (!rootKey.checkValue().equals(checkValue)) {
      throw new AifsException.Denied(
          Reason.ROOT_KEY_WRONG,
          "root key from "
              + place()
              + " is not this store's: its check value is "
              + rootKey.checkValue()
              + ", the store's "
              + checkValue,
          RESTORE_HINT);
    }
    return rootKey;
  }

  /** {@link RootKey#parse} with failures that name this source. */
  default RootKey parse(String text) {
    try {
      return RootKey.parse(text);
    } catch (DamagedKeyException e) {
      throw new AifsException.Corrupt(
          Reason.KEY_FILE_DAMAGED,
          "root key from " + place() + " is damaged: " + e.getMessage(),
          RESTORE_HINT,
          e);
    } catch (NewerKeyFormatException e) {
      throw new AifsException.Unsupported(
          Reason.FORMAT_NEWER,
          "root key from " + place() + ": " + e.getMessage(),
          "Use the version of aifs that wrote it, or a later one.");
    }
  }
}
