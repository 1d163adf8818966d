package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;

/**
 * A declared type of associations.
 *
 * @param number by which rows name it, {@link #FIRST} or above; never used again in a namespace
 * @param inverse number of the type that shows the same from the other end: its own if it is
 *     symmetric, 0 if there is none
 */
public record AssociationTypeRow(int number, Name name, int inverse) {
  /** Numbers below are those of types that are not declared. */
  public static final int FIRST = 16;

  /** Lineage from the child's end: read like any type, never declared or written. */
  public static final int MADE_FROM = 1;

  /** Lineage from the parent's end. */
  public static final int MADE_INTO = 2;

  public AssociationTypeRow {
    requireNonNull(name, "name is null");
    if (number < FIRST || (inverse != 0 && inverse < FIRST)) {
      throw new IllegalArgumentException("number of a type is below " + FIRST);
    }
  }
}
