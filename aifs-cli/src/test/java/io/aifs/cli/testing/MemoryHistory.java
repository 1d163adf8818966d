package io.aifs.cli.testing;

import io.aifs.client.ConflictChoice;
import io.aifs.client.DiffOptions;
import io.aifs.client.History;
import io.aifs.client.MergeOptions;
import io.aifs.client.MergeOutcome;
import io.aifs.client.PathDifference;
import io.aifs.client.SnapshotOptions;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Snapshots in memory. Conflicts of merges are those that the store is told to have. */
record MemoryHistory(MemoryStore store, Name namespace) implements History {
  private MemoryTimeline timeline() {
    return store.space(namespace).timeline;
  }

  @Override
  public Taken take(Name branch, SnapshotOptions options) {
    MemoryTimeline.Line line = timeline().branch(branch);
    SnapshotId head = line.info().snapshot();
    if (options.expected().filter(expected -> !expected.equals(head)).isPresent()) {
      throw new AifsException.Conflict(
          Reason.MOVED_MEANWHILE, branch + " is at " + head + ": token-1 moved it", "look at it");
    }
    if (timeline().kept(head).paths().equals(line.paths()) && !options.allowUnchanged()) {
      return new Taken(timeline().kept(head).summary(), true);
    }
    SnapshotSummary taken =
        timeline()
            .add(
                List.of(head),
                options.message(),
                options.author(),
                options.metadata(),
                line.paths())
            .summary();
    timeline().set(branch, taken.id(), line.paths(), "snapshot");
    return new Taken(taken, false);
  }

  @Override
  public SnapshotSummary describe(Ref ref) {
    return timeline().snapshotOf(ref).summary();
  }

  @Override
  public Stream<SnapshotSummary> list() {
    return new ArrayList<>(timeline().snapshots.values())
        .reversed().stream().map(MemoryTimeline.Kept::summary);
  }

  @Override
  public Stream<Digest> assets(Ref ref) {
    return timeline().snapshotOf(ref).paths().values().stream()
        .flatMap(
            entry ->
                entry instanceof TreeEntry.File file ? Stream.of(file.asset()) : Stream.empty());
  }

  @Override
  public Verdict check(Ref ref, Optional<byte[]> publicKey) {
    SnapshotSummary summary = describe(ref);
    boolean valid = store.snapshotProblems.isEmpty();
    return new Verdict(
        summary.id(), valid, publicKey.isEmpty(), store.snapshotProblems, 1, summary.entries());
  }

