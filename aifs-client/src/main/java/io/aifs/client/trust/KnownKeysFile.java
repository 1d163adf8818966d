package io.aifs.client.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * Pins in a text file, which appears whole or not at all. Whoever changes it holds a lock on a file
 * beside it, which stays: removing it would let two in.
 */
final class KnownKeysFile implements KnownKeys {
  private static final int BYTES_MAX = 16 << 20;
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** A lock on a file is one for the whole process. */
  private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

  private final Path file;

  KnownKeysFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public List<KnownKey> all() {
    try {
      return read().keys();
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void update(UnaryOperator<List<KnownKey>> change) {
    IN_THIS_PROCESS.lock();
    try {
      Files.createDirectories(parent(), OWNER_DIRECTORY);
      try (FileChannel beside = FileChannel.open(sibling(".lock"), forLocking(), OWNER_FILE);
          FileLock _ = beside.lock()) {
        KnownKeysText before = read();
        List<KnownKey> keys = change.apply(before.keys());
        if (!keys.equals(before.keys())) {
          replace(before.with(keys));
        }
      }
    } catch (IOException e) {
      throw failed(e);
    } finally {
      IN_THIS_PROCESS.unlock();
    }
  }

  private static Set<StandardOpenOption> forLocking() {
    return Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private KnownKeysText read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new IOException(file + " is over " + BYTES_MAX + " bytes");
      }
      return KnownKeysText.parse(file.toString(), new String(bytes, UTF_8));
    } catch (NoSuchFileException _) {
      return KnownKeysText.parse(file.toString(), "");
    }
  }

  /** Under the lock, so the name beside is free but for what a crash left. */
  private void replace(String text) throws IOException {
    Path unfinished = sibling(".tmp");
    Files.deleteIfExists(unfinished);
    Set<StandardOpenOption> createNew =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel out = FileChannel.open(unfinished, createNew, OWNER_FILE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
      out.force(true);
    }
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(parent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private Path parent() {
    return file.resolveSibling("");
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  private AifsException.Failed failed(IOException cause) {
    return new AifsException.Failed(
        Reason.IO_FAILED,
        "known-keys file " + file + " cannot be used: " + cause.getMessage(),
        "correct its owner or its mode, or free some space",
        cause);
  }
}
