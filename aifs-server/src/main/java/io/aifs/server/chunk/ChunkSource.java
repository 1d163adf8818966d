package io.aifs.server.chunk;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * Chunks and pages of one domain to read, keyed by the digest of their plain bytes. Thread-safe.
 */
public interface ChunkSource {
  /** Those of {@code digests} that are not stored. */
  Set<Digest> missing(RecordType type, Collection<Digest> digests) throws IOException;

  /**
   * Reads and verifies: what is returned has the digest it is returned under. Absent digests are
   * absent from the result.
   *
   * @throws ChunkDamagedException if one is stored but does not read back
   */
  Map<Digest, byte[]> getAll(RecordType type, Collection<Digest> digests) throws IOException;
}
