package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

/** What names an association of a namespace: there is at most one of each. */
public record AssociationName(ObjectId id1, Name type, ObjectId id2) {
  public AssociationName {
    requireNonNull(id1, "id1 is null");
    requireNonNull(type, "type is null");
    requireNonNull(id2, "id2 is null");
  }
}
