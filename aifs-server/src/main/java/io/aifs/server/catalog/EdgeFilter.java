package io.aifs.server.catalog;

import java.time.Instant;
import java.util.Set;

/**
 * Which edges to see.
 *
 * @param transforms names of transforms; empty for all
 * @param since the earliest time of recording
 * @param until the first time that is too late
 */
public record EdgeFilter(Set<String> transforms, Instant since, Instant until) {
  public static final EdgeFilter ALL = new EdgeFilter(Set.of(), Instant.MIN, Instant.MAX);

  public EdgeFilter {
    transforms = Set.copyOf(transforms);
  }

  public boolean accepts(EdgeRow edge) {
    return (transforms.isEmpty() || transforms.contains(edge.edge().transformName()))
        && !edge.at().isBefore(since)
        && edge.at().isBefore(until);
  }
}
