package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.catalog.WorkingState;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.tree.Folding;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Moves branches by compare-and-set, working states with them. Each attempt looks, prepares outside
 * any transaction, and counts only if in its one catalog write everything still is as it was seen.
 * Thread-safe.
 */
final class BranchMoves {
  private static final int ATTEMPTS_MAX = 1_000;
  private static final String KEPT = "kept before the branch moved";

  private final Catalog catalog;
  private final Branches branches;
  private final SnapshotMaker maker;
  private final SnapshotService snapshots;
  private final Folding folding;
  private final Clock clock;

  BranchMoves(
      Catalog catalog,
      Branches branches,
      SnapshotMaker maker,
      SnapshotService snapshots,
      Folding folding,
      Clock clock) {
    this.catalog = catalog;
    this.branches = branches;
    this.maker = maker;
    this.snapshots = snapshots;
    this.folding = folding;
    this.clock = clock;
  }

  /** What may be there already. */
  record Rules(boolean start, boolean set, boolean force) {}

  BranchMove start(NamespaceRow namespace, MoveOrder order, Optional<WriteRequest> request) {
    return move(namespace, order, new Rules(true, false, false), request);
  }

  BranchMove set(NamespaceRow namespace, MoveOrder order) {
    return move(namespace, order, new Rules(false, true, true), Optional.empty());
  }

  BranchMove move(
      NamespaceRow namespace, MoveOrder order, boolean force, Optional<WriteRequest> request) {
    return move(namespace, order, new Rules(false, false, force), request);
  }

