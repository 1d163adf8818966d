package io.aifs.server.engine.search;

import static java.util.Objects.requireNonNull;

import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What to find.
 *
 * @param space empty: the namespace's one, or the one that has the probes' dimension
 * @param k how many assets for each probe
 * @param effort candidates of the graph search; 0 leaves it to the server
 * @param least lower scores are left out
 * @param where conditions as {@code docs/format/filter.md} describes them; all must hold
 * @param at only what this ref holds; empty: all that is visible
 * @param path only what has a path at or below it, in {@code at} or branch main; the root for all
 * @param freshness how long to wait for the index to have what was written before the call
 * @param bounds what the caller may see
 */
public record SearchOrder(
    Optional<Name> space,
    List<Probe> probes,
    int k,
    int effort,
    boolean exact,
    OptionalDouble least,
    List<String> where,
    Optional<Ref> at,
    TreePath path,
    Duration freshness,
    Bounds bounds) {
  public SearchOrder {
    requireNonNull(space, "space is null");
    probes = List.copyOf(probes);
    requireNonNull(least, "least is null");
    where = List.copyOf(where);
    requireNonNull(at, "at is null");
    requireNonNull(path, "path is null");
    requireNonNull(freshness, "freshness is null");
    requireNonNull(bounds, "bounds is null");
  }

  /** What to look for. */
  public sealed interface Probe {
    /** Near this vector: little-endian float32 values. */
    @SuppressWarnings("ArrayRecordComponent") // a request, never compared
    record Near(byte[] vector) implements Probe {}

    /**
     * Like this asset, which is not found itself.
     *
     * @param part which of its embeddings; empty for the whole, or the first
     */
    record Like(Digest asset, String part) implements Probe {}
  }

  /**
   * What a caller may see of what is there; empty for all.
   *
   * @param kinds only these
   * @param assets only these
   * @param known the part of the order's ref that the caller may know of; empty for a caller who
   *     may know of all of the namespace, as far as kinds and assets go
   */
  public record Bounds(
      Optional<Set<AssetKind>> kinds, Optional<Set<Digest>> assets, Optional<Known> known) {
    public static final Bounds NONE = new Bounds(Optional.empty(), Optional.empty());

    public Bounds {
      kinds = kinds.map(Set::copyOf);
      assets = assets.map(Set::copyOf);
      requireNonNull(known, "known is null");
    }

    public Bounds(Optional<Set<AssetKind>> kinds, Optional<Set<Digest>> assets) {
      this(kinds, assets, Optional.empty());
    }
  }

  /**
   * A part of a ref. What is outside is not found, and is not there for {@link Probe.Like}.
   *
   * @param top only what has a path at or below it
   * @param unnamed whether also what the ref holds without a path, if {@code top} is the root
   */
  public record Known(TreePath top, boolean unnamed) {
    public Known {
      requireNonNull(top, "top is null");
    }
  }
}
