package io.aifs.cli.testing;

import io.aifs.client.Refs;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Branches and tags in memory. */
record MemoryRefs(MemoryStore store, Name namespace) implements Refs {
  private MemoryTimeline timeline() {
    return store.space(namespace).timeline;
  }

  @Override
  public Branch startBranch(Name name, Ref at, Map<String, String> metadata, String why) {
    if (timeline().branches.containsKey(name)) {
      throw exists("branch '" + name + "' exists");
    }
    MemoryTimeline.Kept kept = timeline().snapshotOf(at);
    return timeline().set(name, kept.summary().id(), new TreeMap<>(kept.paths()), why);
  }

  private static AifsException exists(String message) {
    return new AifsException.AlreadyExists(Reason.UNKNOWN, message, "choose another name");
  }

  @Override
  public Branch moveBranch(Name name, Ref to, SnapshotId expected, boolean force, String why) {
    MemoryTimeline.Line line = timeline().branch(name);
    if (!line.info().snapshot().equals(expected)) {
      throw new AifsException.Conflict(
          Reason.MOVED_MEANWHILE,
          "branch " + name + " is at " + line.info().snapshot() + ": token-1 moved it",
          "look at 'aifs branch history " + name + "'");
    }
    if (!force && changed(line)) {
      throw new AifsException.Precondition(
          Reason.UNKNOWN, "branch " + name + " holds changes", "or --force");
    }
    MemoryTimeline.Kept kept = timeline().snapshotOf(to);
    Map<TreePath, TreeEntry> now = Map.copyOf(kept.paths());
    line.paths().clear();
    line.paths().putAll(now);
    return timeline().set(name, kept.summary().id(), line.paths(), why);
  }

  private boolean changed(MemoryTimeline.Line line) {
    return !timeline().kept(line.info().snapshot()).paths().equals(line.paths());
  }

  @Override
  public SnapshotId endBranch(Name name, boolean force, String why) {
    MemoryTimeline.Line line = timeline().branch(name);
    timeline().branches.remove(name);
    timeline()
        .moves
        .computeIfAbsent(name, _ -> new ArrayList<>())
        .addFirst(
            new Move(
                99,
                Optional.of(line.info().snapshot()),
                Optional.empty(),
                timeline().now(),
                "token-1",
                why,
                Map.of()));
    return line.info().snapshot();
  }

  @Override
  public Branch protectBranch(Name name, boolean isProtected) {
    MemoryTimeline.Line line = timeline().branch(name);
    Branch info = line.info();
    timeline()
        .branches
        .put(
            name,
            new MemoryTimeline.Line(
                new Branch(
                    name,
                    info.snapshot(),
                    info.createdAt(),
                    info.updatedAt(),
                    info.metadata(),
                    isProtected,
                    false),
                line.paths()));
    return branch(name);
  }

  @Override
  public Branch branch(Name name) {
    MemoryTimeline.Line line =
        Optional.ofNullable(timeline().branches.get(name))
            .orElseThrow(() -> MemoryTimeline.missing(name));
    Branch info = line.info();
    return new Branch(
        name,
        info.snapshot(),
        info.createdAt(),
        info.updatedAt(),
        info.metadata(),
        info.isProtected(),
        changed(line));
  }

  @Override
  public Stream<Branch> branches() {
    return timeline().branches.keySet().stream().map(this::branch);
  }

  @Override
  public Stream<Move> moves(Name branch) {
    return timeline().moves.getOrDefault(branch, List.of()).stream();
  }

  @Override
  public Tag makeTag(Name name, Ref at, Map<String, String> metadata) {
    if (timeline().tags.containsKey(name)) {
      throw exists("tag '" + name + "' exists");
    }
    SnapshotId id = timeline().snapshotOf(at).summary().id();
    Tag tag = new Tag(name, id, timeline().now(), metadata, "token-1");
    timeline().tags.put(name, tag);
    return tag;
  }

  @Override
  public Stream<Tag> tags() {
    return timeline().tags.values().stream();
  }

  @Override
  public void deleteTag(Name name) {
    if (timeline().tags.remove(name) == null) {
      throw new AifsException.NotFound(
          Reason.REF_NOT_FOUND, "tag '" + name + "' is not here", "'aifs tag list' shows them");
    }
  }
}
