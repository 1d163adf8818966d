package io.aifs.server.catalog;

import io.aifs.crypto.Digest;
import java.util.List;
import java.util.Set;

/**
 * The edges of many assets on one side, those of an asset together and newest first.
 *
 * @param fannedOut assets that have more edges than were asked for
 * @param seen edges looked at, those that the filter did not accept among them
 * @param complete false if there were too many edges to look at: some are missing
 */
public record EdgeLevel(List<EdgeRow> edges, Set<Digest> fannedOut, long seen, boolean complete) {
  public EdgeLevel {
    edges = List.copyOf(edges);
    fannedOut = Set.copyOf(fannedOut);
  }
}
