package io.aifs.cli.transfer;

import io.aifs.core.model.FileAttributes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A file that only its owner may read. */
public final class PrivateFile {
  private static final int MODE = 0600;
  private static final int BUFFER_BYTES = 64 << 10;

  /**
   * Creates the file with all of its content, or not at all.
   *
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   */
  public static void create(Path file, byte[] content, TemporaryFiles temporaries)
      throws IOException {
    create(file, out -> out.write(content), temporaries);
  }

  /** The same, with content that is too long to be held. */
  public static void create(Path file, Content content, TemporaryFiles temporaries)
      throws IOException {
    try (AtomicFile atomic = new AtomicFile(file, temporaries);
        OutputStream out = new BufferedOutputStream(atomic.out(), BUFFER_BYTES)) {
      content.writeTo(out);
      out.flush();
      atomic.commit(attributesOf(atomic), false);
    }
  }

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Puts a file in the place of another, all of it or nothing. It is not synced: for what can be
   * made anew, and is checked when it is read.
   */
  static void replace(Path file, byte[] content, TemporaryFiles temporaries) throws IOException {
    try (AtomicFile atomic = new AtomicFile(file, temporaries)) {
      atomic.out().write(content);
      atomic.complete(attributesOf(atomic));
      atomic.name(true);
    }
  }

  private static FileAttributes attributesOf(AtomicFile atomic) throws IOException {
    long now = Files.getLastModifiedTime(atomic.temporary()).to(TimeUnit.NANOSECONDS);
    return new FileAttributes(MODE, now);
  }

  private PrivateFile() {}
}
