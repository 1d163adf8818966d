package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.ObjectId;
import java.util.List;
import java.util.Optional;

/**
 * Associations of one end, newest first, and of one time in order of {@code id2}.
 *
 * @param next where the page ended, if there are more
 */
public record AssociationPage(List<AssociationRow> rows, Optional<Position> next) {
  public AssociationPage {
    rows = List.copyOf(rows);
    requireNonNull(next, "next is null");
  }

  /**
   * The last association of a page, by which it is sorted.
   *
   * @param tail tells several apart that have the same time and {@code id2}; else empty
   */
  public record Position(long timeNanos, ObjectId id2, String tail) {
    public Position {
      requireNonNull(id2, "id2 is null");
      requireNonNull(tail, "tail is null");
    }
  }
}
