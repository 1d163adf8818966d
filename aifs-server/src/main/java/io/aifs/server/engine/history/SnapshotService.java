package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotReader;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.engine.KeptOutcome;
import io.aifs.server.engine.Metadata;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.tree.Folding;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Takes, reads and prunes snapshots. Thread-safe. */
public final class SnapshotService {
  /** Attempts to be faster than others on one branch. */
  private static final int ATTEMPTS_MAX = 1_000;

  private final Catalog catalog;
  private final Branches branches;
  private final SnapshotMaker maker;
  private final SnapshotVerification verification;
  private final Folding folding;
  private final TreeStorage trees;
  private final Clock clock;

  SnapshotService(
      Catalog catalog,
      Branches branches,
      SnapshotMaker maker,
      SnapshotVerification verification,
      Folding folding,
      TreeStorage trees,
      Clock clock) {
    this.trees = trees;
    this.catalog = catalog;
    this.branches = branches;
    this.maker = maker;
    this.verification = verification;
    this.folding = folding;
    this.clock = clock;
  }

  /**
   * What taking a snapshot gave.
   *
   * @param unchanged the snapshot was there already, and holds the same
   */
  public record Taken(VerifiedSnapshot snapshot, boolean unchanged) {}

  /** The same by its id, as it is kept for retries. */
  record Outcome(SnapshotId id, boolean unchanged) {
    String encode() {
      return id + " " + unchanged;
    }

    static Outcome decode(String line) {
      return KeptOutcome.decode(
          line,
          2,
          words -> new Outcome(new SnapshotId(words.get(0)), Boolean.parseBoolean(words.get(1))));
    }
  }

