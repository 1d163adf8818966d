package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.WorkingState;
import io.aifs.server.engine.Failures;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.history.MergeResult.Outcome;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Brings changes of one ref into a branch, or takes those of a snapshot back. Each attempt looks,
 * writes nodes outside any transaction, and counts only if in its one catalog write the branch
 * still stands where it was seen and holds no changes. Thread-safe.
 */
public final class MergeService {
  private static final int ATTEMPTS_MAX = 100;

  private final Catalog catalog;
  private final Branches branches;
  private final SnapshotMaker maker;
  private final SnapshotService snapshots;
  private final RefResolver resolver;
  private final TreeStorage trees;
  private final Clock clock;

  MergeService(
      Catalog catalog,
      Branches branches,
      SnapshotMaker maker,
      SnapshotService snapshots,
      RefResolver resolver,
      TreeStorage trees,
      Clock clock) {
    this.catalog = catalog;
    this.branches = branches;
    this.maker = maker;
    this.snapshots = snapshots;
    this.resolver = resolver;
    this.trees = trees;
    this.clock = clock;
  }

  /** An attempt: empty if others were faster. */
  private interface Attempt extends Function<VerifiedSnapshot, Optional<MergeResult>> {}

  /**
   * Brings what {@code from} holds and the branch does not into the branch.
   *
   * @throws AifsException.Precondition if the branch's working state holds changes, or the two have
   *     nothing in common and that is not allowed
   * @throws AifsException.Conflict if the branch is not where it was expected
   */
  public MergeResult merge(
      NamespaceRow namespace, MergeOrder order, Ref from, Optional<WriteRequest> request) {
    VerifiedSnapshot theirs = resolver.snapshot(namespace, from);
    return attempt(
        namespace,
        order,
        request,
        ours -> mergeOnce(namespace, order, from, ours, theirs, request));
  }

  /**
   * Takes back what one snapshot changed against its first parent, as a new snapshot of the branch.
   *
   * @throws AifsException.Precondition if the branch's working state holds changes
   * @throws AifsException.Conflict if the branch is not where it was expected
   */
  public MergeResult revert(
      NamespaceRow namespace, MergeOrder order, Ref undone, Optional<WriteRequest> request) {
    VerifiedSnapshot base = resolver.snapshot(namespace, undone);
    SnapshotRoots before =
        base.statement().parents().stream()
            .findFirst()
            .map(parent -> snapshots.get(namespace, parent).roots())
            .orElse(SnapshotRoots.EMPTY);
    String message =
        "Revert " + base.id() + ": " + SnapshotService.firstLine(base.statement().message());
    return attempt(
        namespace,
        order,
        request,
        ours -> {
          Plan plan =
              new Plan(ours, List.of(ours.id()), Optional.of(base.id()), message, Optional.empty());
          return threeWay(namespace, order, plan, base.roots(), before, request);
        });
  }

