package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.DomainId;
import java.time.Instant;

/**
 * One collection of a domain, from when it condemned records until none of these is left.
 *
 * @param sequence the newest event when it began to mark: what became visible later may need what
 *     it condemned
 * @param deleteAfter when its records may be deleted
 * @param finished whether they have been, but for a few that were not worth a copy of their pack
 *     yet
 */
public record CollectionRun(
    long number,
    DomainId domain,
    long sequence,
    Instant condemnedAt,
    Instant deleteAfter,
    boolean finished) {
  public CollectionRun {
    requireNonNull(domain, "domain is null");
    requireNonNull(condemnedAt, "condemnedAt is null");
    requireNonNull(deleteAfter, "deleteAfter is null");
  }
}
