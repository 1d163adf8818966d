package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What to find.
 *
 * @param space empty: the namespace's one, or the one that has the probes' dimension
 * @param probes at most {@link io.aifs.core.Limits#SEARCH_QUERIES_MAX}
 * @param k how many assets for each probe; 0 means 10
 * @param effort candidates that a graph search keeps: more find better and take longer; 0 leaves it
 *     to the server
 * @param exact whether to look at every vector that may be found
 * @param least lower scores are left out
 * @param where conditions that all must hold, such as {@code lang=en}
 * @param at only what this ref holds; empty: all that is visible
 * @param path only what has a path at or below it, in {@code at} or branch main; the root for all
 * @param metadata whether hits carry what is known of their assets
 * @param freshness how long to wait for what was written before; zero for the server's wait
 */
public record SearchRequest(
    Optional<Name> space,
    List<Search.Probe> probes,
    int k,
    int effort,
    boolean exact,
    OptionalDouble least,
    List<String> where,
    Optional<Ref> at,
    TreePath path,
    boolean metadata,
    Duration freshness) {
  public SearchRequest {
    requireNonNull(space, "space is null");
    probes = List.copyOf(probes);
    requireNonNull(least, "least is null");
    where = List.copyOf(where);
    requireNonNull(at, "at is null");
    requireNonNull(path, "path is null");
    requireNonNull(freshness, "freshness is null");
  }

  /** Ten assets for each probe, of all that are visible. */
  public static SearchRequest of(List<Search.Probe> probes) {
    return new SearchRequest(
        Optional.empty(),
        probes,
        0,
        0,
        false,
        OptionalDouble.empty(),
        List.of(),
        Optional.empty(),
        TreePath.ROOT,
        false,
        Duration.ZERO);
  }

  /** The same near one vector. */
  public static SearchRequest near(float... vector) {
    return of(List.of(new Search.Probe.Near(vector)));
  }

  /** The same for another number of assets. */
  public SearchRequest withK(int count) {
    return new SearchRequest(
        space, probes, count, effort, exact, least, where, at, path, metadata, freshness);
  }

  /** The same in a certain space. */
  public SearchRequest in(Name name) {
    return new SearchRequest(
        Optional.of(name), probes, k, effort, exact, least, where, at, path, metadata, freshness);
  }

  /** The same, looking at every vector. */
  public SearchRequest exactly() {
    return new SearchRequest(
        space, probes, k, effort, true, least, where, at, path, metadata, freshness);
  }
}
