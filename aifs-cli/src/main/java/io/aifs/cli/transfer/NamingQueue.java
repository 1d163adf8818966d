package io.aifs.cli.transfer;

import io.aifs.core.AifsException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Written files that wait under their temporary names until many of them are made durable together;
 * only then they get their own. So a name never shows less than the whole file, even after a power
 * cut, and not every file costs a sync. Thread-safe.
 */
final class NamingQueue implements AutoCloseable {
  private static final int FILES_MAX = 4_096;
  private static final long BYTES_MAX = 128L << 20;

  private final Path root;
  private final boolean replace;

  /** All guarded by this. */
  private List<AtomicFile> waiting = new ArrayList<>();

  private long waitingBytes;
  private Optional<FileSystemSync> sync = Optional.empty();
  private boolean syncSought;

  /**
   * @param root all files are below it
   * @param replace whether files that are there may go
   */
  NamingQueue(Path root, boolean replace) {
    this.root = root;
    this.replace = replace;
  }

  /**
   * Whether files of this directory can be queued. To be asked before they are written; those that
   * cannot be need a sync each.
   */
  boolean takes(Path directory) throws IOException {
    Optional<FileSystemSync> opened = sync();
    return opened.isPresent() && opened.get().covers(directory);
  }

  private synchronized Optional<FileSystemSync> sync() {
    if (!syncSought) {
      syncSought = true;
      sync = FileSystemSync.of(root);
    }
    return sync;
  }

  /**
   * Takes over a complete file. When enough are waiting all get their names, before this returns.
   *
   * @throws IOException if that fails, for whatever file
   */
  void add(AtomicFile file, long bytes) throws IOException {
    List<AtomicFile> files = List.of();
    synchronized (this) {
      waiting.add(file);
      waitingBytes += bytes;
      if (waiting.size() >= FILES_MAX || waitingBytes >= BYTES_MAX) {
        files = takeWaiting();
      }
    }
    name(files);
  }

  private List<AtomicFile> takeWaiting() {
    List<AtomicFile> taken = waiting;
    waiting = new ArrayList<>();
    waitingBytes = 0;
    return taken;
  }

  /** Names all that wait. */
  void flush() throws IOException {
    List<AtomicFile> files;
    synchronized (this) {
      files = takeWaiting();
    }
    name(files);
  }

  private void name(List<AtomicFile> files) throws IOException {
    if (files.isEmpty()) {
      return;
    }
    try {
      sync().orElseThrow().run();
      nameEach(files);
    } finally {
      giveUp(files);
    }
  }

  /** One that cannot be named keeps no other from its name. */
  private void nameEach(List<AtomicFile> files) throws IOException {
    @Nullable AifsException taken = null;
    for (AtomicFile file : files) {
      try {
        file.name(replace);
      } catch (FileAlreadyExistsException e) {
        taken = taken == null ? FileDownload.exists(Path.of(e.getFile())) : taken;
      }
    }
    if (taken != null) {
      throw taken;
    }
  }

  private static void giveUp(List<AtomicFile> files) throws IOException {
    for (AtomicFile file : files) {
      file.close();
    }
  }

  /** Deletes what waits still. */
  @Override
  public void close() throws IOException {
    List<AtomicFile> files;
    Optional<FileSystemSync> opened;
    synchronized (this) {
      files = takeWaiting();
      opened = sync;
      sync = Optional.empty();
    }
    opened.ifPresent(FileSystemSync::close);
    giveUp(files);
  }
}
