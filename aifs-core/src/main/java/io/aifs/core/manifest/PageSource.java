package io.aifs.core.manifest;

import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.Optional;

/** Where a reader finds manifest pages. The reader checks each page against its digest. */
@FunctionalInterface
public interface PageSource {
  /**
   * The page's bytes, which the reader does not change; empty if there is no such page.
   *
   * @throws IOException if it cannot be read
   */
  Optional<byte[]> page(Digest digest) throws IOException;
}
