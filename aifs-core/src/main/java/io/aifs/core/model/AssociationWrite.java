package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An association to write, in place of what its name has.
 *
 * @param timeNanos nanoseconds since 1970-01-01T00:00Z; empty means when it is written
 */
public record AssociationWrite(
    AssociationName name, Optional<Long> timeNanos, AssociationData data) {
  public AssociationWrite {
    requireNonNull(name, "name is null");
    requireNonNull(timeNanos, "timeNanos is null");
    requireNonNull(data, "data is null");
  }
}
