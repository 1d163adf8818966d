package io.aifs.server.engine.journal;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.List;

/** A disk that cannot be written to while it is told so: what is appended stays, syncs fail. */
final class FailingDisk implements Disk {
  private final Disk disk;
  private volatile boolean failing;

  FailingDisk(Disk disk) {
    this.disk = disk;
  }

  void fail(boolean fails) {
    failing = fails;
  }

  private void requireWell() throws IOException {
    if (failing) {
      throw new IOException("no space left on device");
    }
  }

  @Override
  public AppendFile create(String name) throws IOException {
    requireWell();
    return new File(disk.create(name));
  }

  @Override
  public AppendFile reopen(String name, long length) throws IOException {
    requireWell();
    return new File(disk.reopen(name, length));
  }

  private final class File implements AppendFile {
    private final AppendFile file;

    File(AppendFile file) {
      this.file = file;
    }

    @Override
    public void append(byte[] bytes, int offset, int length) throws IOException {
      file.append(bytes, offset, length);
    }

    @Override
    public long length() {
      return file.length();
    }

    @Override
    public void sync() throws IOException {
      requireWell();
      file.sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public ReadFile open(String name) throws IOException {
    return disk.open(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    disk.rename(from, to);
  }

  @Override
  public boolean delete(String name) throws IOException {
    return disk.delete(name);
  }

  @Override
  public boolean exists(String name) throws IOException {
    return disk.exists(name);
  }

  @Override
  public List<String> list(String directory) throws IOException {
    return disk.list(directory);
  }

  @Override
  public void syncDirectory(String directory) throws IOException {
    requireWell();
    disk.syncDirectory(directory);
  }
}
