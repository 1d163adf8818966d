package io.aifs.server.engine.history;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened to snapshots and refs, written down beside the rows that changed. */
final class HistoryEvents {
  static final String SNAPSHOT_CREATE = "snapshot.create";
  static final String SNAPSHOT_PRUNE = "snapshot.prune";
  static final String REF_MOVE = "ref.move";
  static final String REF_DELETE = "ref.delete";
  static final String REF_PROTECT = "ref.protect";
  static final String TAG_CREATE = "tag.create";
  static final String TAG_DELETE = "tag.delete";
  static final String KEY_ROTATE = "key.rotate";

  private final CatalogWriter writer;
  private final NamespaceRow namespace;
  private final Instant now;

  HistoryEvents(CatalogWriter writer, NamespaceRow namespace, Instant now) {
    this.writer = writer;
    this.namespace = namespace;
    this.now = now;
  }

  long append(String type, Map<String, String> details) {
    return writer
        .events()
        .append(new EventRow(0, namespace.number(), type, now, List.of(), details));
  }

  /** Adds a snapshot with its event. */
  void add(VerifiedSnapshot snapshot) {
    writer.snapshots().add(namespace.number(), snapshot.row());
    append(
        SNAPSHOT_CREATE,
        Map.of(
            "snapshot", snapshot.id().hex(), "merkle_root", snapshot.roots().merkleRoot().hex()));
  }

  /** Moves a branch with its event and history; returns the event's sequence. */
  long move(Name branch, Optional<SnapshotId> from, Optional<SnapshotId> to, Mover mover) {
    Map<String, String> details = new HashMap<>();
    details.put("branch", branch.value());
    from.ifPresent(id -> details.put("from", id.hex()));
    to.ifPresent(id -> details.put("to", id.hex()));
    if (!mover.reason().isEmpty()) {
      details.put("reason", mover.reason());
    }
    long sequence = append(to.isPresent() ? REF_MOVE : REF_DELETE, details);
    writer
        .refs()
        .move(
            namespace.number(),
            new BranchMove(
                sequence, branch, from, to, now, mover.who(), mover.reason(), mover.metadata()));
    return sequence;
  }
}
