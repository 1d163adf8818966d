package io.aifs.cli.transfer;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.snapshot.SnapshotProof;
import io.aifs.crypto.RangeProof;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A proof in a file of its own. */
public final class ProofFile {
  private final Path file;
  private final boolean replace;

  /**
   * @param replace whether a file that is there may go
   */
  public ProofFile(Path file, boolean replace) {
    this.file = file;
    this.replace = replace;
  }

  /**
   * Fails before anything is read if the proof could not be written later.
   *
   * @throws io.aifs.core.AifsException.AlreadyExists if a file is there and may not go
   */
  public void requireFree() {
    if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw taken();
    }
  }

  /** Writes the file, all of it or nothing. */
  public void write(RangeProof proof, TemporaryFiles temporaries) throws IOException {
    write(proof.toBytes(), temporaries);
  }

  /** The same for the bytes of any proof. */
  public void write(byte[] proof, TemporaryFiles temporaries) throws IOException {
    try {
      WholeFile.write(file, proof, replace, temporaries);
    } catch (FileAlreadyExistsException _) {
      throw taken();
    }
  }

  private AifsException taken() {
    return new AifsException.AlreadyExists(
        Reason.PATH_EXISTS, file + " exists", "replace it with --force, or name another file");
  }

  /** The bytes of a file that may be a proof; of one that is too long only the beginning. */
  public static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Math.max(RangeProof.BYTES_MAX, SnapshotProof.BYTES_MAX) + 1);
    }
  }
}
