package io.aifs.server.snapshot;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to our tree to take in what their side did since a common base: edits in
 * order, found as the iterator moves on. Walks the differences only. The merged tree has no entry
 * below a file, if none of the three trees has. Not thread-safe.
 */
public final class TreeMerge implements Iterator<TreeEdit> {
  private final NodeSource nodes;
  private final TreeRoot base;
  private final TreeRoot ours;
  private final TreeRoot theirs;
  private final Function<TreeConflict, MergeChoice> choices;
  private final PeekingDiff ourDiff;
  private final PeekingDiff theirDiff;

  /** Paths below which one side was chosen, and which may still come. */
  private final Deque<Chosen> chosen = new ArrayDeque<>();

  private @Nullable TreeEdit next;

  private record Chosen(TreePath path, boolean isTheirs) {}

  /** What a path names in the three trees. */
  private record Three(
      TreePath path,
      Optional<TreeEntry> base,
      Optional<TreeEntry> ours,
      Optional<TreeEntry> theirs) {}

  /**
   * @param base the empty tree if there is no common one
   * @param choices asked once for each conflict, in order of their paths
   */
  public TreeMerge(
      NodeSource nodes,
      TreeRoot base,
      TreeRoot ours,
      TreeRoot theirs,
      Function<TreeConflict, MergeChoice> choices) {
    this.nodes = requireNonNull(nodes, "nodes is null");
    this.base = requireNonNull(base, "base is null");
    this.ours = requireNonNull(ours, "ours is null");
    this.theirs = requireNonNull(theirs, "theirs is null");
    this.choices = requireNonNull(choices, "choices is null");
    this.ourDiff = new PeekingDiff(new TreeDiff(nodes, base, ours, TreeDiff.Counting.ALL));
    this.theirDiff = new PeekingDiff(new TreeDiff(nodes, base, theirs, TreeDiff.Counting.ALL));
  }

  @Override
  public boolean hasNext() {
    while (next == null && (ourDiff.peek().isPresent() || theirDiff.peek().isPresent())) {
      Three three = take();
      resolved(three)
          .filter(entry -> !entry.equals(three.ours()))
          .ifPresent(entry -> next = edit(three.path(), entry));
    }
    return next != null;
  }

  @Override
  public TreeEdit next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("no edit is left");
    }
    TreeEdit edit = next;
    next = null;
    return edit;
  }

  /** The next path that any side changed. */
  private Three take() {
    Optional<TreeDifference> our = ourDiff.peek();
    Optional<TreeDifference> their = theirDiff.peek();
    int order =
        our.isEmpty() ? 1 : their.map(there -> our.get().path().compareTo(there.path())).orElse(-1);
    if (order < 0) {
      TreeDifference change = ourDiff.take();
      return new Three(change.path(), change.before(), change.after(), change.before());
    }
    TreeDifference change = theirDiff.take();
    return new Three(
        change.path(),
        change.before(),
        order == 0 ? ourDiff.take().after() : change.before(),
        change.after());
  }

  /** What the path names in the merged tree; empty if that is ours, whatever it is. */
  private Optional<Optional<TreeEntry>> resolved(Three three) {
    chosen.removeIf(above -> isBehind(three.path(), above.path()));
    for (Chosen above : chosen) {
      if (above.path().contains(three.path())) {
        return above.isTheirs() ? Optional.of(three.theirs()) : Optional.empty();
      }
    }
    EntryMerge.Outcome outcome = EntryMerge.merge(three.base(), three.ours(), three.theirs());
    boolean isFileAndDirectory = isFileAndDirectory(three, outcome);
    if (!isFileAndDirectory && outcome instanceof EntryMerge.Outcome.Merged merged) {
      return Optional.of(merged.entry());
    }
    TreeConflict.Kind kind =
        isFileAndDirectory ? TreeConflict.Kind.FILE_AND_DIRECTORY : TreeConflict.Kind.ENTRY;
    boolean isTheirs =
        choices.apply(
                new TreeConflict(kind, three.path(), three.base(), three.ours(), three.theirs()))
            == MergeChoice.THEIRS;
    if (isFileAndDirectory) {
      chosen.add(new Chosen(three.path(), isTheirs));
    }
    return isTheirs ? Optional.of(three.theirs()) : Optional.empty();
  }

  private boolean isFileAndDirectory(Three three, EntryMerge.Outcome outcome) {
    boolean ourFile = isFile(three.ours());
    boolean theirFile = isFile(three.theirs());
    return switch (outcome) {
      case EntryMerge.Outcome.Clash _ ->
          ourFile != theirFile
              && (isDirectory(three.ours())
                  || isDirectory(three.theirs())
                  || putsBelow(three.path(), ourFile ? theirDiff : ourDiff));
      case EntryMerge.Outcome.Merged merged ->
          isFile(merged.entry())
              && ourFile != theirFile
              && putsBelow(three.path(), ourFile ? theirDiff : ourDiff);
    };
  }

  /** Whether the side put or changed something below {@code path}. */
  private boolean putsBelow(TreePath path, PeekingDiff side) {
    if (side.peek().filter(change -> !isBehind(change.path(), path)).isEmpty()) {
      return false;
    }
    TreeDiff below =
        new TreeDiff(
            nodes,
            base,
            side == ourDiff ? ours : theirs,
            TreeDiff.Counting.CONTENT,
            (path + "/").getBytes(StandardCharsets.UTF_8),
            behindAllBelow(path));
    while (below.hasNext()) {
      if (below.next().after().isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code path} is behind {@code above} and all that is below that. */
  private static boolean isBehind(TreePath path, TreePath above) {
    return StoredNodes.compare(path, behindAllBelow(above)) >= 0;
  }

  /** The digit 0 follows the slash. */
  private static byte[] behindAllBelow(TreePath path) {
    return (path + "0").getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isFile(Optional<TreeEntry> entry) {
    return entry.isPresent() && !isDirectory(entry);
  }

  private static boolean isDirectory(Optional<TreeEntry> entry) {
    return entry.isPresent() && entry.get() instanceof TreeEntry.Directory;
  }

  private static TreeEdit edit(TreePath path, Optional<TreeEntry> entry) {
    return entry
        .<TreeEdit>map(found -> new TreeEdit.Put(new PathEntry(path, found)))
        .orElseGet(() -> new TreeEdit.Remove(path));
  }
}
