package io.aifs.schemas.artifact;

import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.Utf8;
import java.io.IOException;
import java.util.Optional;

/** An entry's content, which at its end must have the digest that the manifest says. */
final class CheckedContent implements AutoCloseable {
  private final EntryContent content;

  /** Empty for the manifest, of which nothing says a digest. */
  private final Optional<ArtifactFile> file;

  private final Hasher hasher = Hasher.digestOnly();

  CheckedContent(EntryContent content, Optional<ArtifactFile> file) {
    this.content = content;
    this.file = file;
  }

  /**
   * @return how many bytes were read; -1 at the end, where all were right
   * @throws PayloadInvalidException if they were not
   */
  int read(byte[] into, int offset, int length) throws PayloadInvalidException, IOException {
    int read = content.read(into, offset, length);
    if (read > 0 && file.isPresent()) {
      hasher.update(into, offset, read);
    } else if (read < 0 && file.isPresent()) {
      requireDigest(file.get());
    }
    return read;
  }

  private void requireDigest(ArtifactFile said) throws PayloadInvalidException {
    Digest found = hasher.finish();
    if (!found.equals(said.blake3())) {
      throw new PayloadInvalidException(
          "entry " + Utf8.shown(said.path()),
          "its digest is " + found + ", and the manifest says " + said.blake3());
    }
  }

  @Override
  public void close() {
    content.close();
  }
}
