package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkStore;
import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What one caller may know of the chunks of one namespace. Who may not know is told that nothing is
 * there, which is what a namespace without that chunk answers too.
 */
final class HeldChunks {
  private final NamespaceRow namespace;
  private final ChunkStore store;
  private final boolean mayKnow;

  /**
   * @param mayKnow whether the caller may read all of the namespace, and has its domain to itself
   */
  HeldChunks(NamespaceRow namespace, ChunkStore store, boolean mayKnow) {
    this.namespace = namespace;
    this.store = store;
    this.mayKnow = mayKnow;
  }

  NamespaceRow namespace() {
    return namespace;
  }

  ChunkStore store() {
    return store;
  }

  /** Those that are missing, as far as this caller may know. */
  Set<Digest> missing(Collection<Digest> digests) {
    if (!mayKnow || digests.isEmpty()) {
      return new HashSet<>(digests);
    }
    try {
      return store.missing(RecordType.CHUNK, digests);
    } catch (IOException e) {
      throw Failures.translate("looking for chunks failed", e);
    }
  }
}
