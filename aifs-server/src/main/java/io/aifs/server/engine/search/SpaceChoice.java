package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Which of a namespace's spaces a search is in. */
record SpaceChoice(NamespaceRow namespace, List<SpaceRow> spaces) {
  private static final int SHOWN_MAX = 10;
  private static final String HINT = "'aifs index' shows the spaces there are";

  /**
   * The space with this name.
   *
   * @throws AifsException.NotFound if there is none
   */
  SpaceRow named(Name name) {
    return find(name.value())
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.SPACE_NOT_FOUND,
                    "there is no embedding space '"
                        + name
                        + "' in namespace "
                        + namespace.name()
                        + (spaces.isEmpty() ? ", which has none" : "; there are " + listed(spaces)),
                    HINT));
  }

  /**
   * The only space, or the only one of a dimension; empty if there are none at all.
   *
   * @param dimension of the queries; empty if none of them has a vector
   * @throws AifsException.InvalidRequest if there are several that could be meant, or none of the
   *     dimension
   */
  Optional<SpaceRow> unnamed(OptionalInt dimension) {
    if (spaces.size() <= 1) {
      return spaces.stream().findFirst();
    }
    List<SpaceRow> possible = dimension.isPresent() ? ofDimension(dimension.getAsInt()) : spaces;
    if (possible.isEmpty()) {
      throw noneOf(dimension.orElseThrow());
    }
    if (possible.size() > 1) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_MISSING,
          "space",
          "namespace "
              + namespace.name()
              + " has several embedding spaces that could be meant: "
              + listed(possible),
          "name one of them");
    }
    return Optional.of(possible.getFirst());
  }

  /**
   * The space that vectors of this dimension are in that came by the first calls, else the only one
   * of the dimension; empty if there are no spaces at all.
   *
   * @throws AifsException.InvalidRequest if there are others, and none of the dimension
   */
  Optional<SpaceRow> byDimension(int dimension) {
    if (spaces.isEmpty()) {
      return Optional.empty();
    }
    Optional<SpaceRow> own =
        find(Integer.toString(dimension)).filter(row -> row.space().dimension() == dimension);
    if (own.isPresent()) {
      return own;
    }
    if (ofDimension(dimension).isEmpty()) {
      throw noneOf(dimension);
    }
    return unnamed(OptionalInt.of(dimension));
  }

  private Optional<SpaceRow> find(String name) {
    return spaces.stream().filter(row -> row.space().name().value().equals(name)).findFirst();
  }

  private List<SpaceRow> ofDimension(int dimension) {
    return spaces.stream().filter(row -> row.space().dimension() == dimension).toList();
  }

  private AifsException.InvalidRequest noneOf(int dimension) {
    return new AifsException.InvalidRequest(
        Reason.VECTOR_INVALID,
        "vector",
        "the query has "
            + dimension
            + " values, and no embedding space of namespace "
            + namespace.name()
            + " has vectors of as many; there are "
            + listed(spaces),
        HINT);
  }

  private static String listed(List<SpaceRow> rows) {
    String some =
        rows.stream()
            .limit(SHOWN_MAX)
            .map(row -> "'" + row.space().name() + "' (" + row.space().dimension() + " values)")
            .collect(Collectors.joining(", "));
    return rows.size() > SHOWN_MAX ? some + " and " + (rows.size() - SHOWN_MAX) + " more" : some;
  }
}