  private MergeResult attempt(
      NamespaceRow namespace, MergeOrder order, Optional<WriteRequest> request, Attempt once) {
    Optional<String> kept = request.flatMap(one -> catalog.read(one::keptOutcome));
    if (kept.isPresent()) {
      return decoded(namespace, kept.get());
    }
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      BranchRow branch = branches.require(namespace, order.into());
      requireReady(namespace, order, branch);
      Optional<MergeResult> result = once.apply(snapshots.get(namespace, Branches.head(branch)));
      if (result.isPresent()) {
        boolean keep = result.get().outcome() == Outcome.UP_TO_DATE && !order.dryRun();
        return keep ? kept(namespace, result.get(), request) : result.get();
      }
    }
    throw SnapshotService.overtaken(order.into());
  }

  /** What changed nothing must change nothing when it is asked again, whatever came since. */
  private MergeResult kept(
      NamespaceRow namespace, MergeResult result, Optional<WriteRequest> request) {
    if (request.isEmpty()) {
      return result;
    }
    Instant now = clock.instant();
    String line =
        catalog.write(
            writer ->
                WriteRequest.once(
                    request, writer, now, one -> one, one -> one, () -> encoded(result)));
    return line.equals(encoded(result)) ? result : decoded(namespace, line);
  }

  private void requireReady(NamespaceRow namespace, MergeOrder order, BranchRow branch) {
    boolean changed =
        catalog.read(
            reader -> {
              order
                  .expected()
                  .ifPresent(expected -> Branches.requireAt(reader, namespace, branch, expected));
              return Branches.isChanged(reader, namespace, branch);
            });
    if (changed) {
      throw new AifsException.Precondition(
          Reason.CHANGES_UNSAVED,
          "branch '" + order.into() + "' has changes that no snapshot holds",
          "take a snapshot of it first, then try again");
    }
  }

  /**
   * What is to become of a branch.
   *
   * @param theirs what must still be there when it happens
   */
  private record Plan(
      VerifiedSnapshot ours,
      List<SnapshotId> parents,
      Optional<SnapshotId> base,
      String message,
      Optional<SnapshotId> theirs) {}

  private Optional<MergeResult> mergeOnce(
      NamespaceRow namespace,
      MergeOrder order,
      Ref from,
      VerifiedSnapshot ours,
      VerifiedSnapshot theirs,
      Optional<WriteRequest> request) {
    Optional<SnapshotNode> base =
        new MergeBase(new Ancestors(catalog, namespace)).of(ours.id(), theirs.id());
    if (base.isEmpty() && !order.unrelated()) {
      throw new AifsException.Precondition(
          Reason.HISTORIES_UNRELATED,
          "branch '" + order.into() + "' and '" + from + "' have no snapshot in common",
          "allow unrelated histories if you mean it: everything is new on both sides then");
    }
    Optional<SnapshotId> baseId = base.map(SnapshotNode::id);
    if (baseId.equals(Optional.of(theirs.id()))) {
      return Optional.of(
          new MergeResult(Outcome.UP_TO_DATE, Optional.of(ours), baseId, List.of(), 0, 0));
    }
    Plan plan =
        new Plan(
            ours,
            List.of(ours.id(), theirs.id()),
            baseId,
            "Merge " + from + " into " + order.into(),
            Optional.of(theirs.id()));
    if (baseId.equals(Optional.of(ours.id())) && order.fastForward()) {
      return fastForward(namespace, order, plan, theirs, request);
    }
    SnapshotRoots baseRoots =
        baseId.map(id -> snapshots.get(namespace, id).roots()).orElse(SnapshotRoots.EMPTY);
    return threeWay(namespace, order, plan, baseRoots, theirs.roots(), request);
  }

  private Optional<MergeResult> fastForward(
      NamespaceRow namespace,
      MergeOrder order,
      Plan plan,
      VerifiedSnapshot theirs,
      Optional<WriteRequest> request) {
    ThreeWay seen =
        new ThreeWay(
            trees.nodes(namespace),
            plan.ours().roots(),
            plan.ours().roots(),
            theirs.roots(),
            order);
    seen.look();
    MergeResult result =
        new MergeResult(
            Outcome.FAST_FORWARD,
            Optional.of(theirs),
            plan.base(),
            List.of(),
            0,
            seen.changedPaths());
    return order.dryRun()
        ? Optional.of(result)
        : write(namespace, order, plan, Optional.empty(), result, List.of(), request);
  }

  private Optional<MergeResult> threeWay(
      NamespaceRow namespace,
      MergeOrder order,
      Plan plan,
      SnapshotRoots base,
      SnapshotRoots theirs,
      Optional<WriteRequest> request) {
    ThreeWay merge = new ThreeWay(trees.nodes(namespace), base, plan.ours().roots(), theirs, order);
    merge.look();
    if (!merge.isResolved()) {
      return Optional.of(result(Outcome.CONFLICTS, Optional.of(plan.ours()), plan, merge));
    }
    if (plan.theirs().isEmpty() && merge.changedPaths() == 0) {
      return Optional.of(result(Outcome.UP_TO_DATE, Optional.of(plan.ours()), plan, merge));
    }
    if (order.dryRun()) {
      return Optional.of(result(Outcome.MERGED, Optional.empty(), plan, merge));
    }
    try (TreeStorage.Writing writing = trees.begin(namespace)) {
      SnapshotRoots roots = merge.write(writing);
      List<LivePack> packs = writing.sync();
      VerifiedSnapshot made =
          maker.make(
              namespace,
              new SnapshotDraft(
                  roots,
                  plan.parents(),
                  order.author(),
                  order.messageOr(plan.message()),
                  Map.of()));
      MergeResult result = result(Outcome.MERGED, Optional.of(made), plan, merge);
      Optional<MergeResult> done =
          write(namespace, order, plan, Optional.of(made), result, packs, request);
      if (done.isPresent()) {
        writing.recorded(packs);
      }
      return done;
    } catch (IOException e) {
      throw Failures.translate("writing tree nodes failed", e);
    }
  }

  private static MergeResult result(
      Outcome outcome, Optional<VerifiedSnapshot> snapshot, Plan plan, ThreeWay merge) {
    return new MergeResult(
        outcome,
        snapshot,
        plan.base(),
        merge.conflicts(),
        merge.conflictCount(),
        outcome == Outcome.CONFLICTS ? 0 : merge.changedPaths());
  }

  /** Moves the branch to the result's snapshot, unless something is not as it was seen. */
  private Optional<MergeResult> write(
      NamespaceRow namespace,
      MergeOrder order,
      Plan plan,
      Optional<VerifiedSnapshot> made,
      MergeResult result,
      List<LivePack> packs,
      Optional<WriteRequest> request) {
    VerifiedSnapshot target = result.snapshot().orElseThrow();
    Instant now = clock.instant();
    Optional<String> line =
        catalog.write(
            writer -> {
              Optional<String> kept = request.flatMap(one -> one.keptOutcome(writer));
              if (kept.isPresent()) {
                return kept;
              }
              boolean same =
                  isAsSeen(writer, namespace, order, plan.ours())
                      && made.map(one -> !SnapshotMaker.taken(writer, namespace, one.id()))
                          .orElse(true);
              if (!same) {
                return Optional.empty();
              }
              plan.theirs().ifPresent(id -> SnapshotService.row(writer, namespace, id));
              writer.ledger().commit(packs, List.of());
              String encoded = encoded(result);
              return Optional.of(
                  WriteRequest.once(
                      request,
                      writer,
                      now,
                      one -> one,
                      one -> one,
                      () -> {
                        apply(writer, namespace, order, plan, made, target, now);
                        return encoded;
                      }));
            });
    return line.map(text -> text.equals(encoded(result)) ? result : decoded(namespace, text));
  }

  private static boolean isAsSeen(
      CatalogReader reader, NamespaceRow namespace, MergeOrder order, VerifiedSnapshot ours) {
    Optional<WorkingState> state = reader.tree().state(namespace.number(), order.into());
    return SnapshotService.stands(reader, namespace, order.into(), ours.id())
        && state.equals(Optional.of(new WorkingState(ours.roots(), false)));
  }

  private static void apply(
      CatalogWriter writer,
      NamespaceRow namespace,
      MergeOrder order,
      Plan plan,
      Optional<VerifiedSnapshot> made,
      VerifiedSnapshot target,
      Instant now) {
    HistoryEvents events = new HistoryEvents(writer, namespace, now);
    made.ifPresent(events::add);
    String reason = SnapshotService.firstLine(order.messageOr(plan.message()));
    events.move(
        order.into(),
        Optional.of(plan.ours().id()),
        Optional.of(target.id()),
        new Mover(order.who(), reason, Map.of()));
    writer.tree().reset(namespace.number(), order.into(), target.roots());
  }

  private static String encoded(MergeResult result) {
    return result.outcome()
        + " "
        + result.snapshot().orElseThrow().id()
        + " "
        + result.base().map(SnapshotId::hex).orElse("-")
        + " "
        + result.conflictCount()
        + " "
        + result.changedPaths();
  }

  /** A result as it is kept for retries, which has no list of conflicts. */
  private MergeResult decoded(NamespaceRow namespace, String line) {
    String[] fields = line.split(" ", -1);
    return new MergeResult(
        Outcome.valueOf(fields[0]),
        Optional.of(snapshots.get(namespace, new SnapshotId(fields[1]))),
        fields[2].equals("-") ? Optional.empty() : Optional.of(new SnapshotId(fields[2])),
        List.of(),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]));
  }
}
