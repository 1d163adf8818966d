package io.aifs.client.bundle;

import io.aifs.client.AifsClient;
import io.aifs.client.Transaction;
import io.aifs.client.bundle.ImportListener.Change;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Does what is planned: all of it appears at one instant. For one run. */
final class PlannedPut {
  private final AifsClient client;
  private final ImportOptions options;
  private final FileAttributes attributes;
  private final ImportListener listener;
  private int unchanged;

  /**
   * @param attributes of every path
   */
  PlannedPut(
      AifsClient client,
      ImportOptions options,
      FileAttributes attributes,
      ImportListener listener) {
    this.client = client;
    this.options = options;
    this.attributes = attributes;
    this.listener = listener;
  }

  /** Something that must hold before others see what was put. */
  interface Check {
    void run() throws IOException;
  }

  ImportReport run(ImportPlan plan, Check check) throws IOException {
    listener.planned(plan.assets(), plan.bytes());
    PathListing here =
        PathListing.of(client.tree(), Ref.ofBranch(options.branch()), options.path());
    ParentBundle parent = ParentBundle.of(client.tree(), options.parent());
    KnownAssets known =
        here.isEmpty() && parent.isEmpty()
            ? KnownAssets.NONE
            : KnownAssets.of(client.assets(), plan);
    try (Transaction transaction = client.transactions().begin()) {
      Staging staging = new Staging(transaction, options.branch(), attributes, listener);
      Placing placing = new Placing(staging, here, known);
      Optional<Placed> main = plan.main().map(asset -> placing.main(asset, parent));
      for (PlannedAsset tensor : plan.tensors()) {
        placing.tensor(tensor, main, plan.transform(), parent);
      }
      staging.flush();
      long removed = staging.remove(stale(plan, here));
      check.run();
      long version = staging.commit();
      return new ImportReport(
          main.map(Placed::id),
          plan.tensors().size(),
          plan.bytes(),
          unchanged,
          removed,
          staging.storedBytes(),
          version);
    }
  }

  /** Tensors of what was at the path before that are not of what is there now. */
  private static List<TreePath> stale(ImportPlan plan, PathListing here) {
    Set<TreePath> kept = new HashSet<>();
    plan.tensors().forEach(tensor -> kept.add(tensor.path()));
    return here.tensors().keySet().stream().filter(path -> !kept.contains(path)).toList();
  }

  private record Placed(Digest id, boolean isChanged) {}

  /** Gives each asset its path, by the least that has to be done. */
  private final class Placing {
    private final Staging staging;
    private final PathListing here;
    private final KnownAssets known;

    private Placing(Staging staging, PathListing here, KnownAssets known) {
      this.staging = staging;
      this.here = here;
      this.known = known;
    }

    private Placed main(PlannedAsset asset, ParentBundle parent) {
      Optional<Digest> expected = known.id(asset);
      List<ParentEdge> edges = parent.edgeOfMain(expected);
      if (known.has(asset)) {
        Digest id = expected.orElseThrow();
        boolean changed = name(asset, id);
        staging.addParents(id, edges);
        staging.flush();
        return new Placed(id, changed);
      }
      return new Placed(staging.put(asset, edges), true);
    }

    /** What the store has already may be an ancestor of what it is said to be made from. */
    private void tensor(
        PlannedAsset asset, Optional<Placed> main, String transform, ParentBundle parent)
        throws IOException {
      List<ParentEdge> ofMain =
          main.map(placed -> List.of(new ParentEdge(placed.id(), transform, ""))).orElse(List.of());
      if (known.has(asset)) {
        Digest id = known.id(asset).orElseThrow();
        boolean changed = name(asset, id);
        if (changed || main.map(Placed::isChanged).orElse(false)) {
          staging.addParents(id, ofMain);
        }
      } else {
        List<ParentEdge> edges = new ArrayList<>(parent.edge(asset.path(), known.id(asset)));
        edges.addAll(ofMain);
        staging.putSoon(asset, edges);
      }
    }

    /** Returns whether the path was another's. */
    private boolean name(PlannedAsset asset, Digest id) {
      Optional<TreeEntry.File> before =
          here.at(asset.path()).filter(file -> file.asset().equals(id));
      if (before.map(file -> file.attributes().equals(attributes)).orElse(false)) {
        unchanged++;
        listener.moved(asset.bytes());
        listener.staged(asset.path(), id, asset.bytes(), Change.NONE);
      } else {
        staging.name(asset, id);
      }
      return before.isEmpty();
    }
  }
}
