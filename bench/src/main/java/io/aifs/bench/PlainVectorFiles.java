package io.aifs.bench;

import io.aifs.vector.VectorFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An index's files as they are, in a directory: what sealing costs is measured elsewhere. */
record PlainVectorFiles(Path directory) implements VectorFiles {
  private static final int BUFFER_BYTES = 1 << 16;

  @Override
  public List<String> list() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Override
  public void read(String name, Target target) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(directory.resolve(name))) {
      int length;
      while ((length = in.read(buffer)) > 0) {
        target.accept(buffer, 0, length);
      }
    }
  }

  @Override
  public void write(String name, long length, Source source) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    Path file = directory.resolve(name);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (long left = length; left > 0; left -= buffer.length) {
        int part = (int) Math.min(left, buffer.length);
        source.next(buffer, part);
        out.write(buffer, 0, part);
      }
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(directory.resolve(name));
  }

  @Override
  public long sizeAtRest(String name) throws IOException {
    Path file = directory.resolve(name);
    return Files.exists(file) ? Files.size(file) : 0;
  }
}
