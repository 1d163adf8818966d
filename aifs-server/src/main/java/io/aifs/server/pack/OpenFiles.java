package io.aifs.server.pack;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Packs that are open for reading, the least recently used closed when there are too many. One in
 * use is closed by its last user. Thread-safe.
 */
final class OpenFiles implements AutoCloseable {
  private final Disk disk;
  private final int filesMax;
  private final Map<String, Shared> files = new LinkedHashMap<>(16, 0.75f, true);
  private boolean closed;

  OpenFiles(Disk disk, int filesMax) {
    this.disk = disk;
    this.filesMax = filesMax;
  }

  /** A file to read until the lease is closed. */
  Lease lease(String name) throws IOException {
    synchronized (this) {
      if (closed) {
        throw new IOException("pack store is closed");
      }
      Shared open = files.get(name);
      if (open != null) {
        open.users++;
        return new Lease(open);
      }
    }
    Shared opened = new Shared(disk.open(name)); // outside the lock: a slow disk stops only us
    opened.users = 1;
    synchronized (this) {
      if (closed) {
        opened.retired = true; // its one user closes it
        return new Lease(opened);
      }
      Shared raced = files.put(name, opened);
      if (raced != null) {
        retire(raced);
      }
      Iterator<Shared> eldest = files.values().iterator();
      while (files.size() > filesMax) {
        Shared evicted = eldest.next();
        eldest.remove();
        retire(evicted);
      }
    }
    return new Lease(opened);
  }

  /** Forgets a file that failed or is gone; the next lease opens it again. */
  synchronized void drop(String name) throws IOException {
    Shared dropped = files.remove(name);
    if (dropped != null) {
      retire(dropped);
    }
  }

  /** Closes what is not in use, and the rest after its use. */
  synchronized void release() throws IOException {
    for (Shared open : files.values()) {
      retire(open);
    }
    files.clear();
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    release();
  }

  private static void retire(Shared file) throws IOException {
    file.retired = true;
    if (file.users == 0) {
      file.reader.close();
    }
  }

  private static final class Shared {
    private final Disk.ReadFile reader;
    private int users;
    private boolean retired;

    Shared(Disk.ReadFile reader) {
      this.reader = reader;
    }
  }

  /** The use of one open file. */
  final class Lease implements AutoCloseable {
    private final Shared file;

    private Lease(Shared file) {
      this.file = file;
    }

    Disk.ReadFile reader() {
      return file.reader;
    }

    @Override
    public void close() throws IOException {
      synchronized (OpenFiles.this) {
        file.users--;
        if (file.retired && file.users == 0) {
          file.reader.close();
        }
      }
    }
  }
}