  private BranchMove move(
      NamespaceRow namespace, MoveOrder order, Rules rules, Optional<WriteRequest> request) {
    Optional<String> kept = request.flatMap(one -> catalog.read(one::keptOutcome));
    if (kept.isPresent()) {
      return catalog.read(reader -> moveOf(reader, namespace, order.branch(), kept.get()));
    }
    Optional<VerifiedSnapshot> target = order.to().map(to -> snapshots.get(namespace, to));
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Seen seen = look(namespace, order, rules);
      Optional<VerifiedSnapshot> saved =
          seen.changed() ? Optional.of(save(namespace, order, seen)) : Optional.empty();
      Optional<BranchMove> done =
          catalog.write(
              writer -> {
                Optional<String> first = request.flatMap(one -> one.keptOutcome(writer));
                if (first.isPresent()) {
                  return first.map(line -> moveOf(writer, namespace, order.branch(), line));
                }
                requireAllowed(writer, namespace, order, rules);
                return apply(writer, namespace, order, target, seen, saved)
                    .map(move -> keep(writer, request, namespace, move));
              });
      if (done.isPresent()) {
        return done.get();
      }
    }
    throw SnapshotService.overtaken(order.branch());
  }

  private BranchMove keep(
      CatalogWriter writer,
      Optional<WriteRequest> request,
      NamespaceRow namespace,
      BranchMove move) {
    return WriteRequest.once(
        request,
        writer,
        clock.instant(),
        one -> Long.toString(one.sequence()),
        line -> moveOf(writer, namespace, move.branch(), line),
        () -> move);
  }

  /** The move that was kept for a request, by its sequence. */
  private static BranchMove moveOf(
      CatalogReader reader, NamespaceRow namespace, Name branch, String sequence) {
    return reader
        .refs()
        .moves(namespace.number(), branch, Optional.of(Long.parseLong(sequence) + 1), 1)
        .getFirst();
  }

  /**
   * A branch before it is moved.
   *
   * @param changed its working state holds what must be saved
   * @param roots what the working state is, once it is saved; empty if there is no branch
   */
  private record Seen(Optional<BranchRow> branch, boolean changed, Optional<SnapshotRoots> roots) {}

  private Seen look(NamespaceRow namespace, MoveOrder order, Rules rules) {
    Optional<BranchRow> branch = branches.find(namespace, order.branch());
    Seen seen =
        catalog.read(
            reader -> {
              requireAllowed(reader, namespace, order, rules);
              boolean changed =
                  branch.isPresent() && Branches.isChanged(reader, namespace, branch.get());
              return new Seen(branch, changed, roots(reader, namespace, order.branch()));
            });
    if (seen.changed() && !rules.force()) {
      throw unsaved(order.branch());
    }
    return seen.changed()
        ? new Seen(branch, true, Optional.of(folding.fold(namespace, order.branch())))
        : seen;
  }

  private static Optional<SnapshotRoots> roots(
      CatalogReader reader, NamespaceRow namespace, Name branch) {
    return reader.tree().state(namespace.number(), branch).map(WorkingState::roots);
  }

  private VerifiedSnapshot save(NamespaceRow namespace, MoveOrder order, Seen seen) {
    return maker.make(
        namespace,
        new SnapshotDraft(
            seen.roots().orElseThrow(),
            seen.branch().flatMap(BranchRow::head).stream().toList(),
            "",
            KEPT,
            Map.of("moved_by", order.mover().who())));
  }

  /** The move, unless something is not as it was seen. */
  private Optional<BranchMove> apply(
      CatalogWriter writer,
      NamespaceRow namespace,
      MoveOrder order,
      Optional<VerifiedSnapshot> target,
      Seen seen,
      Optional<VerifiedSnapshot> saved) {
    Name name = order.branch();
    Optional<BranchRow> branch = writer.refs().branch(namespace.number(), name);
    Optional<WorkingState> state = writer.tree().state(namespace.number(), name);
    boolean same =
        branch.equals(seen.branch())
            && state.map(WorkingState::roots).equals(seen.roots())
            && !state.map(WorkingState::changed).orElse(false)
            && saved.map(one -> !SnapshotMaker.taken(writer, namespace, one.id())).orElse(true);
    if (!same) {
      return Optional.empty();
    }
    order.to().ifPresent(to -> SnapshotService.row(writer, namespace, to));
    Optional<SnapshotId> from = branch.flatMap(BranchRow::head);
    if (from.equals(order.to()) && saved.isEmpty() && order.mover().metadata().isEmpty()) {
      return writer.refs().moves(namespace.number(), name, Optional.empty(), 1).stream()
          .findFirst();
    }
    Instant now = clock.instant();
    HistoryEvents events = new HistoryEvents(writer, namespace, now);
    if (saved.isPresent()) {
      events.add(saved.get());
      events.move(name, from, Optional.of(saved.get().id()), order.mover().because(KEPT));
      from = Optional.of(saved.get().id());
    }
    return Optional.of(
        moved(writer, namespace, order, target.map(VerifiedSnapshot::roots), events, from, now));
  }

  private static AifsException.Precondition unsaved(Name branch) {
    return new AifsException.Precondition(
        Reason.CHANGES_UNSAVED,
        "branch '" + branch + "' has changes that no snapshot holds",
        "take a snapshot first, or force it: the changes are then kept as a snapshot in the"
            + " branch's history");
  }

  /**
   * The move of a branch without unsaved changes, in a catalog write with other things.
   *
   * @param rules never with force: nothing is saved
   */
  static BranchMove apply(
      CatalogWriter writer, NamespaceRow namespace, MoveOrder order, Rules rules, Instant now) {
    requireAllowed(writer, namespace, order, rules);
    Name name = order.branch();
    Optional<BranchRow> branch = writer.refs().branch(namespace.number(), name);
    if (branch.isPresent() && Branches.isChanged(writer, namespace, branch.get())) {
      throw unsaved(name);
    }
    Optional<SnapshotRoots> target =
        order.to().map(to -> SnapshotService.row(writer, namespace, to).roots());
    Optional<SnapshotId> from = branch.flatMap(BranchRow::head);
    HistoryEvents events = new HistoryEvents(writer, namespace, now);
    return moved(writer, namespace, order, target, events, from, now);
  }

  private static BranchMove moved(
      CatalogWriter writer,
      NamespaceRow namespace,
      MoveOrder order,
      Optional<SnapshotRoots> target,
      HistoryEvents events,
      Optional<SnapshotId> from,
      Instant now) {
    Name name = order.branch();
    Mover mover = order.mover();
    if (target.isEmpty()) {
      writer.tree().reset(namespace.number(), name, SnapshotRoots.EMPTY);
    }
    long sequence = events.move(name, from, order.to(), mover);
    target.ifPresent(roots -> writer.tree().reset(namespace.number(), name, roots));
    return new BranchMove(
        sequence, name, from, order.to(), now, mover.who(), mover.reason(), mover.metadata());
  }

  private static void requireAllowed(
      CatalogReader reader, NamespaceRow namespace, MoveOrder order, Rules rules) {
    Name name = order.branch();
    Optional<BranchRow> branch = reader.refs().branch(namespace.number(), name);
    if (branch.isEmpty()) {
      requireMayBegin(reader, namespace, order, rules);
      return;
    }
    if (rules.start()) {
      throw exists(
          "branch '" + name + "' exists",
          "move it with 'aifs branch move', or choose another name");
    }
    order
        .expected()
        .ifPresent(expected -> Branches.requireAt(reader, namespace, branch.get(), expected));
    if (order.to().isEmpty() && name.equals(Name.MAIN_BRANCH)) {
      throw new AifsException.Precondition(
          Reason.BRANCH_PROTECTED,
          "branch main is not deleted: every namespace has one",
          "move it with 'aifs branch move', or remove its paths with 'aifs rm'");
    }
    if (branch.get().guarded()) {
      throw new AifsException.Precondition(
          Reason.BRANCH_PROTECTED,
          "branch '" + name + "' is protected: it only moves forward, by snapshots and merges",
          "an administrator lifts that with 'aifs branch protect --off'");
    }
  }

  private static void requireMayBegin(
      CatalogReader reader, NamespaceRow namespace, MoveOrder order, Rules rules) {
    if (order.to().isEmpty() || !(rules.start() || rules.set())) {
      throw Branches.notFound(namespace, order.branch());
    }
    if (order.expected().isPresent()) {
      throw new AifsException.Conflict(
          Reason.REF_MOVED,
          "branch '"
              + order.branch()
              + "' does not exist, so it is not at "
              + order.expected().get(),
          "leave out the expected snapshot to make the branch");
    }
    Optional<TagRow> tag = reader.refs().tag(namespace.number(), order.branch());
    if (tag.isPresent()) {
      throw exists(
          "'"
              + order.branch()
              + "' is the name of a tag"
              + (tag.get().deletedAt().isPresent() ? " that was deleted" : ""),
          "choose another name: a tag's name always means its snapshot");
    }
  }

  private static AifsException.AlreadyExists exists(String what, String hint) {
    return new AifsException.AlreadyExists(Reason.REF_EXISTS, what, hint);
  }
}
