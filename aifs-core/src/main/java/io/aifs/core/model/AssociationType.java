package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A declared type of associations.
 *
 * @param inverse the type that shows the same associations from the other end; the type itself if
 *     it is symmetric; empty if they are seen from {@code id1} only
 */
public record AssociationType(Name name, Optional<Name> inverse) {
  /** From a child to what it was made from: lineage, which AIFS keeps by itself. */
  public static final Name MADE_FROM = new Name("made-from");

  /** From a parent to what was made from it. */
  public static final Name MADE_INTO = new Name("made-into");

  public AssociationType {
    requireNonNull(name, "name is null");
    requireNonNull(inverse, "inverse is null");
  }

  public boolean symmetric() {
    return inverse.filter(name::equals).isPresent();
  }

  /** Whether the type shows lineage, and is neither declared nor written. */
  public boolean builtIn() {
    return isBuiltIn(name);
  }

  public static boolean isBuiltIn(Name name) {
    return name.equals(MADE_FROM) || name.equals(MADE_INTO);
  }
}
