package io.aifs.server.crash;

import io.aifs.server.file.Disk;
import java.io.IOException;
import java.util.List;

/** A disk that does what another does, until a subclass changes something. */
class DiskDecorator implements Disk {
  private final Disk disk;

  DiskDecorator(Disk disk) {
    this.disk = disk;
  }

  @Override
  public AppendFile create(String name) throws IOException {
    return decorated(name, disk.create(name));
  }

  @Override
  public AppendFile reopen(String name, long length) throws IOException {
    return decorated(name, disk.reopen(name, length));
  }

  private AppendFile decorated(String name, AppendFile file) {
    return new AppendFile() {
      @Override
      public void append(byte[] bytes, int offset, int length) throws IOException {
        DiskDecorator.this.append(file, bytes, offset, length);
      }

      @Override
      public long length() {
        return file.length();
      }

      @Override
      public void sync() throws IOException {
        DiskDecorator.this.sync(name, file);
      }

      @Override
      public void close() throws IOException {
        DiskDecorator.this.close(file);
      }
    };
  }

  void append(AppendFile file, byte[] bytes, int offset, int length) throws IOException {
    file.append(bytes, offset, length);
  }

  void sync(String name, AppendFile file) throws IOException {
    file.sync();
  }

  void close(AppendFile file) throws IOException {
    file.close();
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
    disk.syncDirectory(directory);
  }
}
