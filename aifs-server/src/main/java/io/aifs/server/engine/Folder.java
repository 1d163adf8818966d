package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.catalog.WorkingState;
import io.aifs.server.catalog.WorkingTree;
import io.aifs.server.engine.tree.Folding;
import io.aifs.server.engine.tree.TreeFold;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes tree nodes of overlays: when it is asked to, and by itself when an overlay has grown. Folds
 * of one branch take turns; everyone else reads and writes meanwhile.
 */
public final class Folder implements Folding {
  /** An overlay is folded when it has so many rows: what is moved row by row stays short. */
  public static final int ROWS_MAX = 16_384;

  private static final int DROPPED_AT_A_TIME = 10_000;
  private static final System.Logger LOG = System.getLogger(Folder.class.getName());

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final TreeNodes nodes;
  private final Pins pins;
  private final Executor workers;
  private final int rowsMax;
  private final ConcurrentHashMap<Branch, Turn> turns = new ConcurrentHashMap<>();

  private record Branch(long namespace, Name name) {}

  /** One fold at a time, and how many rows an overlay may have got since one was thought of. */
  private static final class Turn {
    private final ReentrantLock lock = new ReentrantLock();
    private long rowsSince = ROWS_MAX; // there may be as many from before this process
    private boolean scheduled;
  }

  /**
   * @param workers run folds that nobody waits for
   * @param rowsMax an overlay with so many rows is folded without being asked
   */
  public Folder(
      Catalog catalog,
      ChunkStores chunkStores,
      TreeNodes nodes,
      Pins pins,
      Executor workers,
      int rowsMax) {
    this.rowsMax = rowsMax;
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.nodes = nodes;
    this.pins = pins;
    this.workers = workers;
  }

  @Override
  public SnapshotRoots fold(NamespaceRow namespace, Name branch) {
    Turn turn = turn(namespace, branch);
    turn.lock.lock();
    try {
      return foldAlone(namespace, branch);
    } finally {
      turn.lock.unlock();
    }
  }

  /** Says that rows were put into the overlays of a branch; folds in the background if many are. */
  public void changed(NamespaceRow namespace, Name branch, long rows) {
    Turn turn = turn(namespace, branch);
    synchronized (turn) {
      turn.rowsSince += rows;
      if (turn.rowsSince < rowsMax || turn.scheduled) {
        return;
      }
      turn.scheduled = true;
      turn.rowsSince = 0;
    }
    workers.execute(() -> foldIfLarge(namespace, branch, turn));
  }

  private Turn turn(NamespaceRow namespace, Name branch) {
    return turns.computeIfAbsent(new Branch(namespace.number(), branch), _ -> new Turn());
  }

  private void foldIfLarge(NamespaceRow namespace, Name branch, Turn turn) {
    try {
      if (catalog.read(reader -> isLarge(reader, namespace, branch))) {
        var _ = fold(namespace, branch);
      }
    } catch (AifsException e) {
      LOG.log(System.Logger.Level.DEBUG, "a fold waits for the next: " + e.getMessage());
    } finally {
      synchronized (turn) {
        turn.scheduled = false;
      }
    }
  }

  private boolean isLarge(CatalogReader reader, NamespaceRow namespace, Name branch) {
    for (TreePart part : TreePart.values()) {
      Optional<WorkingTree> tree = reader.working().tree(namespace.number(), branch, part);
      if (tree.isPresent() && reader.working().rowCount(tree.get().layer(), rowsMax) >= rowsMax) {
        return true;
      }
    }
    return false;
  }

  private SnapshotRoots foldAlone(NamespaceRow namespace, Name branch) {
    WorkingState state = catalog.read(reader -> requireState(reader, namespace, branch));
    if (!state.changed()) {
      return state.roots();
    }
    Optional<SnapshotRoots> roots = Optional.empty();
    while (roots.isEmpty()) {
      // What was frozen before, by a fold that was cut off, lacks what came since.
      Optional<SnapshotRoots> unused = commit(namespace, frozen(namespace, branch));
      roots = unused.isEmpty() ? unused : commit(namespace, freeze(namespace, branch));
    }
    workers.execute(this::dropLeftOver);
    return roots.get();
  }

  /** Nobody reads rows of layers that are folded: nobody waits for them to go. */
  private void dropLeftOver() {
    try {
      while (catalog.write(writer -> writer.working().dropLeftOver(DROPPED_AT_A_TIME))
          == DROPPED_AT_A_TIME) {
        // In slices, for others write too.
      }
    } catch (AifsException e) {
      LOG.log(
          System.Logger.Level.DEBUG, "rows of a folded layer go with the next: " + e.getMessage());
    }
  }

  private static WorkingState requireState(
      CatalogReader reader, NamespaceRow namespace, Name branch) {
    return reader
        .tree()
        .state(namespace.number(), branch)
        .orElseThrow(
            () ->
                new AifsException.NotFound(
                    Reason.REF_NOT_FOUND,
                    "branch '" + branch + "' is not in namespace '" + namespace.name() + "'",
                    "'aifs branch list' shows the branches"));
  }

  private List<WorkingTree> frozen(NamespaceRow namespace, Name branch) {
    return catalog.read(
        reader -> {
          var _ = requireState(reader, namespace, branch);
          List<WorkingTree> trees = new ArrayList<>();
          for (TreePart part : TreePart.values()) {
            trees.add(reader.working().tree(namespace.number(), branch, part).orElseThrow());
          }
          return trees;
        });
  }

  private List<WorkingTree> freeze(NamespaceRow namespace, Name branch) {
    return catalog.write(
        writer -> {
          var _ = requireState(writer, namespace, branch);
          List<WorkingTree> trees = new ArrayList<>();
          for (TreePart part : TreePart.values()) {
            trees.add(writer.working().freeze(namespace.number(), branch, part));
          }
          return trees;
        });
  }

  /** Folds what is frozen; empty if the branch was reset meanwhile, and nothing has changed. */
  private Optional<SnapshotRoots> commit(NamespaceRow namespace, List<WorkingTree> trees) {
    if (trees.stream().allMatch(tree -> tree.frozen().isEmpty())) {
      return Optional.of(new SnapshotRoots(trees.get(0).root(), trees.get(1).root()));
    }
    try (Pins.Pin _ = pins.open()) {
      DurablePut durable = new DurablePut(chunkStores.of(namespace.domain()));
      TreeFold fold = new TreeFold(catalog, nodes.of(namespace.domain()), durable.store());
      List<TreeRoot> roots = new ArrayList<>();
      for (WorkingTree tree : trees) {
        roots.add(tree.frozen().isEmpty() ? tree.root() : fold.apply(tree));
      }
      List<LivePack> packs = durable.sync();
      boolean done =
          catalog.write(
              writer -> {
                writer.ledger().commit(packs, List.of());
                boolean all = true;
                for (int i = 0; i < trees.size(); i++) {
                  WorkingTree tree = trees.get(i);
                  all &=
                      tree.frozen().isEmpty()
                          || writer
                              .working()
                              .folded(
                                  namespace.number(),
                                  tree.branch(),
                                  tree.part(),
                                  tree.frozen().getAsLong(),
                                  roots.get(i));
                }
                return all;
              });
      durable.store().recorded(packs);
      return done ? Optional.of(new SnapshotRoots(roots.get(0), roots.get(1))) : Optional.empty();
    } catch (IOException e) {
      throw Failures.translate("writing tree nodes failed", e);
    }
  }
}
