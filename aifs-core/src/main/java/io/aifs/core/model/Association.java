package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

/**
 * "{@code id1} {@code type} {@code id2}", such as "run:812 produced asset:...".
 *
 * @param timeNanos when, in nanoseconds since 1970-01-01T00:00Z; associations sort by it
 */
public record Association(
    ObjectId id1, Name type, ObjectId id2, long timeNanos, AssociationData data) {
  public Association {
    requireNonNull(id1, "id1 is null");
    requireNonNull(type, "type is null");
    requireNonNull(id2, "id2 is null");
    requireNonNull(data, "data is null");
  }
}
