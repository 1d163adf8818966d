package io.aifs.cli.transfer;

import io.aifs.cli.progress.CountingStream;
import io.aifs.cli.progress.Tally;
import io.aifs.client.Content;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A local file as content to put, counted as it is read; a second reading takes the count back. */
public final class FileContent implements Content {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Path file;
  private final Tally tally;
  private @Nullable CountingStream last;

  FileContent(Path file, Tally tally) {
    this.file = file;
    this.tally = tally;
  }

  /** The file's bytes; a symbolic link that took its place is not followed. */
  static InputStream openFile(Path file) throws IOException {
    return Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public InputStream open() throws IOException {
    if (last != null) {
      tally.addBytes(-last.count());
    }
    last = new CountingStream(openFile(file), tally);
    return new BufferedInputStream(last, BUFFER_BYTES);
  }

  @Override
  public boolean repeatable() {
    return true;
  }

  /** Digests the file without counting. */
  static Digest digest(Path file) throws IOException {
    try (InputStream in = openFile(file)) {
      return digest(in);
    }
  }

  /** Digests what is left of a stream. */
  public static Digest digest(InputStream in) throws IOException {
    Hasher hasher = new Hasher();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      hasher.update(buffer, 0, count);
    }
    return hasher.finish();
  }
}
