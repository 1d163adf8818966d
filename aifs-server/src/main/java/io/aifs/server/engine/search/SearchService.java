package io.aifs.server.engine.search;

import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.history.RefRoots;
import io.aifs.vector.Condition;
import io.aifs.vector.SearchableVectors;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Finds assets by vectors. An index says what is near, and the catalog whether it may be found;
 * with no index that is ready, or one that lags behind too far to fill an answer, every embedding
 * of the catalog is looked at. Thread-safe.
 */
public final class SearchService {
  private static final System.Logger LOG = System.getLogger(SearchService.class.getName());

  private final Catalog catalog;
  private final StoredVectors vectors;
  private final Indexes indexes;
  private final RefRoots refs;
  private final LongSupplier newest;
  private final RefSets sets = new RefSets(RefSets.BYTES_MAX);
  private final Targets targets;
  private final Recheck recheck;

  /**
   * @param chunks have what is embedded
   * @param refs finds the trees of refs
   * @param newest the newest version of the store
   */
  public SearchService(
      Catalog catalog, ChunkStores chunks, Indexes indexes, RefRoots refs, LongSupplier newest) {
    this.catalog = catalog;
    this.vectors = new StoredVectors(chunks);
    this.indexes = indexes;
    this.refs = refs;
    this.newest = newest;
    this.targets = new Targets(catalog, vectors);
    this.recheck = new Recheck(catalog, vectors);
  }

  /**
   * What a search does in which space.
   *
   * @param version that was the newest when the call began
   * @param conditions that must hold
   */
  private record Plan(
      SearchOrder order, SpaceRow space, long version, Optional<Condition> conditions) {}

  /**
   * Finds the nearest assets for each probe.
   *
   * @throws io.aifs.core.AifsException.NotFound if a space, ref or asset is not there
   * @throws io.aifs.core.AifsException.InvalidRequest if the order cannot be
   */
  public SearchAnswer search(NamespaceRow namespace, SearchOrder order) {
    return search(
        namespace,
        order,
        choice -> {
          OptionalInt dimension = Targets.dimension(order.probes());
          return order.space().isPresent()
              ? order.space().map(choice::named)
              : choice.unnamed(dimension);
        });
  }

  /**
   * The same as the first call did: in the space of the vectors that came with assets, which their
   * dimension names, else in the only one of the dimension. The order's space does not count.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest if no space has the dimension while there are
   *     others, or the order cannot be
   */
  public SearchAnswer searchByDimension(NamespaceRow namespace, SearchOrder order) {
    return search(
        namespace,
        order,
        choice -> {
          OptionalInt dimension = Targets.dimension(order.probes());
          return dimension.isPresent()
              ? choice.byDimension(dimension.getAsInt())
              : choice.unnamed(dimension);
        });
  }

  private SearchAnswer search(
      NamespaceRow namespace,
      SearchOrder order,
      Function<SpaceChoice, Optional<SpaceRow>> choosing) {
    OrderRules.check(order);
    Optional<Condition> where = ConditionParser.parseAll(order.where());
    long version = newest.getAsLong();
    Optional<RefAssets> within = within(namespace, order);
    List<SpaceRow> spaces = catalog.read(reader -> reader.embeddings().spaces(namespace.number()));
    return choosing
        .apply(new SpaceChoice(namespace, spaces))
        .map(
            space ->
                find(
                    namespace,
                    new Plan(order, space, version, withKinds(where, order.bounds())),
                    within))
        .orElseGet(() -> nothing(order, version));
  }

  /** Without any space. */
  private static SearchAnswer nothing(SearchOrder order, long version) {
    List<List<SearchAnswer.Found>> none = new ArrayList<>();
    order.probes().forEach(_ -> none.add(List.of()));
    return new SearchAnswer(Optional.empty(), none, true, version, IndexState.READY);
  }

  private static Optional<Condition> withKinds(
      Optional<Condition> where, SearchOrder.Bounds bounds) {
    List<Condition> all = new ArrayList<>();
    where.ifPresent(all::add);
    bounds
        .kinds()
        .ifPresent(
            kinds -> {
              Set<Integer> codes = new HashSet<>();
              kinds.stream().map(AssetKind::code).forEach(codes::add);
              all.add(new Condition.KindIn(codes));
            });
    return ConditionParser.all(all);
  }

