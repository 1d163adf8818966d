package io.aifs.server.engine.association;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import io.aifs.server.catalog.AssociationPage;
import java.util.Optional;
import java.util.Set;

/** A question about the associations that {@code id1} has of one type. */
public sealed interface AssociationQuery {
  ObjectId id1();

  Name type();

  /** Those with these {@code id2} and times. */
  record Get(ObjectId id1, Name type, Set<ObjectId> id2s, TimeRange times)
      implements AssociationQuery {
    public Get {
      requireNonNull(id1, "id1 is null");
      requireNonNull(type, "type is null");
      id2s = Set.copyOf(id2s);
      requireNonNull(times, "times is null");
    }
  }

  /** How many there are. */
  record Count(ObjectId id1, Name type) implements AssociationQuery {
    public Count {
      requireNonNull(id1, "id1 is null");
      requireNonNull(type, "type is null");
    }
  }

  /**
   * Those of these times, newest first.
   *
   * @param before where the page before ended
   * @param skip how many to pass over
   */
  record Range(
      ObjectId id1,
      Name type,
      TimeRange times,
      Optional<AssociationPage.Position> before,
      int skip,
      int limit)
      implements AssociationQuery {
    public Range {
      requireNonNull(id1, "id1 is null");
      requireNonNull(type, "type is null");
      requireNonNull(times, "times is null");
      requireNonNull(before, "before is null");
    }
  }
}
