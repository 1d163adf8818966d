package io.aifs.server.file;

import java.io.FileOutputStream;
import java.io.IOException;

/** A file that {@link LocalDisk} made and nobody else writes. */
final class LocalAppendFile implements Disk.AppendFile {
  private final FileOutputStream out;
  private long length;

  LocalAppendFile(FileOutputStream out) {
    this.out = out;
  }

  @Override
  public void append(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    this.length += length;
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void sync() throws IOException {
    out.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
