package io.aifs.server.snapshot;

import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.EntryContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules of a merge over three plain maps, looking at everything again for every path. */
final class MergeModel {
  private final Map<TreePath, TreeEntry> base;
  private final Map<TreePath, TreeEntry> ours;
  private final Map<TreePath, TreeEntry> theirs;
  private final List<TreePath> conflicts = new ArrayList<>();

  MergeModel(
      Map<TreePath, TreeEntry> base,
      Map<TreePath, TreeEntry> ours,
      Map<TreePath, TreeEntry> theirs) {
    this.base = base;
    this.ours = ours;
    this.theirs = theirs;
  }

  List<TreePath> conflicts() {
    return conflicts;
  }

  NavigableMap<TreePath, TreeEntry> merge(boolean takeTheirs) {
    TreeSet<TreePath> paths = new TreeSet<>(base.keySet());
    paths.addAll(ours.keySet());
    paths.addAll(theirs.keySet());
    List<TreePath> decided = new ArrayList<>();
    NavigableMap<TreePath, TreeEntry> merged = new TreeMap<>();
    for (TreePath path : paths) {
      Optional<TreeEntry> our = Optional.ofNullable(ours.get(path));
      Optional<TreeEntry> their = Optional.ofNullable(theirs.get(path));
      EntryMerge.Outcome outcome =
          EntryMerge.merge(Optional.ofNullable(base.get(path)), our, their);
      Optional<TreeEntry> result;
      if (decided.stream().anyMatch(above -> above.contains(path))) {
        result = takeTheirs ? their : our;
      } else if (isInTheWay(path, outcome, ours, theirs)
          || isInTheWay(path, outcome, theirs, ours)) {
        conflicts.add(path);
        decided.add(path);
        result = takeTheirs ? their : our;
      } else if (outcome instanceof EntryMerge.Outcome.Merged known) {
        result = known.entry();
      } else {
        conflicts.add(path);
        result = takeTheirs ? their : our;
      }
      result.ifPresent(entry -> merged.put(path, entry));
    }
    return merged;
  }

  /**
   * Whether one side has a file that stays, or may, where the other did something in a directory.
   */
  private boolean isInTheWay(
      TreePath path,
      EntryMerge.Outcome outcome,
      Map<TreePath, TreeEntry> one,
      Map<TreePath, TreeEntry> other) {
    TreeEntry file = one.get(path);
    if (file == null || file instanceof TreeEntry.Directory) {
      return false;
    }
    boolean mayStay =
        !(outcome instanceof EntryMerge.Outcome.Merged merged)
            || merged.entry().filter(e -> !(e instanceof TreeEntry.Directory)).isPresent();
    boolean clashes = outcome instanceof EntryMerge.Outcome.Clash;
    boolean puts =
        other.entrySet().stream()
            .filter(e -> path.contains(e.getKey()) && !path.equals(e.getKey()))
            .anyMatch(
                e -> {
                  TreeEntry before = base.get(e.getKey());
                  return before == null || !EntryContent.same(before, e.getValue());
                });
    return mayStay && (puts || (clashes && other.get(path) instanceof TreeEntry.Directory));
  }
}
