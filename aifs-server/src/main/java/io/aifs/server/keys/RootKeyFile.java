package io.aifs.server.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** A root key in a file of its own, readable by its owner only. */
public final class RootKeyFile implements RootKeySource {
  private static final int FILE_BYTES_MAX = 4_096;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  private final Path path;

  /**
   * @param path outside the data directory
   */
  public RootKeyFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  @Override
  public String place() {
    return "file " + path;
  }

  @Override
  public RootKey load() throws IOException {
    try {
      requirePrivate();
      if (Files.size(path) > FILE_BYTES_MAX) {
        return parse(""); // throws: whatever it is, it is not a key
      }
      return parse(Files.readString(path, ISO_8859_1));
    } catch (NoSuchFileException _) {
      throw new AifsException.Denied(
          Reason.ROOT_KEY_MISSING, "no root key: " + place() + " does not exist", RESTORE_HINT);
    } catch (AccessDeniedException _) {
      throw new AifsException.Denied(
          Reason.FILE_ACCESS_DENIED,
          "root key cannot be read: no access to " + place(),
          "Run as the user that owns the store, or correct the owner of the file.");
    }
  }

  /** Makes a new key and writes it as {@link #write} does. */
  public RootKey generate(RandomBytes random) throws IOException {
    RootKey rootKey = RootKey.generate(random);
    write(rootKey);
    return rootKey;
  }

  /**
   * Writes the file, mode 0600, durable on return; missing directories are made with 0700.
   *
   * @throws FileAlreadyExistsException if the name is taken: a root key is never overwritten
   */
  public void write(RootKey rootKey) throws IOException {
    Path directory = path.getParent();
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Set<StandardOpenOption> createNew =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel file =
        FileChannel.open(
            path,
            createNew,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer text = ByteBuffer.wrap((rootKey.secretText() + "\n").getBytes(UTF_8));
      try {
        while (text.hasRemaining()) {
          file.write(text);
        }
        file.force(true);
      } catch (IOException e) {
        Files.deleteIfExists(path); // half a key would stand in the way of the next try
        throw e;
      }
    }
    try (FileChannel above = FileChannel.open(directory, StandardOpenOption.READ)) {
      above.force(true);
    }
  }

  private void requirePrivate() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OWNER_ONLY.containsAll(permissions)) {
      throw new AifsException.Denied(
          Reason.FILE_ACCESS_DENIED,
          "root key is open to other users: "
              + place()
              + " has mode "
              + PosixFilePermissions.toString(permissions),
          "If nobody else has read it, run: chmod 600 '" + path + "'");
    }
  }
}
