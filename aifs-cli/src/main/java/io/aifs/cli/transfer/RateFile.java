package io.aifs.cli.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;

/**
 * How fast the last put of any size brought new content into a store, kept between commands.
 * Nothing but estimates depends on it: a file that cannot be read or written is as good as none.
 */
public final class RateFile {
  /** A put of less new content tells more about round trips than about the way. */
  static final long TIMED_BYTES_MIN = 4L << 20;

  private static final int FILE_BYTES_MAX = 32;

  private final Path file;
  private final TemporaryFiles temporaries;

  public RateFile(Path file, TemporaryFiles temporaries) {
    this.file = file;
    this.temporaries = temporaries;
  }

  /**
   * Learns from a put that took {@code elapsed}, if most of what it read was new and there was
   * enough of it.
   */
  public void learn(long newBytes, long bytes, Duration elapsed) {
    if (newBytes < TIMED_BYTES_MIN || newBytes < bytes / 2 || elapsed.toMillis() < 1) {
      return;
    }
    long bytesPerSecond = Math.max(1, Math.round(newBytes * 1_000.0 / elapsed.toMillis()));
    try {
      Files.createDirectories(
          file.toAbsolutePath().resolveSibling(""),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      PrivateFile.replace(
          file, (bytesPerSecond + "\n").getBytes(StandardCharsets.US_ASCII), temporaries);
    } catch (IOException _) {
      // The next estimate goes by what is there, or is not made.
    }
  }

  /** About how long a put of so much new content takes; empty if none was timed yet. */
  public Optional<Duration> timeFor(long newBytes) {
    return bytesPerSecond().map(rate -> Duration.ofMillis(Math.round(newBytes * 1_000.0 / rate)));
  }

  private Optional<Long> bytesPerSecond() {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
        return Optional.empty();
      }
      long rate = Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
      return rate > 0 ? Optional.of(rate) : Optional.empty();
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }
}
