package io.aifs.server.catalog;

import java.util.Collection;
import java.util.Map;

/**
 * Changes associations. Those of a type with an inverse change at both ends at once, and counts
 * with them. What may be written is the engine's to say; this only stores.
 */
public interface AssociationWriter extends AssociationReader {
  /**
   * Adds types, all that name each other at once.
   *
   * @throws IllegalStateException if a number or name is taken
   */
  void declare(long namespace, Collection<AssociationTypeRow> types);

  /**
   * Adds associations of declared types, or changes time and data of those that are there. Of
   * several with one key the last counts. Returns how many were not there before.
   *
   * @throws IllegalStateException if a type is not declared
   */
  int putAll(long namespace, Collection<AssociationRow> rows);

  /** Removes associations; returns the times of those that were there. */
  Map<AssociationKey, Long> deleteAll(long namespace, Collection<AssociationKey> keys);
}
