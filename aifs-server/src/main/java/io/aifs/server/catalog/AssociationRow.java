package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssociationData;
import io.aifs.core.model.ObjectId;

/**
 * An association from one of its ends.
 *
 * @param type number of the type
 * @param timeNanos nanoseconds since 1970-01-01T00:00Z
 */
public record AssociationRow(
    ObjectId id1, int type, ObjectId id2, long timeNanos, AssociationData data) {
  public AssociationRow {
    requireNonNull(id1, "id1 is null");
    requireNonNull(id2, "id2 is null");
    requireNonNull(data, "data is null");
  }

  public AssociationKey key() {
    return new AssociationKey(id1, type, id2);
  }
}