  @Override
  public Proof prove(Ref ref, Subject subject) {
    return new Proof(describe(ref).id(), ("proof of " + subject).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Stream<SnapshotSummary> log(Ref ref, TreePath path) {
    Set<SnapshotSummary> found =
        new TreeSet<>(Comparator.comparing(SnapshotSummary::createdAt).reversed());
    collect(describe(ref), found);
    return found.stream().filter(summary -> path.isRoot() || touches(summary, path));
  }

  private void collect(SnapshotSummary at, Set<SnapshotSummary> found) {
    found.add(at);
    at.parents().forEach(parent -> collect(timeline().kept(parent).summary(), found));
  }

  private boolean touches(SnapshotSummary summary, TreePath path) {
    NavigableMap<TreePath, TreeEntry> before =
        summary.parents().isEmpty()
            ? new TreeMap<>()
            : timeline().kept(summary.parents().getFirst()).paths();
    DiffOptions options =
        new DiffOptions(Optional.empty(), new Ref.Snapshot(summary.id()), path, false, false);
    return !differences(before, timeline().kept(summary.id()).paths(), options).isEmpty();
  }

  @Override
  public Differences diff(DiffOptions options) {
    Ref from = options.from().orElse(options.to());
    boolean working =
        options.to() instanceof Ref.Named(Name name) && timeline().branches.containsKey(name);
    MemoryTimeline.Kept before = timeline().snapshotOf(from);
    return new Differences(
        Optional.of(before.summary().id()),
        working
            ? Optional.empty()
            : Optional.of(timeline().snapshotOf(options.to()).summary().id()),
        differences(before.paths(), timeline().paths(options.to()), options).stream());
  }

  private static List<PathDifference> differences(
      Map<TreePath, TreeEntry> before, Map<TreePath, TreeEntry> after, DiffOptions options) {
    TreeSet<TreePath> paths = new TreeSet<>(before.keySet());
    paths.addAll(after.keySet());
    List<PathDifference> found = new ArrayList<>();
    for (TreePath path : paths) {
      Optional<TreeEntry> left = Optional.ofNullable(before.get(path));
      Optional<TreeEntry> right = Optional.ofNullable(after.get(path));
      boolean sameContent =
          left.map(MemoryHistory::content).equals(right.map(MemoryHistory::content));
      if (options.path().contains(path)
          && !(sameContent && (!options.attributes() || left.equals(right)))) {
        found.add(new PathDifference(path, left, right, sameContent, false));
      }
    }
    return found;
  }

  private static TreeEntry content(TreeEntry entry) {
    return switch (entry) {
      case TreeEntry.File file ->
          new TreeEntry.File(file.asset(), file.kind(), file.size(), FileAttributes.PLAIN_FILE);
      case TreeEntry.Symlink link ->
          new TreeEntry.Symlink(link.target(), FileAttributes.PLAIN_FILE);
      case TreeEntry.Directory _ -> new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY);
    };
  }

  @Override
  public MergeOutcome merge(Name into, Ref from, MergeOptions options) {
    store.merges.add(options);
    MemoryTimeline.Line line = timeline().branch(into);
    MemoryTimeline.Kept theirs = timeline().snapshotOf(from);
    SnapshotId head = line.info().snapshot();
    SnapshotId other = theirs.summary().id();
    if (timeline().reaches(head, other)) {
      return outcome(MergeOutcome.Kind.UP_TO_DATE, timeline().kept(head).summary(), 0);
    }
    List<MergeOutcome.Conflict> open =
        store.conflicts.stream()
            .filter(conflict -> !options.choices().containsKey(conflict.path()))
            .filter(_ -> options.choice() == ConflictChoice.FAIL)
            .toList();
    if (!open.isEmpty()) {
      return new MergeOutcome(
          MergeOutcome.Kind.CONFLICTS, Optional.empty(), Optional.of(head), open, open.size(), 0);
    }
    boolean forward = timeline().reaches(other, head) && !options.ownSnapshot();
    if (options.dryRun()) {
      return new MergeOutcome(
          forward ? MergeOutcome.Kind.FAST_FORWARD : MergeOutcome.Kind.MERGED,
          Optional.empty(),
          Optional.of(head),
          List.of(),
          0,
          1);
    }
    NavigableMap<TreePath, TreeEntry> merged = new TreeMap<>(line.paths());
    merged.putAll(theirs.paths());
    SnapshotSummary result =
        forward
            ? theirs.summary()
            : timeline()
                .add(List.of(head, other), options.message(), options.author(), Map.of(), merged)
                .summary();
    line.paths().putAll(merged);
    timeline().set(into, result.id(), line.paths(), "merge");
    return new MergeOutcome(
        forward ? MergeOutcome.Kind.FAST_FORWARD : MergeOutcome.Kind.MERGED,
        Optional.of(result),
        Optional.of(head),
        store.conflicts.stream().map(conflict -> chosen(conflict, options)).toList(),
        store.conflicts.size(),
        1);
  }

  private static MergeOutcome.Conflict chosen(
      MergeOutcome.Conflict conflict, MergeOptions options) {
    return new MergeOutcome.Conflict(
        conflict.path(),
        conflict.base(),
        conflict.ours(),
        conflict.theirs(),
        options.choices().getOrDefault(conflict.path(), options.choice()));
  }

  private static MergeOutcome outcome(
      MergeOutcome.Kind kind, SnapshotSummary snapshot, long changed) {
    return new MergeOutcome(kind, Optional.of(snapshot), Optional.empty(), List.of(), 0, changed);
  }

  @Override
  public MergeOutcome revert(Name branch, Ref ref, MergeOptions options) {
    store.merges.add(options);
    MemoryTimeline.Line line = timeline().branch(branch);
    MemoryTimeline.Kept undone = timeline().snapshotOf(ref);
    SnapshotId parent = undone.summary().parents().getFirst();
    Map<TreePath, TreeEntry> before = Map.copyOf(timeline().kept(parent).paths());
    Set<TreePath> touched = new LinkedHashSet<>(undone.paths().keySet());
    touched.addAll(before.keySet());
    touched.removeIf(
        path ->
            Optional.ofNullable(before.get(path))
                .equals(Optional.ofNullable(undone.paths().get(path))));
    touched.forEach(line.paths()::remove);
    touched.forEach(
        path ->
            Optional.ofNullable(before.get(path))
                .ifPresent(entry -> line.paths().put(path, entry)));
    SnapshotSummary result =
        timeline()
            .add(
                List.of(line.info().snapshot()),
                options.message().isEmpty() ? "revert" : options.message(),
                options.author(),
                Map.of(),
                line.paths())
            .summary();
    timeline().set(branch, result.id(), line.paths(), "revert");
    return outcome(MergeOutcome.Kind.MERGED, result, touched.size());
  }

  @Override
  public long checkout(Name branch, TreePath to, Ref ref, TreePath from) {
    Map<TreePath, TreeEntry> source = timeline().snapshotOf(ref).paths();
    NavigableMap<TreePath, TreeEntry> target = timeline().branch(branch).paths();
    target.keySet().removeIf(to::contains);
    long count = 0;
    for (Map.Entry<TreePath, TreeEntry> entry : source.entrySet()) {
      if (from.contains(entry.getKey())) {
        String below = entry.getKey().value().substring(from.value().length());
        String rest = below.startsWith("/") ? below.substring(1) : below;
        target.put(to.resolve(rest), entry.getValue());
        count++;
      }
    }
    if (count == 0 && !from.isRoot()) {
      throw new AifsException.NotFound(
          Reason.PATH_NOT_FOUND, "nothing is at " + ref + ":" + from, "'aifs ls' shows what is");
    }
    return count;
  }

  @Override
  public void prune(SnapshotId id) {
    timeline().kept(id);
    if (timeline().branches.values().stream().anyMatch(line -> line.info().snapshot().equals(id))) {
      throw new AifsException.Precondition(
          Reason.UNKNOWN, "a branch stands at " + id, "move the branch first");
    }
    timeline().snapshots.remove(id);
  }
}
