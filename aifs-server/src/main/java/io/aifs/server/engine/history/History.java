package io.aifs.server.engine.history;

import io.aifs.server.catalog.Catalog;
import io.aifs.server.engine.tree.Folding;
import java.time.Clock;

/** The services of snapshots and refs. */
public record History(
    SnapshotService snapshots,
    RefService refs,
    TagService tags,
    RefResolver resolver,
    SnapshotVerification verification) {
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
        new SnapshotService(catalog, branches, maker, verification, folding, clock);
    BranchMoves moves = new BranchMoves(catalog, branches, maker, snapshots, folding, clock);
    return new History(
        snapshots,
        new RefService(catalog, branches, moves, snapshots),
        new TagService(catalog, snapshots, clock),
        new RefResolver(catalog, branches, snapshots),
        verification);
  }
}
