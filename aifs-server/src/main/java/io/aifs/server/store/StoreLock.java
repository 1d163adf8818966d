package io.aifs.server.store;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holding a data directory: a lock on its {@code LOCK} file, which the kernel drops when the
 * process ends however it ends. The file names the holder and the socket it listens on.
 */
public final class StoreLock implements AutoCloseable {
  public static final String NAME = "LOCK";

  /** A number and a path; what is longer is not ours. */
  private static final int FILE_BYTES_MAX = 8_192;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final FileChannel channel;

  private StoreLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock, or returns empty at once if another process, or this one, has it. */
  public static Optional<StoreLock> tryAcquire(Path dataDirectory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            dataDirectory.resolve(NAME),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            OWNER_ONLY);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new StoreLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // this process holds it under another handle: held is held
    }
    channel.close();
    return Optional.empty();
  }

  /** Tells others where to reach this process. */
  public void publish(long processId, Path socket) throws IOException {
    byte[] text = (processId + "\n" + socket + "\n").getBytes(StandardCharsets.UTF_8);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text), 0);
  }

  /** Where the holder of a directory listens, if it has said so. */
  public static Optional<Path> holderSocket(Path dataDirectory) throws IOException {
    try (InputStream in = Files.newInputStream(dataDirectory.resolve(NAME))) {
      return socketIn(in.readNBytes(FILE_BYTES_MAX));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The socket that {@link #publish} wrote; empty if these bytes are something else. */
  static Optional<Path> socketIn(byte[] file) {
    List<String> lines = new String(file, StandardCharsets.UTF_8).lines().toList();
    if (lines.size() != 2) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(lines.get(1)));
    } catch (InvalidPathException e) {
      return Optional.empty(); // as if nothing had been said
    }
  }

  /** What to throw when the directory stays held and the holder does not answer. */
  public static AifsException.Unavailable held(Path dataDirectory) {
    return new AifsException.Unavailable(
        Reason.STORE_LOCKED,
        "data directory " + dataDirectory + " is held by another process that does not answer",
        "look for another aifs process using it, and end it or wait for it",
        null);
  }

  @Override
  public void close() throws IOException {
    channel.truncate(0);
    channel.close();
  }
}
