package io.aifs.cli.transfer;

import io.aifs.cli.progress.Tally;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;

/** A local file whose content is made here. It appears complete or not at all. */
public final class MadeFile {
  private static final int BUFFER_BYTES = 256 << 10;

  private final Path target;
  private final boolean replace;
  private final Tally tally;

  /**
   * @param replace whether a file that is there may go
   * @param tally counts what is written
   */
  public MadeFile(Path target, boolean replace, Tally tally) {
    this.target = target;
    this.replace = replace;
    this.tally = tally;
  }

  /** Writes the content. */
  public interface Maker {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Makes the file.
   *
   * @throws AifsException.AlreadyExists if a file is there and may not go
   */
  public void write(Maker maker, TemporaryFiles temporaries, Clock clock) throws IOException {
    if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw taken();
    }
    FileAttributes attributes =
        new FileAttributes(FileAttributes.PLAIN_FILE.mode(), clock.millis() * 1_000_000);
    try (AtomicFile file = new AtomicFile(target, temporaries)) {
      OutputStream out = new Counting(new BufferedOutputStream(file.out(), BUFFER_BYTES), tally);
      maker.write(out);
      out.flush();
      file.commit(attributes, replace);
    } catch (FileAlreadyExistsException _) {
      throw taken();
    }
    tally.addFiles(1);
  }

  private AifsException taken() {
    return new AifsException.AlreadyExists(
        Reason.PATH_EXISTS, target + " exists", "replace it with --force, or name another file");
  }

  private static final class Counting extends FilterOutputStream {
    private final Tally tally;

    private Counting(OutputStream out, Tally tally) {
      super(out);
      this.tally = tally;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      tally.addBytes(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      tally.addBytes(length);
    }
  }
}
