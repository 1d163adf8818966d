package io.aifs.cli.transfer;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Remembers the temporary files of this process, so that an interrupted command leaves none behind.
 * Thread-safe.
 */
public final class TemporaryFiles {
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Set<Path> present = ConcurrentHashMap.newKeySet();

  /** Shared while a file is made: the end waits until those that are being made are known. */
  private final ReentrantReadWriteLock making = new ReentrantReadWriteLock();

  /** Guarded by {@code making}. */
  private boolean ending;

  /** A new file, open to be written. */
  record Opened(Path path, FileChannel channel) {}

  /** Creates an empty file in a directory, readable by its owner alone. */
  Opened open(Path directory) throws IOException {
    making.readLock().lock();
    try {
      if (ending) {
        throw new IOException("the command is ending");
      }
      Opened opened = make(directory);
      present.add(opened.path());
      return opened;
    } catch (FileSystemException e) {
      throw Files.isDirectory(directory) ? e : new NoSuchFileException(directory.toString());
    } finally {
      making.readLock().unlock();
    }
  }

  private static Opened make(Path directory) throws IOException {
    while (true) {
      long number = ThreadLocalRandom.current().nextLong();
      Path path = directory.resolve(".aifs-" + Long.toHexString(number) + ".part");
      try {
        return new Opened(path, FileChannel.open(path, NEW, OWNER_ONLY));
      } catch (FileAlreadyExistsException _) {
        // another of that name: draw again
      }
    }
  }

  /** Says that a file has got another name and is no longer temporary. */
  void forget(Path file) {
    present.remove(file);
  }

  /** Deletes one file if it is still there. */
  void delete(Path file) throws IOException {
    if (present.remove(file)) {
      Files.deleteIfExists(file);
    }
  }

  /** Deletes all and lets no new one be made: the process ends. */
  public void deleteAll() {
    making.writeLock().lock();
    try {
      ending = true;
      for (Path file : present) {
        deleteQuietly(file);
      }
    } finally {
      making.writeLock().unlock();
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // Nothing is left to tell it to: the process ends.
    }
  }
}
