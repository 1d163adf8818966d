package io.aifs.server.crash;

import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.engine.history.RefService;
import io.aifs.server.engine.open.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Snapshots, branches and tags of a namespace against what they must be. */
final class HistoryComparison {
  private static final int ALL = 1_000;

  private final Engine engine;
  private final NamespaceRow row;

  HistoryComparison(Engine engine, NamespaceRow row) {
    this.engine = engine;
    this.row = row;
  }

  /** The first difference; every snapshot that is looked at is verified. */
  Optional<String> difference(Model.Space space) {
    List<SnapshotId> snapshots = snapshots();
    List<TreeMap<TreePath, Digest>> past = List.copyOf(space.past().values());
    if (snapshots.size() != past.size()) {
      return Optional.of(
          row.name() + " has " + snapshots.size() + " snapshots, not " + past.size());
    }
    for (int i = 0; i < past.size(); i++) {
      if (isReadNow(i, past.size()) && !paths(snapshots.get(i)).equals(past.get(i))) {
        return Optional.of(
            "snapshot %d of %s holds %s, not %s"
                .formatted(i, row.name(), paths(snapshots.get(i)), past.get(i)));
      }
    }
    TreeMap<Name, Integer> tags = new TreeMap<>();
    for (TagRow tag : engine.history().tags().list(row, Optional.empty(), ALL)) {
      tags.put(tag.name(), snapshots.indexOf(tag.snapshot()));
    }
    if (!tags.equals(space.tags())) {
      return Optional.of("tags of " + row.name() + " are " + tags + ", not " + space.tags());
    }
    TreeMap<Name, Integer> branches = new TreeMap<>();
    for (RefService.Branch branch : engine.history().refs().list(row, Optional.empty(), ALL)) {
      if (!branch.row().name().equals(Name.MAIN_BRANCH)) {
        branches.put(branch.row().name(), snapshots.indexOf(branch.head()));
      }
    }
    return branches.equals(space.branches())
        ? Optional.empty()
        : Optional.of(
            "branches of " + row.name() + " are " + branches + ", not " + space.branches());
  }

  /** The newest, and some of the others: each was among the newest once. */
  private static boolean isReadNow(int index, int count) {
    return index >= count - 2 || index % 5 == count % 5;
  }

  /** Where main stood, the oldest first, but for its beginning. */
  private List<SnapshotId> snapshots() {
    List<SnapshotId> ids = new ArrayList<>();
    for (BranchMove move :
        engine.history().refs().history(row, Name.MAIN_BRANCH, Optional.empty(), ALL).reversed()) {
      if (move.from().isPresent()) {
        ids.add(move.to().orElseThrow());
      }
    }
    return ids;
  }

  private Map<TreePath, Digest> paths(SnapshotId id) {
    Map<TreePath, Digest> paths = new TreeMap<>();
    for (PathEntry entry :
        engine
            .paths()
            .read(
                row,
                new Ref.Snapshot(id),
                queries -> queries.walk(TreePath.ROOT, Optional.empty(), ALL))) {
      if (entry.entry() instanceof TreeEntry.File file) {
        paths.put(entry.path(), file.asset());
      }
    }
    return paths;
  }
}
