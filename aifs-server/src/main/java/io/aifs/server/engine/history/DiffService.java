package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.address.Ref;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.layer.Keys;
import io.aifs.server.engine.tree.Folding;
import io.aifs.server.snapshot.NodeSource;
import io.aifs.server.snapshot.TreeDiff;
import io.aifs.server.snapshot.TreeDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What differs between two refs. A working state is folded first, so that it is a tree like any
 * other; its cost is that of the changes since the last time. Thread-safe.
 */
public final class DiffService {
  private final RefResolver resolver;
  private final Folding folding;
  private final TreeStorage trees;

  DiffService(RefResolver resolver, Folding folding, TreeStorage trees) {
    this.resolver = resolver;
    this.folding = folding;
    this.trees = trees;
  }

  /**
   * What to compare.
   *
   * @param from empty: the newest snapshot of what {@code to} names
   * @param path only at and below it
   * @param attributes whether a difference of attributes alone counts
   * @param unnamed whether the unnamed parts are compared too
   */
  public record Question(
      Optional<Ref> from, Ref to, TreePath path, boolean attributes, boolean unnamed) {}

  /**
   * A side of a comparison.
   *
   * @param id empty for a working state
   */
  private record Side(SnapshotRoots roots, Optional<SnapshotId> id) {}

  /** A difference; in the unnamed part the path is the asset's id. */
  public record Change(TreeDifference difference, boolean unnamed) {}

  /**
   * A page of differences in order of their paths, the unnamed part's last.
   *
   * @param more whether others follow
   * @param to empty for a working state
   */
  public record Differences(
      List<Change> changes, boolean more, Optional<SnapshotId> from, Optional<SnapshotId> to) {}

  /**
   * Compares two refs.
   *
   * @param after where the page before ended
   * @throws AifsException.NotFound if a ref means nothing
   */
  public Differences diff(
      NamespaceRow namespace,
      Question question,
      Optional<AssetSnapshots.Position> after,
      int limit) {
    Side to = side(namespace, question.to());
    Side from =
        question
            .from()
            .map(ref -> side(namespace, ref))
            .orElseGet(() -> snapshot(namespace, question.to()));
    List<Change> changes = new ArrayList<>();
    boolean inUnnamed = after.map(AssetSnapshots.Position::unnamed).orElse(false);
    if (!inUnnamed) {
      Optional<TreePath> last = after.map(AssetSnapshots.Position::path);
      collect(namespace, from.roots().paths(), to.roots().paths(), question, last, limit, changes);
    }
    if (question.unnamed()) {
      Optional<TreePath> last =
          after.filter(AssetSnapshots.Position::unnamed).map(AssetSnapshots.Position::path);
      Question all = new Question(Optional.empty(), question.to(), TreePath.ROOT, false, true);
      List<Change> found = new ArrayList<>();
      collect(
          namespace,
          from.roots().unnamed(),
          to.roots().unnamed(),
          all,
          last,
          limit - changes.size(),
          found);
      found.forEach(change -> changes.add(new Change(change.difference(), true)));
    }
    boolean more = changes.size() > limit;
    return new Differences(
        List.copyOf(changes.subList(0, Math.min(limit, changes.size()))), more, from.id(), to.id());
  }

  private Side side(NamespaceRow namespace, Ref ref) {
    return switch (resolver.resolve(namespace, ref)) {
      case RefResolver.Meaning.Working(var branch) ->
          new Side(folding.fold(namespace, branch), Optional.empty());
      case RefResolver.Meaning.At(VerifiedSnapshot snapshot) ->
          new Side(snapshot.roots(), Optional.of(snapshot.id()));
    };
  }

  private Side snapshot(NamespaceRow namespace, Ref ref) {
    VerifiedSnapshot snapshot = resolver.snapshot(namespace, ref);
    return new Side(snapshot.roots(), Optional.of(snapshot.id()));
  }

  /** Adds differences until there is one more than {@code limit}. */
  private void collect(
      NamespaceRow namespace,
      TreeRoot from,
      TreeRoot to,
      Question question,
      Optional<TreePath> after,
      int limit,
      List<Change> changes) {
    TreeDiff.Counting counting =
        question.attributes() ? TreeDiff.Counting.ALL : TreeDiff.Counting.CONTENT;
    int most = changes.size() + limit + 1;
    for (Range range : Range.of(question.path(), after)) {
      TreeDiff diff =
          new TreeDiff(trees.nodes(namespace), from, to, counting, range.first(), range.end());
      while (changes.size() < most && diff.hasNext()) {
        changes.add(new Change(diff.next(), false));
      }
    }
  }

  /** Whether anything at or below {@code path} differs. */
  static boolean differs(
      NodeSource nodes, TreeRoot from, TreeRoot to, TreePath path, TreeDiff.Counting counting) {
    return Range.of(path, Optional.empty()).stream()
        .anyMatch(
            range -> new TreeDiff(nodes, from, to, counting, range.first(), range.end()).hasNext());
  }

  /** A range of keys: UTF-8 bytes of paths. The arrays are not copied. */
  @SuppressWarnings("ArrayRecordComponent") // bounds of a range; never compared
  private record Range(byte[] first, byte[] end) {
    /** At the path and below it, as far as that is behind {@code after}. */
    static List<Range> of(TreePath path, Optional<TreePath> after) {
      List<Range> ranges = new ArrayList<>();
      byte[] key = path.toUtf8();
      if (!path.isRoot()) {
        ranges.add(new Range(key, Keys.next(key)));
      }
      ranges.add(new Range(Keys.firstBelow(key), Keys.endBelow(key)));
      return after.map(last -> behind(ranges, TreeDiff.behind(last))).orElse(ranges);
    }

    private static List<Range> behind(List<Range> ranges, byte[] first) {
      return ranges.stream()
          .filter(range -> Arrays.compareUnsigned(first, range.end()) < 0)
          .map(
              range ->
                  Arrays.compareUnsigned(first, range.first()) > 0
                      ? new Range(first, range.end())
                      : range)
          .toList();
    }
  }
}
