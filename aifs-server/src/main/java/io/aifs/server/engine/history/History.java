package io.aifs.server.engine.history;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.engine.tree.Folding;
import java.time.Clock;

/** The services of snapshots and refs. */
public record History(
    SnapshotService snapshots,
    AssetSnapshots assets,
    SnapshotChecks checks,
    RefService refs,
    TagService tags,
    RefResolver resolver,
    LogService log,
    DiffService diff,
    MergeService merges,
    CheckoutService checkouts,
    SnapshotVerification verification) {
  /**
   * Makes the services.
   *
   * @param folding makes trees of working states
   */
  public static History of(
      Catalog catalog,
      SnapshotKeys keys,
      TreeStorage trees,
      Folding folding,
      String storeId,
      Clock clock) {
    SnapshotVerification verification = new SnapshotVerification(keys, storeId);
    SnapshotMaker maker = new SnapshotMaker(catalog, keys, storeId, clock);
    Branches branches = new Branches(catalog, maker, clock);
    SnapshotService snapshots =
        new SnapshotService(catalog, branches, maker, verification, folding, trees, clock);
    BranchMoves moves = new BranchMoves(catalog, branches, maker, snapshots, folding, clock);
    RefResolver resolver = new RefResolver(catalog, branches, snapshots);
    return new History(
        snapshots,
        new AssetSnapshots(catalog, maker, trees, clock),
        new SnapshotChecks(catalog, snapshots, verification, trees),
        new RefService(catalog, branches, moves, snapshots, clock),
        new TagService(catalog, snapshots, clock),
        resolver,
        new LogService(catalog, snapshots, verification, trees),
        new DiffService(resolver, folding, trees),
        new MergeService(catalog, branches, maker, snapshots, resolver, trees, clock),
        new CheckoutService(catalog, branches, resolver, folding, trees, clock),
        verification);
  }
}
