package io.aifs.server.engine.search;

import static java.util.Objects.requireNonNull;

import io.aifs.vector.SearchableVectors;
import java.util.Optional;

/**
 * An index as a search finds it.
 *
 * @param index to be searched; empty unless it is ready
 * @param version up to which changes of the store are in it
 */
public record IndexView(IndexState state, Optional<SearchableVectors> index, long version) {
  public IndexView {
    requireNonNull(state, "state is null");
    requireNonNull(index, "index is null");
  }
}
