package io.aifs.server;

import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.server.engine.ScrubPosition;
import io.aifs.server.file.Disk;
import io.aifs.server.store.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * Where the scrub is, in a small file of the data directory: {@code scrub 1}, the namespace and the
 * asset id, a line each. One that cannot be understood is as good as none: a new round begins.
 */
final class ScrubFile implements ScrubPosition.Memory {
  static final String NAME = "scrub.position";

  private static final String FIRST_LINE = "scrub 1";
  private static final int BYTES_MAX = 256;

  private final Disk disk;

  /** What was last saved or loaded: it counts even if the disk is too full to write it. */
  private Optional<ScrubPosition> current = Optional.empty();

  private boolean known;

  ScrubFile(Disk disk) {
    this.disk = disk;
  }

  @Override
  public synchronized Optional<ScrubPosition> load() throws IOException {
    if (!known) {
      current = parse(read());
      known = true;
    }
    return current;
  }

  private String read() throws IOException {
    try (Disk.ReadFile file = disk.open(NAME)) {
      byte[] bytes = new byte[BYTES_MAX];
      return new String(bytes, 0, file.read(0, bytes, 0, BYTES_MAX), StandardCharsets.UTF_8);
    } catch (NoSuchFileException _) {
      return "";
    }
  }

  /** The position in the text of such a file; empty if it is something else. */
  static Optional<ScrubPosition> parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != 4 || !lines[0].equals(FIRST_LINE)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new ScrubPosition(new Name(lines[1]), Digest.parse(lines[2])));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public synchronized void save(Optional<ScrubPosition> position) throws IOException {
    if (known && position.equals(current)) {
      return;
    }
    current = position;
    known = true;
    String text =
        position
            .map(at -> FIRST_LINE + "\n" + at.namespace() + "\n" + at.asset().hex() + "\n")
            .orElse(FIRST_LINE + "\n");
    AtomicFiles.write(disk, NAME, text.getBytes(StandardCharsets.UTF_8));
  }
}
