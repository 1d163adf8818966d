package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.WriteRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Branches: made, moved, protected, deleted, and where they stood. Thread-safe. */
public final class RefService {
  private final Catalog catalog;
  private final Branches branches;
  private final BranchMoves moves;
  private final SnapshotService snapshots;
  private final Clock clock;

  RefService(
      Catalog catalog,
      Branches branches,
      BranchMoves moves,
      SnapshotService snapshots,
      Clock clock) {
    this.catalog = catalog;
    this.branches = branches;
    this.moves = moves;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * A branch.
   *
   * @param changed its working state holds what the snapshot does not
   */
  public record Branch(BranchRow row, boolean changed) {
    public SnapshotId head() {
      return Branches.head(row);
    }
  }

  /**
   * The branch; its snapshot verifies.
   *
   * @throws AifsException.NotFound if there is none
   * @throws AifsException.Corrupt if its snapshot is not what was signed
   */
  public Branch branch(NamespaceRow namespace, Name name) {
    return exposed(namespace, branches.require(namespace, name));
  }

  private Branch exposed(NamespaceRow namespace, BranchRow row) {
    snapshots.get(namespace, Branches.head(row));
    return new Branch(row, catalog.read(reader -> Branches.isChanged(reader, namespace, row)));
  }

  /** In order of name, those after {@code after}; all their snapshots verify. */
  public List<Branch> list(NamespaceRow namespace, Optional<Name> after, int limit) {
    branches.require(namespace, Name.MAIN_BRANCH);
    return catalog.read(reader -> reader.refs().branches(namespace.number(), after, limit)).stream()
        .map(row -> exposed(namespace, row))
        .toList();
  }

  /**
   * Makes a branch at a snapshot.
   *
   * @throws AifsException.AlreadyExists if the name is that of a branch, or ever was that of a tag
   * @throws AifsException.NotFound if there is no such snapshot
   */
  public Branch start(
      NamespaceRow namespace,
      Name name,
      SnapshotId at,
      Mover mover,
      Optional<WriteRequest> request) {
    MoveOrder order = new MoveOrder(name, Optional.of(at), Optional.empty(), mover);
    return done(namespace, moves.start(namespace, order, request));
  }

  /**
   * Makes a branch, or moves one wherever it stands, or if it stands at {@code expected}. Changes
   * of its working state are kept as a snapshot in its history.
   *
   * @throws AifsException.Conflict if it stands elsewhere
   * @throws AifsException.Precondition if it is protected
   */
  public Branch set(
      NamespaceRow namespace,
      Name name,
      SnapshotId to,
      Optional<SnapshotId> expected,
      Mover mover) {
    MoveOrder order = new MoveOrder(name, Optional.of(to), expected, mover);
    return done(namespace, moves.set(namespace, order));
  }

  /**
   * Moves a branch that stands at {@code expected}.
   *
   * @param force also if its working state holds changes: they are kept as a snapshot in its
   *     history
   * @throws AifsException.Conflict if it stands elsewhere, saying who moved it
   * @throws AifsException.Precondition if it is protected, or holds changes
   */
  public Branch move(
      NamespaceRow namespace,
      Name name,
      SnapshotId to,
      SnapshotId expected,
      boolean force,
      Mover mover,
      Optional<WriteRequest> request) {
    MoveOrder order = new MoveOrder(name, Optional.of(to), Optional.of(expected), mover);
    return done(namespace, moves.move(namespace, order, force, request));
  }

  /**
   * Deletes a branch and returns where it stood; its history stays.
   *
   * @param force also if its working state holds changes: they are kept as a snapshot in its
   *     history
   * @throws AifsException.Precondition if it is protected or {@code main}, or holds changes
   */
  public SnapshotId end(
      NamespaceRow namespace,
      Name name,
      boolean force,
      Mover mover,
      Optional<WriteRequest> request) {
    MoveOrder order = new MoveOrder(name, Optional.empty(), Optional.empty(), mover);
    return moves.move(namespace, order, force, request).from().orElseThrow();
  }

  /**
   * What a move left: of a move long ago, when a request is repeated, the branch as it was then.
   */
  private Branch done(NamespaceRow namespace, BranchMove move) {
    Optional<BranchRow> now = branches.find(namespace, move.branch());
    BranchRow then =
        new BranchRow(
            move.branch(),
            move.to(),
            now.map(BranchRow::createdAt).orElse(move.at()),
            move.at(),
            now.map(BranchRow::metadata).orElse(move.metadata()),
            now.map(BranchRow::guarded).orElse(false));
    return new Branch(then, false);
  }

  /** Protects a branch, or lifts that. */
  public Branch guard(NamespaceRow namespace, Name name, boolean guarded) {
    branches.require(namespace, name);
    Instant now = clock.instant();
    var _ =
        catalog.<Boolean>write(
            writer -> {
              if (writer.refs().branch(namespace.number(), name).isEmpty()) {
                throw Branches.notFound(namespace, name);
              }
              writer.refs().guard(namespace.number(), name, guarded);
              new HistoryEvents(writer, namespace, now)
                  .append(
                      HistoryEvents.REF_PROTECT,
                      Map.of("branch", name.value(), "protected", Boolean.toString(guarded)));
              return true;
            });
    return branch(namespace, name);
  }

  /**
   * Where a branch stood, newest first, also of a deleted one.
   *
   * @param before only moves before this position; empty for the first page
   * @throws AifsException.NotFound if there never was such a branch
   */
  public List<BranchMove> history(
      NamespaceRow namespace, Name name, Optional<Long> before, int limit) {
    if (name.equals(Name.MAIN_BRANCH)) {
      branches.require(namespace, name);
    }
    return catalog.read(
        reader -> {
          requireKnown(reader, namespace, name);
          return reader.refs().moves(namespace.number(), name, before, limit);
        });
  }

  private static void requireKnown(CatalogReader reader, NamespaceRow namespace, Name name) {
    if (reader.refs().firstMove(namespace.number(), name).isEmpty()) {
      throw new AifsException.NotFound(
          Reason.REF_NOT_FOUND,
          "'" + name + "' never was a branch of namespace " + namespace.name(),
          "'aifs branch list' shows the branches");
    }
  }
}
