package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.NumberPlace;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.chunk.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * For chunks of numbers of one content that is put: the chunks of its parents that should be much
 * like them, which are those at the same places of regions of the same names. Parents are looked at
 * when the first such chunk comes. One that does not read, or has no numbers, is passed over: it
 * never fails the put. Not thread-safe.
 */
final class TensorBases {
  private static final System.Logger LOG = System.getLogger(TensorBases.class.getName());

  /** Further parents are not looked at. */
  static final int PARENTS_MAX = 4;

  private final List<Digest> parents;
  private final Function<Digest, ContentReader> source;
  private final RegionFinder finder;
  private final ChunkerParameters rules;
  private @Nullable List<ParentTensors> opened;

  /**
   * @param parents of what is put, and all that the caller may read
   * @param source opens an asset; an {@link AifsException} for one that is not there
   * @param rules by which content is cut
   */
  TensorBases(
      List<ParentEdge> parents,
      Function<Digest, ContentReader> source,
      RegionFinder finder,
      ChunkerParameters rules) {
    this.parents = parents.stream().map(ParentEdge::parent).distinct().limit(PARENTS_MAX).toList();
    this.source = source;
    this.finder = finder;
    this.rules = rules;
  }

  /** What the store is told of a chunk. */
  Optional<Chunk.Numbers> numbers(Optional<NumberPlace> place, Digest digest, int length) {
    return place.map(at -> new Chunk.Numbers(at.region().width(), base(at, digest, length)));
  }

  /** A base for a chunk; never itself. */
  private Optional<Digest> base(NumberPlace place, Digest digest, int length) {
    Iterator<ParentTensors> candidates = parents().iterator();
    while (candidates.hasNext()) {
      try {
        Optional<Digest> found = candidates.next().chunk(place, length);
        if (found.isPresent()) {
          return found.filter(base -> !base.equals(digest));
        }
      } catch (IOException | AifsException e) {
        passOver(e);
        candidates.remove();
      }
    }
    return Optional.empty();
  }

  private List<ParentTensors> parents() {
    List<ParentTensors> there = opened;
    if (there == null) {
      there = new ArrayList<>();
      for (Digest parent : parents) {
        open(parent).ifPresent(there::add);
      }
      opened = there;
    }
    return there;
  }

  private Optional<ParentTensors> open(Digest parent) {
    try {
      return Optional.of(ParentTensors.open(source.apply(parent), finder, rules))
          .filter(tensors -> !tensors.isEmpty());
    } catch (IOException | AifsException e) {
      passOver(e);
      return Optional.empty();
    }
  }

  private static void passOver(Exception e) {
    LOG.log(System.Logger.Level.DEBUG, "a parent gives no base: " + e.getMessage());
  }
}
