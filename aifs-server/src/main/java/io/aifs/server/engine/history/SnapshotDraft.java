package io.aifs.server.engine.history;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import java.util.List;
import java.util.Map;

/**
 * What a snapshot is to say.
 *
 * @param parents the first is what the branch stands at
 */
record SnapshotDraft(
    SnapshotRoots roots,
    List<SnapshotId> parents,
    String author,
    String message,
    Map<String, String> metadata) {
  SnapshotDraft {
    parents = List.copyOf(parents);
    metadata = Map.copyOf(metadata);
  }
}