  /** What is asked for by ref or path; empty for all that is visible. */
  private Optional<RefAssets> within(NamespaceRow namespace, SearchOrder order) {
    if (order.at().isEmpty() && order.path().isRoot() && order.bounds().known().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(held(namespace, order, order.path()));
  }

  /** What of the order's ref the caller may know of, to be named as a probe; empty for all. */
  private Optional<RefAssets> known(NamespaceRow namespace, SearchOrder order) {
    boolean isAsked = order.probes().stream().anyMatch(SearchOrder.Probe.Like.class::isInstance);
    return order
        .bounds()
        .known()
        .filter(_ -> isAsked)
        .map(known -> held(namespace, order, known.top()));
  }

  private RefAssets held(NamespaceRow namespace, SearchOrder order, TreePath path) {
    SnapshotRoots roots = refs.roots(namespace, order.at().orElse(Ref.MAIN));
    boolean unnamed = order.bounds().known().map(SearchOrder.Known::unnamed).orElse(true);
    return sets.find(
        namespace,
        unnamed ? roots : new SnapshotRoots(roots.paths(), TreeRoot.EMPTY),
        path,
        refs.nodes(namespace),
        indexes.numbers(namespace));
  }

  private SearchAnswer find(NamespaceRow namespace, Plan plan, Optional<RefAssets> within) {
    SearchOrder order = plan.order();
    Sought sought =
        new Sought(
            namespace,
            plan.space(),
            order.k(),
            order.effort(),
            order.least(),
            plan.conditions(),
            within.map(RefAssets::set),
            order.bounds().assets());
    Widening widening =
        new Widening(
            recheck,
            sought,
            targets.of(sought, order.probes(), order.bounds(), known(namespace, order)));
    IndexView view = indexes.view(namespace, plan.space(), plan.version(), order.freshness());
    boolean few = sought.only().isPresent(); // which are looked up faster than found
    long version = plan.version();
    if (view.index().isPresent() && !few) {
      askIndex(view.index().get(), widening, sought, order.exact());
      if (view.version() < plan.version()) {
        widening.reopenShort();
        version = widening.hasSettled() ? view.version() : version;
      }
    }
    if (!widening.isSettled()) {
      askCatalog(widening, sought);
    }
    List<Widening.Settled> settled = widening.settled();
    return new SearchAnswer(
        Optional.of(plan.space().space()),
        withPaths(namespace, settled, within),
        settled.stream().allMatch(Widening.Settled::exact),
        version,
        view.state());
  }

  private static void askIndex(
      SearchableVectors index, Widening widening, Sought sought, boolean exact) {
    try {
      widening.ask(new IndexHits(index, sought), exact);
    } catch (IOException e) {
      // It was lost or dropped under way; whoever keeps it finds out why.
      LOG.log(
          Level.WARNING,
          "a search of space "
              + sought.spaceName()
              + " goes on without its index: "
              + e.getMessage());
    }
  }

  private void askCatalog(Widening widening, Sought sought) {
    try {
      widening.ask(new CatalogHits(catalog, vectors, sought), true);
    } catch (IOException e) {
      throw new IllegalStateException("the catalog threw what it does not", e);
    }
  }

  private List<List<SearchAnswer.Found>> withPaths(
      NamespaceRow namespace, List<Widening.Settled> settled, Optional<RefAssets> within) {
    Set<Digest> ids = new HashSet<>();
    settled.forEach(one -> one.hits().forEach(hit -> ids.add(hit.asset().id())));
    Map<Digest, TreePath> paths =
        within.map(assets -> HitPaths.find(refs.nodes(namespace), assets, ids)).orElse(Map.of());
    List<List<SearchAnswer.Found>> results = new ArrayList<>();
    for (Widening.Settled one : settled) {
      List<SearchAnswer.Found> found = new ArrayList<>();
      for (Recheck.Checked hit : one.hits()) {
        Optional<TreePath> path = Optional.ofNullable(paths.get(hit.asset().id()));
        found.add(new SearchAnswer.Found(hit.asset(), hit.score(), hit.part(), path));
      }
      results.add(List.copyOf(found));
    }
    return results;
  }
}
