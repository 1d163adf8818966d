package io.aifs.server.pack;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that knows what a power cut would leave of it, and fails when told to. As on a
 * real one, data whose sync failed is gone though a later sync of the file succeeds.
 */
final class TestDisk implements Disk {
  private final Map<String, Content> files = new TreeMap<>();
  private final Set<String> durableNames = new HashSet<>();
  private long freeBytes = Long.MAX_VALUE;
  private int failingSyncs;
  private int failingDirectorySyncs;
  private Runnable duringSync = () -> {};
  private int syncs;
  private int reads;
  private int opens;
  private int openReaders;

  private static final class Content {
    private byte[] bytes = new byte[0];
    private int synced;

    /** What is not on the disk although a sync said so. */
    private int lostFrom;

    private int lostTo;
    private int badFrom = -1;
    private int badTo = -1;
  }

  /** From now on this many bytes can be written, then the disk is full. */
  synchronized void freeBytes(long bytes) {
    freeBytes = bytes;
  }

  synchronized void failSyncs(int count) {
    failingSyncs = count;
  }

  synchronized void failDirectorySyncs(int count) {
    failingDirectorySyncs = count;
  }

  /** Runs inside each sync of a file, without this disk's lock. */
  synchronized void duringSync(Runnable action) {
    duringSync = action;
  }

  synchronized int syncs() {
    return syncs;
  }

  synchronized int reads() {
    return reads;
  }

  synchronized int opens() {
    return opens;
  }

  synchronized int openReaders() {
    return openReaders;
  }

  synchronized List<String> names() {
    return List.copyOf(files.keySet());
  }

  synchronized byte[] bytes(String name) {
    return content(name).bytes.clone();
  }

  /** Puts a whole durable file there. */
  synchronized void put(String name, byte[] bytes) {
    Content content = new Content();
    content.bytes = bytes.clone();
    content.synced = bytes.length;
    files.put(name, content);
    durableNames.add(name);
  }

  synchronized void flip(String name, int position, int mask) {
    content(name).bytes[position] ^= (byte) mask;
  }

  /** Reads that touch these bytes fail. */
  synchronized void badSector(String name, int from, int to) {
    content(name).badFrom = from;
    content(name).badTo = to;
  }

  /** What one possible power cut leaves: all that was synced, and any of the rest. */
  synchronized TestDisk crashed(RandomGenerator random) {
    TestDisk left = new TestDisk();
    files.forEach(
        (name, content) -> {
          if (durableNames.contains(name) || random.nextBoolean()) {
            int unsynced = content.bytes.length - content.synced;
            byte[] bytes =
                Arrays.copyOf(content.bytes, content.synced + random.nextInt(unsynced + 1));
            for (int i = content.synced; i < bytes.length; i++) {
              bytes[i] = random.nextInt(8) == 0 ? 0 : bytes[i];
            }
            for (int i = content.lostFrom; i < Math.min(content.lostTo, bytes.length); i++) {
              bytes[i] = 0;
            }
            left.put(name, bytes);
          }
        });
    return left;
  }

  @Override
  public synchronized AppendFile create(String name) throws IOException {
    if (files.containsKey(name)) {
      throw new FileAlreadyExistsException(name);
    }
    if (freeBytes == 0) {
      throw new IOException("No space left on device");
    }
    Content content = new Content();
    files.put(name, content);
    return new Appending(content);
  }

  @Override
  public AppendFile reopen(String name, long length) {
    throw new UnsupportedOperationException("packs are not appended to again");
  }

  @Override
  public synchronized ReadFile open(String name) throws IOException {
    if (!files.containsKey(name)) {
      throw new NoSuchFileException(name);
    }
    opens++;
    openReaders++;
    return new Reading(content(name));
  }

  @Override
  public void rename(String from, String to) {
    throw new UnsupportedOperationException("packs are not renamed");
  }

  @Override
  public synchronized boolean delete(String name) {
    durableNames.remove(name);
    return files.remove(name) != null;
  }

  @Override
  public synchronized boolean exists(String name) {
    return files.containsKey(name);
  }

  @Override
  public synchronized List<String> list(String directory) {
    Set<String> found = new TreeSet<>();
    for (String name : files.keySet()) {
      if (name.startsWith(directory + "/")) {
        found.add(name.substring(directory.length() + 1).split("/", 2)[0]);
      }
    }
    return List.copyOf(found);
  }

  @Override
  public synchronized void syncDirectory(String directory) throws IOException {
    if (failingDirectorySyncs > 0) {
      failingDirectorySyncs--;
      throw new IOException("Input/output error of " + directory);
    }
    for (String name : files.keySet()) {
      if (name.startsWith(directory + "/")) {
        durableNames.add(name);
      }
    }
  }

  private Content content(String name) {
    Content content = files.get(name);
    if (content == null) {
      throw new IllegalArgumentException("no file " + name);
    }
    return content;
  }

  private final class Appending implements AppendFile {
    private final Content content;
    private boolean closed;

    Appending(Content content) {
      this.content = content;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
      synchronized (TestDisk.this) {
        requireOpen();
        int fits = (int) Math.min(length, freeBytes);
        int before = content.bytes.length;
        content.bytes = Arrays.copyOf(content.bytes, before + fits);
        System.arraycopy(bytes, offset, content.bytes, before, fits);
        freeBytes -= freeBytes == Long.MAX_VALUE ? 0 : fits;
        if (fits < length) {
          throw new IOException("No space left on device");
        }
      }
    }

    @Override
    public long length() {
      synchronized (TestDisk.this) {
        return content.bytes.length;
      }
    }

    @Override
    public void sync() throws IOException {
      int covered;
      Runnable action;
      synchronized (TestDisk.this) {
        requireOpen();
        covered = content.bytes.length;
        action = duringSync;
        syncs++;
      }
      action.run();
      synchronized (TestDisk.this) {
        if (failingSyncs > 0) {
          failingSyncs--;
          content.lostFrom = content.synced;
          content.lostTo = content.bytes.length;
          throw new IOException("Input/output error");
        }
        content.synced = Math.max(content.synced, covered);
      }
    }

    @Override
    public void close() {
      closed = true;
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new IOException("file is closed");
      }
    }
  }

  private final class Reading implements ReadFile {
    private final Content content;
    private boolean closed;

    Reading(Content content) {
      this.content = content;
    }

    @Override
    public long length() {
      synchronized (TestDisk.this) {
        return content.bytes.length;
      }
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      synchronized (TestDisk.this) {
        if (closed) {
          throw new IOException("file is closed");
        }
        reads++;
        if (position < content.badTo && position + length > content.badFrom) {
          throw new IOException("Input/output error");
        }
        int count = (int) Math.max(0, Math.min(length, content.bytes.length - position));
        System.arraycopy(content.bytes, (int) position, into, offset, count);
        return count;
      }
    }

    @Override
    public void close() {
      synchronized (TestDisk.this) {
        openReaders -= closed ? 0 : 1;
        closed = true;
      }
    }
  }
}
