package io.aifs.server.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.DamagedKeyException;
import io.aifs.crypto.KeyFile;
import io.aifs.crypto.NewerKeyFormatException;
import io.aifs.crypto.PassphraseParameters;
import io.aifs.server.file.Disk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes small files below {@code keys/}. A file appears whole or not at all, and is
 * durable when the method that wrote it returns. Thread-safe for different names.
 */
final class KeyFolder {
  static final String ROOT = "keys";
  static final String SUFFIX = ".key";
  static final String PASSPHRASE_FILE = ROOT + "/passphrase.params";

  private static final String UNFINISHED = ".tmp";
  private static final Pattern NAME =
      Pattern.compile("keys/[a-z0-9][a-z0-9-]{0,62}/[a-z0-9][a-z0-9._-]{0,127}\\.key");
  private static final String RESTORE_HINT =
      "Move the file away and try again: the next start puts the catalog's copy in its place.";

  private final Disk disk;

  KeyFolder(Disk disk) {
    this.disk = disk;
  }

  static boolean isName(String name) {
    return name.equals(PASSPHRASE_FILE) || NAME.matcher(name).matches();
  }

  boolean exists(String name) throws IOException {
    return disk.exists(name);
  }

  /** Full names of the key files in {@code directory}, sorted; unfinished ones are left out. */
  List<String> list(String directory) throws IOException {
    return disk.list(directory).stream()
        .filter(name -> name.endsWith(SUFFIX))
        .map(name -> directory + "/" + name)
        .toList();
  }

  /**
   * @throws AifsException.Corrupt if it is missing or damaged, naming it
   * @throws AifsException.Unsupported if a later version wrote it
   */
  KeyFile read(String name) throws IOException {
    return decode(name, readBytes(name));
  }

  /** Every intact key file in {@code directory} with its bytes, by full name. */
  Map<String, byte[]> copies(String directory) throws IOException {
    Map<String, byte[]> copies = new TreeMap<>();
    for (String name : list(directory)) {
      byte[] bytes = readBytes(name);
      decode(name, bytes);
      copies.put(name, bytes);
    }
    return copies;
  }

  void write(String name, KeyFile file) throws IOException {
    writeBytes(name, file.encode());
  }

  /** Puts a copy back, in place of whatever has the name. Refuses one that is itself damaged. */
  void restore(String name, byte[] bytes) throws IOException {
    requireIntact(name, bytes);
    writeBytes(name, bytes);
  }

  /** Refuses bytes that are not those of a file of this name. */
  void requireIntact(String name, byte[] bytes) {
    if (name.equals(PASSPHRASE_FILE)) {
      parsePassphraseParameters(bytes);
    } else if (NAME.matcher(name).matches()) {
      KeyFile file = decode(name, bytes);
      SigningKeyName.parse(name).ifPresent(signing -> signing.publicKey(file));
    } else {
      throw new IllegalArgumentException("not the name of a key file: " + name);
    }
  }

  static PassphraseParameters parsePassphraseParameters(byte[] bytes) {
    try {
      return PassphraseParameters.parse(new String(bytes, ISO_8859_1));
    } catch (DamagedKeyException e) {
      throw damaged(PASSPHRASE_FILE, e);
    } catch (NewerKeyFormatException e) {
      throw newer(PASSPHRASE_FILE, e);
    }
  }

  /** Writes under another name, syncs, and only then gives the file its name. */
  void writeBytes(String name, byte[] bytes) throws IOException {
    String unfinished = name + UNFINISHED;
    disk.delete(unfinished); // a crash may have left one
    try (Disk.AppendFile file = disk.create(unfinished)) {
      file.append(bytes, 0, bytes.length);
      file.sync();
    }
    disk.rename(unfinished, name);
    disk.syncDirectory(name.substring(0, name.lastIndexOf('/')));
  }

  /**
   * @throws NoSuchFileException if there is none
   */
  byte[] readBytes(String name) throws IOException {
    try (Disk.ReadFile file = disk.open(name)) {
      byte[] bytes = new byte[KeyFile.FILE_BYTES_MAX + 1];
      return Arrays.copyOf(bytes, file.read(0, bytes, 0, bytes.length));
    } catch (NoSuchFileException | FileNotFoundException e) {
      throw new AifsException.Corrupt(
          Reason.KEY_FILE_DAMAGED, name + " is missing", RESTORE_HINT, e);
    }
  }

  void delete(String name) throws IOException {
    if (disk.delete(name)) {
      disk.syncDirectory(name.substring(0, name.lastIndexOf('/')));
    }
  }

  static AifsException.Corrupt damaged(String name, DamagedKeyException cause) {
    return damaged(name, String.valueOf(cause.getMessage()), cause);
  }

  static AifsException.Corrupt damaged(String name, String what, @Nullable Throwable cause) {
    return new AifsException.Corrupt(
        Reason.KEY_FILE_DAMAGED, name + " is damaged: " + what, RESTORE_HINT, cause);
  }

  static AifsException.Unsupported newer(String name, NewerKeyFormatException cause) {
    return new AifsException.Unsupported(
        Reason.FORMAT_NEWER,
        name + ": " + cause.getMessage(),
        "Use the version of aifs that wrote this store, or a later one.");
  }

  private static KeyFile decode(String name, byte[] bytes) {
    try {
      return KeyFile.decode(bytes);
    } catch (DamagedKeyException e) {
      throw damaged(name, e);
    } catch (NewerKeyFormatException e) {
      throw newer(name, e);
    }
  }
}
