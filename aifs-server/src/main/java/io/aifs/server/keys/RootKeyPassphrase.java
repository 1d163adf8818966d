package io.aifs.server.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.PassphraseParameters;
import io.aifs.crypto.RootKey;
import io.aifs.server.file.Disk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;

/**
 * A root key derived from a passphrase. The salt and the costs, which are not secret, are kept in
 * {@code keys/passphrase.params} of the data directory.
 */
public final class RootKeyPassphrase implements RootKeySource {
  private final KeyFolder folder;
  private final char[] passphrase;
  private final String origin;

  /**
   * @param disk the data directory
   * @param passphrase copied
   * @param origin where it came from, for messages: {@code environment variable X}
   */
  public RootKeyPassphrase(Disk disk, char[] passphrase, String origin) {
    this.folder = new KeyFolder(disk);
    this.passphrase = passphrase.clone();
    this.origin = requireNonNull(origin, "origin is null");
  }

  @Override
  public String place() {
    return "passphrase from " + origin;
  }

  @Override
  public RootKey load() throws IOException {
    requirePassphrase();
    byte[] parameters = folder.readBytes(KeyFolder.PASSPHRASE_FILE);
    return RootKey.fromPassphrase(passphrase, KeyFolder.parsePassphraseParameters(parameters));
  }

  /**
   * Derives a new store's key and keeps the parameters, durable on return.
   *
   * @throws FileAlreadyExistsException if there are parameters: they are never overwritten
   */
  public RootKey create(PassphraseParameters parameters) throws IOException {
    requirePassphrase();
    if (folder.exists(KeyFolder.PASSPHRASE_FILE)) {
      throw new FileAlreadyExistsException(KeyFolder.PASSPHRASE_FILE);
    }
    RootKey rootKey = RootKey.fromPassphrase(passphrase, parameters);
    folder.writeBytes(KeyFolder.PASSPHRASE_FILE, (parameters.text() + "\n").getBytes(ISO_8859_1));
    return rootKey;
  }

  private void requirePassphrase() {
    if (passphrase.length == 0) {
      throw new AifsException.Denied(
          Reason.ROOT_KEY_MISSING, "no root key: no " + place(), RESTORE_HINT);
    }
  }
}
