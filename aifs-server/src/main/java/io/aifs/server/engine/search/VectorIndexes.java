package io.aifs.server.engine.search;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.event.EventSignal;
import io.aifs.server.vector.IndexFolders;
import io.aifs.vector.AssetNumbers;
import io.aifs.vector.IndexStats;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The indexes of a store, which follow the outbox by themselves. One that nobody asked about is
 * opened after {@link #start} only. Thread-safe.
 */
public final class VectorIndexes implements Indexes, AutoCloseable {
  private static final int NAMESPACES_AT_A_TIME = 1_000;

  /** How long a status waits for an index that is being opened. */
  private static final Duration STATUS_PATIENCE = Duration.ofSeconds(2);

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final IndexFolders folders;
  private final IndexFactory factory;
  private final EventSignal events;
  private final IndexTuning tuning;
  private final IndexWork work = new IndexWork();
  private final LongConsumer listener = this::written;
  private final Map<Long, NamespaceIndexes> namespaces = new ConcurrentHashMap<>();

  /** Numbers of namespaces without indexes that have news. */
  private final Set<Long> toCheck = ConcurrentHashMap.newKeySet();

  private volatile boolean started;

  /**
   * @param folders where indexes rest
   * @param events told of every write of {@code catalog}
   */
  public VectorIndexes(
      Catalog catalog,
      ChunkStores chunkStores,
      IndexFolders folders,
      IndexFactory factory,
      EventSignal events,
      IndexTuning tuning) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.folders = folders;
    this.factory = factory;
    this.events = events;
    this.tuning = tuning;
    events.listen(listener);
  }

  /** Opens what was there, in the background. Call once. */
  public void start() {
    started = true;
    work.open(() -> namespaces().forEach(this::openSpaces));
  }

  private void openSpaces(NamespaceRow namespace) {
    List<SpaceRow> spaces = catalog.read(reader -> reader.embeddings().spaces(namespace.number()));
    if (!spaces.isEmpty()) {
      of(namespace).appeared(spaces);
    }
  }

  /** On the thread that wrote. */
  private void written(long number) {
    NamespaceIndexes known = namespaces.get(number);
    if (known != null) {
      known.follower().wake();
    } else if (started && toCheck.add(number)) {
      work.later(tuning.checkSpaces(), () -> check(number));
    }
  }

  private void check(long number) {
    toCheck.remove(number);
    if (!catalog.read(reader -> reader.embeddings().spaces(number)).isEmpty()) {
      namespaces().stream().filter(row -> row.number() == number).forEach(this::openSpaces);
    }
  }

  private List<NamespaceRow> namespaces() {
    List<NamespaceRow> all = new ArrayList<>();
    Optional<Name> after = Optional.empty();
    while (true) {
      Optional<Name> from = after;
      List<NamespaceRow> page =
          catalog.read(reader -> reader.namespaces().list(from, NAMESPACES_AT_A_TIME));
      all.addAll(page);
      if (page.size() < NAMESPACES_AT_A_TIME) {
        return all;
      }
      after = Optional.of(page.getLast().name());
    }
  }

  private NamespaceIndexes of(NamespaceRow namespace) {
    NamespaceIndexes known = namespaces.get(namespace.number());
    return known != null
        ? known
        : namespaces.computeIfAbsent(namespace.number(), _ -> open(namespace));
  }

  private NamespaceIndexes open(NamespaceRow namespace) {
    NamespaceIndexes opened =
        new NamespaceIndexes(
            new EmbeddingSource(catalog, chunkStores, namespace), folders, factory, work, tuning);
    if (!work.closing()) {
      opened.start();
    }
    return opened;
  }

  /**
   * The index of a space, once it has what was written up to {@code version} or {@code patience} is
   * over; refreshed. Its searches throw {@link io.aifs.vector.IndexDamagedException} if it is lost
   * meanwhile: then, and if there is none, every vector is to be looked at.
   */
  @Override
  public IndexView view(NamespaceRow namespace, SpaceRow space, long version, Duration patience) {
    if (work.closing()) {
      return new IndexView(IndexState.BUILDING, Optional.empty(), version);
    }
    long deadline = System.nanoTime() + patience.toNanos();
    NamespaceIndexes all = of(namespace);
    SpaceIndex index = all.of(space.space());
    if (index.awaitOpened(deadline).isPresent()) {
      var _ = all.follower().await(version, deadline, () -> index.current().isPresent());
      Optional<FollowedIndex> current = index.current();
      if (current.isPresent()) {
        long reached = all.follower().reached(); // before the refresh, which shows at least that
        try {
          WatchedIndex watched = new WatchedIndex(index);
          watched.refresh();
          return new IndexView(IndexState.READY, Optional.of(watched), reached);
        } catch (IOException _) {
          // it is lost now
        }
      }
    }
    IndexState state = index.state();
    return new IndexView(
        state == IndexState.READY ? IndexState.BUILDING : state, Optional.empty(), version);
  }

  /** {@inheritDoc} */
  @Override
  public AssetNumbers numbers(NamespaceRow namespace) {
    return of(namespace).numbers();
  }

  public IndexStatus status(NamespaceRow namespace, SpaceRow space) {
    NamespaceIndexes all = of(namespace);
    SpaceIndex index = all.of(space.space());
    Optional<IndexStats> stats = Optional.empty();
    if (index.awaitOpened(System.nanoTime() + STATUS_PATIENCE.toNanos()).isPresent()) {
      try {
        WatchedIndex watched = new WatchedIndex(index);
        watched.refresh();
        stats = Optional.of(watched.stats());
      } catch (IOException _) {
        // it is lost now, which its state tells
      }
    }
    long version = stats.isPresent() ? all.follower().reached() : 0;
    IndexState state = index.state();
    return new IndexStatus(
        stats.isEmpty() && state == IndexState.READY ? IndexState.BUILDING : state,
        stats,
        version,
        index.lastDamage());
  }

  /**
   * Builds an index from the catalog, in place of the one there. Returns when it is ready. If it is
   * being built already, waits for that.
   *
   * @param listener told on this thread
   * @throws io.aifs.core.AifsException if it could not be built, or was dropped meanwhile
   */
  public IndexStatus build(NamespaceRow namespace, SpaceRow space, BuildListener listener) {
    SpaceIndex index = of(namespace).of(space.space());
    index.requestBuild().await(listener);
    return status(namespace, space);
  }

  /**
   * Removes an index until it is built, also after a restart.
   *
   * @throws io.aifs.core.AifsException if that cannot be written
   */
  public void drop(NamespaceRow namespace, SpaceRow space) {
    of(namespace).of(space.space()).drop();
  }

  /**
   * Compares indexes that are open with the catalog, and reads what is at rest of all. Those that
   * are being built or were dropped are left alone.
   *
   * @param repair have what is damaged built again; returns when it is
   */
  public void check(boolean repair, Consumer<Finding> findings) {
    for (NamespaceRow namespace : namespaces()) {
      for (SpaceRow space :
          catalog.read(reader -> reader.embeddings().spaces(namespace.number()))) {
        try {
          check(namespace, space).ifPresent(found -> findings.accept(mended(repair, found)));
        } catch (IOException | AifsException e) {
          findings.accept(
              new Finding(
                  Finding.Severity.WARNING,
                  "index-unreadable",
                  named(namespace, space) + " cannot be checked: " + e.getMessage(),
                  "look at the other findings and at the disk; searches look at every vector"));
        }
      }
    }
  }

  /** Something wrong with an index. */
  private record Wrong(NamespaceRow namespace, SpaceRow space, String code, String what) {}

  private Optional<Wrong> check(NamespaceRow namespace, SpaceRow space) throws IOException {
    String name = space.space().name().value();
    Optional<NamespaceIndexes> all = Optional.ofNullable(namespaces.get(namespace.number()));
    Optional<SpaceIndex> known = all.flatMap(indexes -> indexes.known(name));
    Optional<FollowedIndex> open = known.flatMap(SpaceIndex::current);
    if (open.isPresent()) {
      Optional<String> damage = IndexCheck.atRest(open.get());
      if (damage.isPresent()) {
        return damage.map(what -> new Wrong(namespace, space, "index-damaged", what));
      }
      return IndexCheck.difference(all.orElseThrow(), known.orElseThrow())
          .map(found -> new Wrong(namespace, space, found.code(), found.what()));
    }
    if (known.isPresent()) {
      return Optional.empty(); // it is being opened or built, or was dropped
    }
    return IndexCheck.atRest(folders.of(namespace.domain(), namespace.number(), name))
        .map(what -> new Wrong(namespace, space, "index-damaged", what));
  }

  private Finding mended(boolean repair, Wrong wrong) {
    if (wrong.code().equals(IndexCheck.UNUSABLE)) {
      return new Finding(
          Finding.Severity.WARNING,
          wrong.code(),
          named(wrong.namespace(), wrong.space()) + ": " + wrong.what(),
          "put these embeddings again; 'aifs verify' names assets whose chunks are damaged");
    }
    if (repair) {
      var _ = build(wrong.namespace(), wrong.space(), (_, _) -> {});
    }
    return new Finding(
            Finding.Severity.WARNING,
            wrong.code(),
            named(wrong.namespace(), wrong.space()) + ": " + wrong.what(),
            "'aifs fsck --repair' or 'aifs index build' builds it again; no data is touched")
        .with(Finding.Fix.REBUILD_INDEX, repair);
  }

  private static String named(NamespaceRow namespace, SpaceRow space) {
    return "the vector index of space " + space.space().name() + " of " + namespace.name();
  }

  /** Ends builds, makes indexes durable, and frees their memory. */
  @Override
  public void close() {
    events.forget(listener);
    work.stop();
    namespaces.values().forEach(NamespaceIndexes::cancel);
    work.close();
    namespaces.values().forEach(NamespaceIndexes::close);
  }
}
