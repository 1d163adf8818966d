package io.aifs.server.engine.search;

import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.vector.AssetNumbers;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The assets of trees that were searched last. Trees never change, so what is remembered is never
 * wrong; those that are not are derived from the nearest one, or walked. Two searches of the same
 * trees do that once. Bounded; thread-safe.
 */
final class RefSets {
  static final long BYTES_MAX = 64L << 20;

  /** More are not worth comparing with. */
  private static final int COUNT_MAX = 1_000;

  /** How many that are near are tried before a walk. */
  private static final int BASES = 2;

  /**
   * Trees by their content, which is all that counts here.
   *
   * @param unnamed that of no entries unless {@code path} is the root
   */
  private record Key(long namespace, Digest paths, Digest unnamed, TreePath path) {
    static Key of(NamespaceRow namespace, SnapshotRoots roots, TreePath path) {
      TreeRoot unnamed = path.isRoot() ? roots.unnamed() : TreeRoot.EMPTY;
      return new Key(namespace.number(), roots.paths().merkle(), unnamed.merkle(), path);
    }

    boolean isNear(Key other) {
      return namespace == other.namespace && path.equals(other.path);
    }
  }

  private final long bytesMax;

  /** In order of use, the least recent first. Guarded by itself. */
  private final LinkedHashMap<Key, RefAssets> held = new LinkedHashMap<>(16, 0.75f, true);

  private long bytes;
  private final Map<Key, CompletableFuture<RefAssets>> making = new ConcurrentHashMap<>();

  /**
   * @param bytesMax of all that is remembered
   */
  RefSets(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /**
   * The assets at and below a path of some trees.
   *
   * @param nodes where the trees are read
   * @param numbers numbers the assets of the namespace
   */
  RefAssets find(
      NamespaceRow namespace,
      SnapshotRoots roots,
      TreePath path,
      NodeSource nodes,
      AssetNumbers numbers) {
    Key key = Key.of(namespace, roots, path);
    Optional<RefAssets> known = held(key);
    if (known.isPresent()) {
      return known.get();
    }
    CompletableFuture<RefAssets> mine = new CompletableFuture<>();
    CompletableFuture<RefAssets> others = making.putIfAbsent(key, mine);
    if (others != null) {
      return await(others);
    }
    try {
      RefAssets made =
          held(key) // another may have been done meanwhile
              .orElseGet(() -> make(key, roots, new RefAssetsMaker(nodes, numbers)));
      hold(key, made);
      mine.complete(made);
      return made;
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      making.remove(key, mine);
      mine.cancel(false); // nobody is to wait for what an error ended
    }
  }

  private static RefAssets await(CompletableFuture<RefAssets> made) {
    try {
      return made.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private RefAssets make(Key key, SnapshotRoots roots, RefAssetsMaker maker) {
    for (RefAssets base : near(key, roots)) {
      Optional<RefAssets> derived = maker.derive(base, roots);
      if (derived.isPresent()) {
        return derived.get();
      }
    }
    return maker.walk(roots, key.path());
  }

  /** Those that are most alike in size, of equals the one that was used last. */
  private List<RefAssets> near(Key key, SnapshotRoots roots) {
    synchronized (held) {
      return held.entrySet().stream()
          .filter(entry -> entry.getKey().isNear(key))
          .map(Map.Entry::getValue)
          .toList()
          .reversed()
          .stream()
          .sorted(Comparator.comparingLong(other -> distance(other.roots(), roots)))
          .limit(BASES)
          .toList();
    }
  }

  private static long distance(SnapshotRoots one, SnapshotRoots other) {
    return Math.abs(one.paths().entries() - other.paths().entries())
        + Math.abs(one.unnamed().entries() - other.unnamed().entries());
  }

  private Optional<RefAssets> held(Key key) {
    synchronized (held) {
      return Optional.ofNullable(held.get(key));
    }
  }

  private void hold(Key key, RefAssets made) {
    synchronized (held) {
      RefAssets before = held.put(key, made);
      bytes += made.bytes() - (before == null ? 0 : before.bytes());
      var eldest = held.entrySet().iterator();
      while ((bytes > bytesMax || held.size() > COUNT_MAX) && eldest.hasNext()) {
        bytes -= eldest.next().getValue().bytes();
        eldest.remove();
      }
    }
  }

  /** Bytes of what is remembered now. */
  long bytes() {
    synchronized (held) {
      return bytes;
    }
  }
}
