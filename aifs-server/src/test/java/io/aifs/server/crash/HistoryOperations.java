package io.aifs.server.crash;

import static io.aifs.server.crash.Workload.row;

import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.history.MergeOrder;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.history.TakeOrder;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.snapshot.MergeChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Draws what users do with snapshots, branches and tags. */
final class HistoryOperations {
  private static final int ALL = 1_000;
  private static final int BRANCHES_MAX = 3;
  private static final Mover SOMEONE = new Mover("someone");

  private final Random random;
  private final Function<String, Optional<WriteRequest>> requests;

  HistoryOperations(Random random, Function<String, Optional<WriteRequest>> requests) {
    this.random = random;
    this.requests = requests;
  }

  Operation snapshot(Name name) {
    Optional<WriteRequest> request = requests.apply("snapshot");
    TakeOrder order =
        new TakeOrder(Name.MAIN_BRANCH, "a message", "me", Map.of(), Optional.empty(), true, "me");
    return Operation.of(
        "snapshot of " + name,
        engine -> engine.history().snapshots().take(row(engine, name), order, request),
        model -> model.space(name).snapshot(request.orElseThrow().key().requestId()));
  }

  /** Makes or moves a ref; empty if there is no snapshot to name. */
  Optional<Operation> ref(Name name, Model.Space space) {
    if (space.past().isEmpty()) {
      return Optional.empty();
    }
    int branches = space.branches().size();
    if (random.nextInt(3) == 0) {
      return Optional.of(tag(name, space));
    }
    if (branches == 0 || (branches < BRANCHES_MAX && random.nextInt(3) == 0)) {
      return Optional.of(start(name, space, new Name("branch-" + branches)));
    }
    Name branch = List.copyOf(space.branches().keySet()).get(random.nextInt(branches));
    return Optional.of(
        random.nextBoolean() ? merge(name, space, branch) : move(name, space, branch));
  }

  private Operation tag(Name name, Model.Space space) {
    Optional<WriteRequest> request = requests.apply("tag");
    Name tag = new Name("tag-" + space.tags().size());
    int at = random.nextInt(space.past().size());
    return Operation.of(
        "tag " + tag + " of " + name + " at snapshot " + at,
        engine -> {
          NamespaceRow row = row(engine, name);
          engine.history().tags().make(row, tag, id(engine, row, at), SOMEONE, request);
        },
        model -> model.space(name).tags().put(tag, at));
  }

  private Operation start(Name name, Model.Space space, Name branch) {
    Optional<WriteRequest> request = requests.apply("branch");
    int at = random.nextInt(space.past().size());
    return Operation.of(
        branch + " of " + name + " at snapshot " + at,
        engine -> {
          NamespaceRow row = row(engine, name);
          engine.history().refs().start(row, branch, id(engine, row, at), SOMEONE, request);
        },
        model -> model.space(name).branches().put(branch, at));
  }

  private Operation move(Name name, Model.Space space, Name branch) {
    int to = random.nextInt(space.past().size());
    return Operation.of(
        "move " + branch + " of " + name + " to snapshot " + to,
        engine -> {
          NamespaceRow row = row(engine, name);
          engine.history().refs().set(row, branch, id(engine, row, to), Optional.empty(), SOMEONE);
        },
        model -> model.space(name).branches().put(branch, to));
  }

  /** What main has and the branch has not: it simply moves, for it never has what main has not. */
  private Operation merge(Name name, Model.Space space, Name branch) {
    Optional<WriteRequest> request = requests.apply("merge");
    int newest = space.newest();
    MergeOrder order =
        new MergeOrder(
            branch,
            MergeChoice.UNRESOLVED,
            Map.of(),
            false,
            true,
            false,
            "",
            "me",
            Optional.empty(),
            "me");
    return Operation.of(
        "merge main into " + branch + " of " + name,
        engine -> {
          NamespaceRow row = row(engine, name);
          if (engine.history().refs().branch(row, branch).changed()) {
            // A forced delete has changed it: then it is moved, which keeps that as a snapshot.
            engine
                .history()
                .refs()
                .set(row, branch, id(engine, row, newest), Optional.empty(), SOMEONE);
          } else {
            engine.history().merges().merge(row, order, Ref.MAIN, request);
          }
        },
        model -> model.space(name).branches().put(branch, newest));
  }

  static SnapshotId id(Engine engine, NamespaceRow row, int index) {
    List<BranchMove> moves =
        engine.history().refs().history(row, Name.MAIN_BRANCH, Optional.empty(), ALL).reversed();
    return moves.get(index + 1).to().orElseThrow();
  }
}
