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
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.catalog.WorkingState;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Branches as they stand, each with a head: {@code main} gets its first here. Thread-safe. */
final class Branches {
  private final Catalog catalog;
  private final SnapshotMaker maker;
  private final Clock clock;

  Branches(Catalog catalog, SnapshotMaker maker, Clock clock) {
    this.catalog = catalog;
    this.maker = maker;
    this.clock = clock;
  }

  /**
   * The branch, with a head.
   *
   * @throws AifsException.NotFound if there is none
   */
  BranchRow require(NamespaceRow namespace, Name name) {
    return find(namespace, name).orElseThrow(() -> notFound(namespace, name));
  }

  Optional<BranchRow> find(NamespaceRow namespace, Name name) {
    Optional<BranchRow> found = read(namespace, name);
    if (found.isPresent() && found.get().head().isEmpty()) {
      begin(namespace);
      return read(namespace, name);
    }
    return found;
  }

  private Optional<BranchRow> read(NamespaceRow namespace, Name name) {
    return catalog.read(reader -> reader.refs().branch(namespace.number(), name));
  }

  /** Gives the namespace's {@code main} its first snapshot, of nothing, if it has none. */
  void begin(NamespaceRow namespace) {
    SnapshotDraft nothing = new SnapshotDraft(SnapshotRoots.EMPTY, List.of(), "", "root", Map.of());
    boolean done = false;
    while (!done) {
      VerifiedSnapshot root = maker.make(namespace, nothing);
      done =
          catalog.write(
              writer -> {
                Optional<BranchRow> main =
                    writer.refs().branch(namespace.number(), Name.MAIN_BRANCH);
                if (main.isEmpty() || main.get().head().isPresent()) {
                  return true;
                }
                if (SnapshotMaker.taken(writer, namespace, root.id())) {
                  return false;
                }
                HistoryEvents events = new HistoryEvents(writer, namespace, clock.instant());
                events.add(root);
                events.move(
                    Name.MAIN_BRANCH,
                    Optional.empty(),
                    Optional.of(root.id()),
                    new Mover("", "root", Map.of()));
                return true;
              });
    }
  }

  /** Whether the branch holds what its newest snapshot does not. */
  static boolean isChanged(CatalogReader reader, NamespaceRow namespace, BranchRow branch) {
    Optional<WorkingState> state = reader.tree().state(namespace.number(), branch.name());
    if (state.isEmpty()) {
      return false;
    }
    Optional<SnapshotRoots> roots =
        branch
            .head()
            .flatMap(head -> reader.snapshots().find(namespace.number(), head))
            .map(SnapshotRow::roots);
    return state.get().changed() || !state.get().roots().equals(roots.orElse(SnapshotRoots.EMPTY));
  }

  static SnapshotId head(BranchRow branch) {
    return branch.head().orElseThrow(() -> new IllegalStateException("no head: " + branch.name()));
  }

  /**
   * Refuses if the branch is not where the caller thinks.
   *
   * @throws AifsException.Conflict saying who moved it
   */
  static void requireAt(
      CatalogReader reader, NamespaceRow namespace, BranchRow branch, SnapshotId expected) {
    if (!branch.head().equals(Optional.of(expected))) {
      throw moved(reader, namespace, branch, expected);
    }
  }

  private static AifsException.Conflict moved(
      CatalogReader reader, NamespaceRow namespace, BranchRow branch, SnapshotId expected) {
    String where = branch.head().map(SnapshotId::hex).orElse("no snapshot");
    String who =
        reader.refs().moves(namespace.number(), branch.name(), Optional.empty(), 1).stream()
            .findFirst()
            .map(Branches::described)
            .orElse("");
    return new AifsException.Conflict(
        Reason.REF_MOVED,
        "branch '" + branch.name() + "' stands at " + where + ", not at " + expected + who,
        "look at what changed with 'aifs log', and try again from where it stands now");
  }

  private static String described(BranchMove move) {
    return ": moved by token '"
        + (move.who().isEmpty() ? "none" : move.who())
        + "' at "
        + io.aifs.core.model.Timestamps.format(move.at())
        + move.from().map(from -> " from " + from).orElse("")
        + (move.reason().isEmpty() ? "" : " (" + move.reason() + ")");
  }

  static AifsException.NotFound notFound(NamespaceRow namespace, Name name) {
    return new AifsException.NotFound(
        Reason.REF_NOT_FOUND,
        "'" + name + "' is no branch of namespace " + namespace.name(),
        "'aifs branch list' shows the branches");
  }
}
