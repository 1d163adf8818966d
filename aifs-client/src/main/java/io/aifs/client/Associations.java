package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Association;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Associations of the namespace: what its users say of assets, snapshots, refs and things outside.
 * Newest first, and of one time in order of {@code id2}. Lineage is read here too, as the types
 * {@code made-from} and {@code made-into}. Thread-safe.
 */
public interface Associations {
  /**
   * Declares a type, and its inverse with it. Again in the same form changes nothing.
   *
   * @throws io.aifs.core.AifsException.AlreadyExists if either is declared in another form
   */
  void declare(AssociationType type);

  /** All types in order of name. */
  List<AssociationType> types();

  /**
   * Writes associations, all or none; those that are there get the new time and data. At most
   * {@link io.aifs.core.Limits#BATCH_ENTRIES_MAX}.
   *
   * @throws io.aifs.core.AifsException.NotFound if a type is not declared
   * @throws io.aifs.core.AifsException.Precondition if an end is not in the namespace
   */
  PutOutcome put(List<AssociationWrite> writes);

  /** Removes associations, all at once; returns how many were there. At most as for a put. */
  int delete(List<AssociationName> names);

  /** Those of {@code id1} and a type with these {@code id2} and times. */
  List<Association> get(ObjectId id1, Name type, Collection<ObjectId> id2s, TimeRange times);

  long count(ObjectId id1, Name type);

  /**
   * Those of {@code id1}, a type and these times. The stream asks for the next page when it gets
   * there, and fails there.
   */
  Stream<Association> range(ObjectId id1, Name type, TimeRange times);

  /** Answers many queries in one round trip, all of one instant, in their order. */
  List<Answer> query(List<Query> queries);

  /**
   * What a put did.
   *
   * @param created how many were not there before
   * @param updated how many were
   */
  record PutOutcome(int created, int updated) {}

  /** A question about the associations that {@code id1} has of a type. */
  sealed interface Query {
    ObjectId id1();

    Name type();

    /** Those with these {@code id2} and times. */
    record Get(ObjectId id1, Name type, List<ObjectId> id2s, TimeRange times) implements Query {
      public Get {
        requireNonNull(id1, "id1 is null");
        requireNonNull(type, "type is null");
        id2s = List.copyOf(id2s);
        requireNonNull(times, "times is null");
      }
    }

    /** How many there are. */
    record Count(ObjectId id1, Name type) implements Query {
      public Count {
        requireNonNull(id1, "id1 is null");
        requireNonNull(type, "type is null");
      }
    }

    /**
     * A page of those of these times.
     *
     * @param limit at most so many; 0 means 100
     * @param pageToken {@link Answer#nextPageToken} of the page before; empty for the first
     */
    record Range(ObjectId id1, Name type, TimeRange times, int limit, String pageToken)
        implements Query {
      public Range {
        requireNonNull(id1, "id1 is null");
        requireNonNull(type, "type is null");
        requireNonNull(times, "times is null");
        requireNonNull(pageToken, "pageToken is null");
      }
    }
  }

  /**
   * What a query found.
   *
   * @param count of a count, else 0
   * @param nextPageToken of a range that has more; else empty
   */
  record Answer(List<Association> associations, long count, String nextPageToken) {
    public Answer {
      associations = List.copyOf(associations);
      requireNonNull(nextPageToken, "nextPageToken is null");
    }
  }
}
