package io.aifs.cli.transfer;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The lines of a file, one at a time: byte for byte, so that a digest of them holds. */
public final class LineFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Path file;
  private final InputStream in;

  private LineFile(Path file, InputStream in) {
    this.file = file;
    this.in = in;
  }

  public static LineFile open(Path file) throws IOException {
    return new LineFile(file, new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
  }

  /**
   * The next line without its line feed; empty at the end.
   *
   * @throws AifsException.InvalidRequest if it is longer than any line of a text for programs is
   */
  public Optional<String> next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next = in.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      if (line.size() == Limits.METADATA_BYTES_MAX) {
        throw new AifsException.InvalidRequest(
            Reason.ARGUMENT_INVALID,
            "command line",
            file + " has a line over " + Limits.METADATA_BYTES_MAX + " bytes",
            "name a file of shorter lines");
      }
      line.write(next);
      next = in.read();
    }
    return Optional.of(line.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
