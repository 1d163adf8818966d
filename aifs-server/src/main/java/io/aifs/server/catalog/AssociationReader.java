package io.aifs.server.catalog;

import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Associations of a namespace ({@code namespace} is its number) and their types. */
public interface AssociationReader {
  Optional<AssociationTypeRow> type(long namespace, Name name);

  /** All declared types in order of name. */
  List<AssociationTypeRow> types(long namespace);

  /** Those of {@code id1} and a type with these {@code id2} and times, newest first. */
  List<AssociationRow> find(
      long namespace, ObjectId id1, int type, Collection<ObjectId> id2s, TimeRange times);

  /** How many {@code id1} has of a type. */
  long count(long namespace, ObjectId id1, int type);

  /**
   * Those of {@code id1}, a type and these times, newest first.
   *
   * @param before where the page before ended; empty for the first page
   * @param skip how many to pass over
   */
  AssociationPage list(
      long namespace,
      ObjectId id1,
      int type,
      TimeRange times,
      Optional<AssociationPage.Position> before,
      int skip,
      int limit);

  /**
   * Those that are not there: assets that are not visible, snapshots that are unknown or pruned,
   * refs that are neither a branch nor a tag. External ids are always there.
   */
  Set<ObjectId> missing(long namespace, Collection<ObjectId> ids);
}
