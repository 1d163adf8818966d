package io.aifs.cli.testing;

import io.aifs.client.Refs;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The snapshots, branches and tags of a namespace; a second passes from one thing to the next. */
final class MemoryTimeline {
  private static final Instant BEGIN = Instant.parse("2026-11-21T10:00:00Z");
  private static final int ID_DIGITS = 32;

  /** A snapshot and its paths. */
  record Kept(SnapshotSummary summary, NavigableMap<TreePath, TreeEntry> paths) {}

  /** A branch: where it stands, and its working state. */
  record Line(Refs.Branch info, NavigableMap<TreePath, TreeEntry> paths) {}

  private final Name namespace;
  final Map<SnapshotId, Kept> snapshots = new LinkedHashMap<>();
  final TreeMap<Name, Line> branches = new TreeMap<>();
  final TreeMap<Name, Refs.Tag> tags = new TreeMap<>();
  final Map<Name, List<Refs.Move>> moves = new TreeMap<>();
  private int ticks;

  /**
   * @param main the working state of branch main
   */
  MemoryTimeline(Name namespace, NavigableMap<TreePath, TreeEntry> main) {
    this.namespace = namespace;
    SnapshotId root = add(List.of(), "root", "aifs", Map.of(), new TreeMap<>()).summary().id();
    set(Name.MAIN_BRANCH, root, main, "made with the namespace");
  }

  Instant now() {
    return BEGIN.plusSeconds(ticks);
  }

  /** Makes a snapshot. */
  Kept add(
      List<SnapshotId> parents,
      String message,
      String author,
      Map<String, String> metadata,
      NavigableMap<TreePath, TreeEntry> paths) {
    ticks++;
    Digest root = Digest.of((paths + " " + ticks).getBytes(StandardCharsets.UTF_8));
    SnapshotId id = new SnapshotId(root.hex().substring(0, ID_DIGITS));
    long bytes =
        paths.values().stream()
            .mapToLong(entry -> entry instanceof TreeEntry.File file ? file.size() : 0)
            .sum();
    Kept kept =
        new Kept(
            new SnapshotSummary(
                id,
                namespace,
                root,
                now(),
                parents,
                author,
                message,
                metadata,
                "ab".repeat(16),
                message.getBytes(StandardCharsets.UTF_8),
                new byte[64],
                paths.size(),
                bytes,
                0),
            new TreeMap<>(paths));
    snapshots.put(id, kept);
    return kept;
  }

  /** Puts a branch at a snapshot with this working state. */
  Refs.Branch set(Name name, SnapshotId to, NavigableMap<TreePath, TreeEntry> paths, String why) {
    ticks++;
    Optional<Refs.Branch> before = Optional.ofNullable(branches.get(name)).map(Line::info);
    moves
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .addFirst(
            new Refs.Move(
                ticks,
                before.map(Refs.Branch::snapshot),
                Optional.of(to),
                now(),
                "token-1",
                why,
                Map.of()));
    Refs.Branch info =
        new Refs.Branch(
            name,
            to,
            before.map(Refs.Branch::createdAt).orElse(now()),
            now(),
            Map.of(),
            before.map(Refs.Branch::isProtected).orElse(false),
            false);
    branches.put(name, new Line(info, paths));
    return info;
  }

  Line branch(Name name) {
    if (tags.containsKey(name) && !branches.containsKey(name)) {
      throw new AifsException.Precondition(
          Reason.READ_ONLY_REF, "'" + name + "' is a tag", "name a branch");
    }
    return Optional.ofNullable(branches.get(name)).orElseThrow(() -> missing(name));
  }

  static AifsException missing(Object ref) {
    return new AifsException.NotFound(
        Reason.REF_NOT_FOUND, "ref '" + ref + "' is not here", "'aifs branch list' shows some");
  }

  Kept kept(SnapshotId id) {
    return Optional.ofNullable(snapshots.get(id)).orElseThrow(() -> missing("snap:" + id));
  }

  /** The snapshot that a ref stands at. */
  Kept snapshotOf(Ref ref) {
    return switch (ref) {
      case Ref.Named(Name name) when tags.containsKey(name) -> kept(tags.get(name).snapshot());
      case Ref.Named(Name name) -> kept(branch(name).info().snapshot());
      case Ref.Snapshot(SnapshotId id) -> kept(id);
      case Ref.Ancestor(Ref.Base base, int generations) -> {
        Kept at = snapshotOf(base);
        for (int i = 0; i < generations; i++) {
          at = kept(at.summary().parents().stream().findFirst().orElseThrow(() -> missing(ref)));
        }
        yield at;
      }
      case Ref.AsOf(Ref.Named(Name name), Instant time) ->
          kept(
              moves.getOrDefault(name, List.of()).stream()
                  .filter(move -> !move.at().isAfter(time))
                  .findFirst()
                  .flatMap(Refs.Move::to)
                  .orElseThrow(() -> missing(ref)));
    };
  }

  /** What readers of a ref see. */
  NavigableMap<TreePath, TreeEntry> paths(Ref ref) {
    return ref instanceof Ref.Named(Name name) && branches.containsKey(name)
        ? branch(name).paths()
        : snapshotOf(ref).paths();
  }

  /** Whether {@code id} or one before it is {@code wanted}. */
  boolean reaches(SnapshotId id, SnapshotId wanted) {
    return id.equals(wanted)
        || kept(id).summary().parents().stream().anyMatch(parent -> reaches(parent, wanted));
  }
}
