package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.Timestamps;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.TagRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds what a ref means. Thread-safe. */
public final class RefResolver {
  /** Ancestors that are read at a time. */
  private static final int LINE = 4_096;

  private final Catalog catalog;
  private final Branches branches;
  private final SnapshotService snapshots;

  RefResolver(Catalog catalog, Branches branches, SnapshotService snapshots) {
    this.catalog = catalog;
    this.branches = branches;
    this.snapshots = snapshots;
  }

  /** What a ref means where trees are read. */
  public sealed interface Meaning {
    /** A branch as it is now. */
    record Working(Name branch) implements Meaning {}

    /** A snapshot. */
    record At(VerifiedSnapshot snapshot) implements Meaning {}
  }

  /**
   * What to read for a ref: the working state of a bare branch, a verified snapshot of all others.
   *
   * @throws AifsException.NotFound if it means nothing
   * @throws AifsException.Corrupt if its snapshot is not what was signed
   */
  public Meaning resolve(NamespaceRow namespace, Ref ref) {
    if (ref instanceof Ref.Named(Name name) && branches.find(namespace, name).isPresent()) {
      return new Meaning.Working(name);
    }
    return new Meaning.At(snapshot(namespace, ref));
  }

  /**
   * The snapshot of a ref, verified: of a bare branch its newest.
   *
   * @throws AifsException.NotFound if it means nothing
   * @throws AifsException.Corrupt if the snapshot is not what was signed
   */
  public VerifiedSnapshot snapshot(NamespaceRow namespace, Ref ref) {
    return snapshots.get(namespace, id(namespace, ref));
  }

  /**
   * The id of the snapshot of a ref, which may not verify: for who looks what is wrong with it.
   *
   * @throws AifsException.NotFound if it means nothing
   */
  public SnapshotId id(NamespaceRow namespace, Ref ref) {
    return switch (ref) {
      case Ref.Snapshot(SnapshotId id) -> id;
      case Ref.Named(Name name) -> named(namespace, name);
      case Ref.Ancestor(Ref.Base base, int generations) ->
          ancestor(namespace, id(namespace, base), ref, generations);
      case Ref.AsOf(Ref.Named(Name name), Instant time) -> asOf(namespace, name, time);
    };
  }

  private SnapshotId named(NamespaceRow namespace, Name name) {
    return branches
        .find(namespace, name)
        .map(Branches::head)
        .or(() -> tag(namespace, name).map(TagRow::snapshot))
        .orElseThrow(() -> notFound(namespace, name));
  }

  private Optional<TagRow> tag(NamespaceRow namespace, Name name) {
    return catalog
        .read(reader -> reader.refs().tag(namespace.number(), name))
        .filter(tag -> tag.deletedAt().isEmpty());
  }

  private SnapshotId ancestor(NamespaceRow namespace, SnapshotId from, Ref ref, int generations) {
    SnapshotId at = from;
    int left = generations;
    while (left > 0) {
      SnapshotId start = at;
      int limit = Math.min(left, LINE) + 1;
      List<SnapshotNode> line =
          catalog.read(reader -> reader.snapshots().firstParents(namespace.number(), start, limit));
      if (line.isEmpty()) {
        throw snapshots.missing(namespace, start);
      }
      if (line.size() < limit) {
        int steps = generations - left + line.size() - 1;
        throw new AifsException.NotFound(
            Reason.REF_NOT_FOUND,
            "'" + ref + "' goes back further than history does: " + steps + " generations",
            "'aifs log' shows the snapshots there are");
      }
      at = line.getLast().id();
      left -= limit - 1;
    }
    return at;
  }

  private SnapshotId asOf(NamespaceRow namespace, Name name, Instant time) {
    if (name.equals(Name.MAIN_BRANCH)) {
      branches.find(namespace, name);
    }
    Optional<BranchMove> move =
        catalog.read(reader -> reader.refs().moveAt(namespace.number(), name, time));
    return move.flatMap(BranchMove::to)
        .or(
            () ->
                tag(namespace, name)
                    .filter(tag -> !tag.createdAt().isAfter(time))
                    .map(TagRow::snapshot))
        .orElseThrow(() -> notThen(namespace, name, time));
  }

  private AifsException.NotFound notThen(NamespaceRow namespace, Name name, Instant time) {
    Optional<BranchRow> branch = branches.find(namespace, name);
    return branch.isEmpty() && tag(namespace, name).isEmpty()
        ? notFound(namespace, name)
        : new AifsException.NotFound(
            Reason.REF_NOT_FOUND,
            "'" + name + "' stood nowhere at " + Timestamps.format(time),
            "'aifs branch history " + name + "' shows where it stood");
  }

  private static AifsException.NotFound notFound(NamespaceRow namespace, Name name) {
    return new AifsException.NotFound(
        Reason.REF_NOT_FOUND,
        "'" + name + "' is no branch and no tag of namespace " + namespace.name(),
        "'aifs branch list' and 'aifs tag list' show what there is");
  }
}
