package io.aifs.server.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A {@link Disk} that lives in memory and forgets nothing but what is deleted. */
public final class MemoryDisk implements Disk {
  private final Map<String, Content> files = new HashMap<>();
  private final TreeSet<String> directories = new TreeSet<>(List.of(""));

  @Override
  public synchronized AppendFile create(String name) throws IOException {
    DiskName.segments(name);
    if (files.containsKey(name) || directories.contains(name)) {
      throw new FileAlreadyExistsException(name);
    }
    makeParents(name);
    Content content = new Content();
    files.put(name, content);
    return new MemoryAppendFile(content);
  }

  @Override
  public synchronized AppendFile reopen(String name, long length) throws IOException {
    Content content = existing(name);
    content.cut(length);
    return new MemoryAppendFile(content);
  }

  @Override
  public synchronized ReadFile open(String name) throws IOException {
    return new MemoryReadFile(existing(name));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    DiskName.segments(to);
    Content content = existing(from);
    makeParents(to);
    files.remove(from);
    files.put(to, content);
  }

  @Override
  public synchronized boolean delete(String name) throws IOException {
    DiskName.segments(name);
    if (directories.contains(name)) {
      throw new IOException("is a directory: " + name);
    }
    return files.remove(name) != null;
  }

  @Override
  public synchronized boolean exists(String name) {
    return files.containsKey(name) || directories.contains(name);
  }

  @Override
  public synchronized List<String> list(String directory) throws IOException {
    if (files.containsKey(directory)) {
      throw new IOException("is not a directory: " + directory);
    }
    String prefix = directory.isEmpty() ? "" : directory + "/";
    TreeSet<String> names = new TreeSet<>();
    for (Iterable<String> all : List.<Iterable<String>>of(files.keySet(), directories)) {
      for (String name : all) {
        if (name.startsWith(prefix) && name.length() > prefix.length()) {
          names.add(name.substring(prefix.length()).split("/", 2)[0]);
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public synchronized void syncDirectory(String directory) throws IOException {
    if (!directories.contains(directory)) {
      throw new NoSuchFileException(directory);
    }
  }

  private Content existing(String name) throws NoSuchFileException {
    DiskName.segments(name);
    Content content = files.get(name);
    if (content == null) {
      throw new NoSuchFileException(name);
    }
    return content;
  }

  private void makeParents(String name) {
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      directories.add(name.substring(0, slash));
    }
  }

  private static final class Content {
    private byte[] bytes = new byte[0];

    synchronized void append(byte[] more, int offset, int length) {
      int old = bytes.length;
      bytes = Arrays.copyOf(bytes, old + length);
      System.arraycopy(more, offset, bytes, old, length);
    }

    synchronized void cut(long length) throws IOException {
      if (length > bytes.length) {
        throw new IOException("file is shorter than " + length + " bytes");
      }
      bytes = Arrays.copyOf(bytes, (int) length);
    }

    synchronized int read(long position, byte[] into, int offset, int length) {
      int count = (int) Math.max(0, Math.min(length, bytes.length - position));
      if (count > 0) {
        System.arraycopy(bytes, (int) position, into, offset, count);
      }
      return count;
    }

    synchronized long length() {
      return bytes.length;
    }
  }

  private static final class MemoryAppendFile implements AppendFile {
    private final Content content;
    private boolean closed;

    MemoryAppendFile(Content content) {
      this.content = content;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
      requireOpen();
      content.append(bytes, offset, length);
    }

    @Override
    public long length() {
      return content.length();
    }

    @Override
    public void sync() throws IOException {
      requireOpen();
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

  private static final class MemoryReadFile implements ReadFile {
    private final Content content;
    private volatile boolean closed;

    MemoryReadFile(Content content) {
      this.content = content;
    }

    @Override
    public long length() throws IOException {
      requireOpen();
      return content.length();
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) throws IOException {
      requireOpen();
      return content.read(position, into, offset, length);
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
}
