package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import java.util.Optional;

/** Finds what a chunk is stored as a difference to. Thread-safe. */
@FunctionalInterface
interface BaseSource {
  /** Of records that never are. */
  BaseSource NONE = _ -> Optional.empty();

  /**
   * The content of a record that is stored in full, not to be changed; empty if there is none.
   *
   * @param id its stored id
   * @throws ChunkDamagedException if it does not open to what it is named after
   * @throws java.io.UncheckedIOException if the disk cannot tell now
   */
  Optional<byte[]> of(Digest id) throws ChunkDamagedException;
}