  /**
   * Makes a snapshot of a branch's working state as it is at some instant during the call, and
   * moves the branch to it. What is changed after that instant stays above it.
   *
   * @throws AifsException.NotFound if there is no such branch
   * @throws AifsException.Conflict if the branch is not where it was expected
   * @throws AifsException.InvalidRequest if a text breaks a limit, or the request id was used for
   *     another request
   */
  public Taken take(NamespaceRow namespace, TakeOrder order, Optional<WriteRequest> request) {
    Metadata.requireValid(order.metadata());
    Optional<String> kept = request.flatMap(one -> catalog.read(one::keptOutcome));
    if (kept.isPresent()) {
      return taken(namespace, Outcome.decode(kept.get()));
    }
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      // Collection waits for what is open: folded nodes are there until the snapshot names them.
      Optional<Outcome> outcome;
      try (TreeStorage.Writing _ = trees.begin(namespace)) {
        outcome = tryTake(namespace, order, request);
      }
      if (outcome.isPresent()) {
        return taken(namespace, outcome.get());
      }
    }
    throw overtaken(order.branch());
  }

  private Optional<Outcome> tryTake(
      NamespaceRow namespace, TakeOrder order, Optional<WriteRequest> request) {
    BranchRow branch = branches.require(namespace, order.branch());
    order.expected().ifPresent(expected -> requireAt(namespace, order.branch(), expected));
    SnapshotId head = Branches.head(branch);
    SnapshotRoots roots = folding.fold(namespace, order.branch());
    boolean same = rootsOf(namespace, head).equals(Optional.of(roots));
    if (same && !order.allowUnchanged()) {
      return Optional.of(unchanged(head, request));
    }
    VerifiedSnapshot made =
        maker.make(
            namespace,
            new SnapshotDraft(
                roots, List.of(head), order.author(), order.message(), order.metadata()));
    Instant now = clock.instant();
    Mover mover = new Mover(order.who(), firstLine(order.message()), Map.of());
    return catalog.write(
        writer -> {
          Optional<WriteRequest> first = request.filter(one -> one.keptOutcome(writer).isEmpty());
          if (request.isPresent() && first.isEmpty()) {
            return request.get().keptOutcome(writer).map(Outcome::decode);
          }
          if (!stands(writer, namespace, order.branch(), head)) {
            order
                .expected()
                .ifPresent(expected -> requireAt(writer, namespace, order.branch(), expected));
            return Optional.empty();
          }
          if (SnapshotMaker.taken(writer, namespace, made.id())) {
            return Optional.empty();
          }
          return Optional.of(
              once(
                  request,
                  writer,
                  now,
                  () -> {
                    HistoryEvents events = new HistoryEvents(writer, namespace, now);
                    events.add(made);
                    events.move(order.branch(), Optional.of(head), Optional.of(made.id()), mover);
                    return new Outcome(made.id(), false);
                  }));
        });
  }

  /** Why the branch moved, as its history tells: how the message begins. */
  static String firstLine(String message) {
    String line = message.lines().findFirst().orElse("");
    return line.length() <= 200 ? line : line.substring(0, line.offsetByCodePoints(0, 100));
  }

  private Outcome unchanged(SnapshotId head, Optional<WriteRequest> request) {
    Outcome outcome = new Outcome(head, true);
    if (request.isEmpty()) {
      return outcome;
    }
    return catalog.write(writer -> once(request, writer, clock.instant(), () -> outcome));
  }

  private static Outcome once(
      Optional<WriteRequest> request,
      CatalogWriter writer,
      Instant now,
      java.util.function.Supplier<Outcome> work) {
    return WriteRequest.once(request, writer, now, Outcome::encode, Outcome::decode, work);
  }

  private Taken taken(NamespaceRow namespace, Outcome outcome) {
    return new Taken(get(namespace, outcome.id()), outcome.unchanged());
  }

  private void requireAt(NamespaceRow namespace, Name branch, SnapshotId expected) {
    var _ =
        catalog.<Boolean>read(
            reader -> {
              requireAt(reader, namespace, branch, expected);
              return true;
            });
  }

  private static void requireAt(
      CatalogReader reader, NamespaceRow namespace, Name branch, SnapshotId expected) {
    BranchRow row =
        reader
            .refs()
            .branch(namespace.number(), branch)
            .orElseThrow(() -> Branches.notFound(namespace, branch));
    Branches.requireAt(reader, namespace, row, expected);
  }

  static boolean stands(
      CatalogReader reader, NamespaceRow namespace, Name branch, SnapshotId head) {
    return reader
        .refs()
        .branch(namespace.number(), branch)
        .flatMap(BranchRow::head)
        .equals(Optional.of(head));
  }

  private Optional<SnapshotRoots> rootsOf(NamespaceRow namespace, SnapshotId id) {
    return catalog
        .read(reader -> reader.snapshots().find(namespace.number(), id))
        .map(SnapshotRow::roots);
  }

  static AifsException.Conflict overtaken(Name branch) {
    return new AifsException.Conflict(
        Reason.REF_MOVED,
        "branch '" + branch + "' is moved or changed by others all the time",
        "try again when there is less going on");
  }

  /**
   * The snapshot, verified.
   *
   * @throws AifsException.NotFound if there is none of this id in the namespace, or it was pruned
   * @throws AifsException.Corrupt if it is not what was signed
   */
  public VerifiedSnapshot get(NamespaceRow namespace, SnapshotId id) {
    return verification.require(namespace, row(namespace, id));
  }

  /** The snapshot as it is stored. */
  SnapshotRow row(NamespaceRow namespace, SnapshotId id) {
    return catalog.read(reader -> row(reader, namespace, id));
  }

  static SnapshotRow row(CatalogReader reader, NamespaceRow namespace, SnapshotId id) {
    return reader
        .snapshots()
        .find(namespace.number(), id)
        .orElseThrow(() -> missing(reader, namespace, id));
  }

  AifsException.NotFound missing(NamespaceRow namespace, SnapshotId id) {
    return catalog.read(reader -> missing(reader, namespace, id));
  }

  private static AifsException.NotFound missing(
      CatalogReader reader, NamespaceRow namespace, SnapshotId id) {
    if (SnapshotMaker.taken(reader, namespace, id)) {
      return new AifsException.NotFound(
          Reason.SNAPSHOT_PRUNED,
          "snapshot " + id + " was pruned: its content is gone",
          "'aifs snapshot list' shows those that are there");
    }
    return new AifsException.NotFound(
        Reason.SNAPSHOT_NOT_FOUND,
        "snapshot " + id + " is not in namespace " + namespace.name(),
        "'aifs snapshot list' shows what is there");
  }

  /** Snapshots of the namespace, newest first, each verified. */
  public List<VerifiedSnapshot> list(
      NamespaceRow namespace, Optional<SnapshotReader.Position> before, int limit) {
    branches.require(namespace, Name.MAIN_BRANCH);
    return catalog
        .read(reader -> reader.snapshots().listNewest(namespace.number(), before, limit))
        .stream()
        .map(row -> verification.require(namespace, row))
        .toList();
  }

  /** The oldest snapshot of the namespace's {@code main}. */
  public SnapshotId root(NamespaceRow namespace) {
    branches.require(namespace, Name.MAIN_BRANCH);
    return findRoot(namespace).orElseThrow();
  }

  /** The same, if there is one already. */
  public Optional<SnapshotId> findRoot(NamespaceRow namespace) {
    return catalog
        .read(reader -> reader.refs().firstMove(namespace.number(), Name.MAIN_BRANCH))
        .flatMap(move -> move.to());
  }

  /**
   * Drops a snapshot's content and signature; its place in history stays. Pruning it again does
   * nothing.
   *
   * @throws AifsException.NotFound if there is none of this id
   * @throws AifsException.Precondition if a branch stands at it or a tag names it
   */
  public void prune(NamespaceRow namespace, SnapshotId id) {
    Instant now = clock.instant();
    var _ =
        catalog.<Boolean>write(
            writer -> {
              SnapshotNode node = writer.snapshots().nodes(namespace.number(), List.of(id)).get(id);
              if (node == null) {
                throw missing(writer, namespace, id);
              }
              requireUnnamed(writer, namespace, id);
              if (!node.pruned()) {
                writer.snapshots().prune(namespace.number(), id);
                new HistoryEvents(writer, namespace, now)
                    .append(HistoryEvents.SNAPSHOT_PRUNE, Map.of("snapshot", id.hex()));
              }
              return true;
            });
  }

  private static void requireUnnamed(CatalogReader reader, NamespaceRow namespace, SnapshotId id) {
    reader
        .refs()
        .anyBranchAt(namespace.number(), id)
        .ifPresent(
            branch -> {
              throw referenced(id, "branch '" + branch.name() + "' stands at it");
            });
    reader
        .refs()
        .anyTagAt(namespace.number(), id)
        .ifPresent(
            tag -> {
              throw referenced(id, "tag '" + tag.name() + "' names it");
            });
  }

  private static AifsException.Precondition referenced(SnapshotId id, String why) {
    return new AifsException.Precondition(
        Reason.SNAPSHOT_REFERENCED,
        "snapshot " + id + " cannot be pruned: " + why,
        "move the branch or delete the tag first");
  }
}
