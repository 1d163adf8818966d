package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.ObjectId;

/** What names an association; {@code type} is the type's number. */
public record AssociationKey(ObjectId id1, int type, ObjectId id2) {
  public AssociationKey {
    requireNonNull(id1, "id1 is null");
    requireNonNull(id2, "id2 is null");
  }
}
