package io.aifs.server.engine.search;

import io.aifs.vector.Hit;
import io.aifs.vector.IndexDamagedException;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.IndexStats;
import io.aifs.vector.SearchableVectors;
import io.aifs.vector.VectorQuery;
import java.io.IOException;
import java.util.List;

/**
 * The index of a space as searches hold it: whichever is in use when they ask. One that fails is
 * replaced; {@link IndexDamagedException} then says that there is none now.
 */
final class WatchedIndex implements SearchableVectors {
  private final SpaceIndex space;

  WatchedIndex(SpaceIndex space) {
    this.space = space;
  }

  private interface Use<T> {
    T of(FollowedIndex index) throws IOException;
  }

  @Override
  public IndexSpec spec() {
    return IndexBuilder.spec(space.space());
  }

  @Override
  public List<Hit> search(VectorQuery query) throws IOException {
    if (query.vector().length != spec().dimension()) {
      throw new IllegalArgumentException(
          "the vector has " + query.vector().length + " values, not " + spec().dimension());
    }
    return use(index -> index.search(query));
  }

  /** Lets searches that begin from now on see what is in it. */
  void refresh() throws IOException {
    var _ =
        use(
            index -> {
              index.refresh();
              return index;
            });
  }

  IndexStats stats() throws IOException {
    return use(FollowedIndex::stats);
  }

  private <T> T use(Use<T> use) throws IOException {
    while (true) {
      FollowedIndex index =
          space
              .current()
              .orElseThrow(
                  () -> new IndexDamagedException(space.label() + " is not there any more"));
      try {
        return use.of(index);
      } catch (FollowedIndex.ClosedException e) {
        if (space.current().filter(now -> now == index).isPresent()) {
          throw new IndexDamagedException("the store is being closed", e);
        } // else another is there in its place, or none
      } catch (IOException | RuntimeException e) {
        index.fail(e);
        throw new IndexDamagedException(space.label() + " failed: " + e.getMessage(), e);
      }
    }
  }
}
