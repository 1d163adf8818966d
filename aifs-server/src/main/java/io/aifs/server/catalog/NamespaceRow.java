package io.aifs.server.catalog;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.Name;
import io.aifs.crypto.DomainId;
import java.time.Instant;
import java.util.Map;

/**
 * A namespace.
 *
 * @param number the catalog's own small key for it; never reused, never leaves the server
 */
public record NamespaceRow(
    long number,
    Name name,
    String description,
    Instant createdAt,
    Map<String, String> metadata,
    DomainId domain,
    ChunkerParameters chunker) {
  public NamespaceRow {
    metadata = Map.copyOf(metadata);
  }
}
