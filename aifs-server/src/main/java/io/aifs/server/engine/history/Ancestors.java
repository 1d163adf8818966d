package io.aifs.server.engine.history;

import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Places in history, read in batches: whoever asks for one is likely to ask for its first parents
 * next. Not thread-safe: of one question.
 */
final class Ancestors {
  private static final int FIRST = 16;
  private static final int MOST = 4_096;

  private final Catalog catalog;
  private final NamespaceRow namespace;
  private final Map<SnapshotId, SnapshotNode> known = new HashMap<>();
  private int batch = FIRST;
  private int reads;

  Ancestors(Catalog catalog, NamespaceRow namespace) {
    this.catalog = catalog;
    this.namespace = namespace;
  }

  /** The place of a snapshot; empty if it never was. */
  Optional<SnapshotNode> find(SnapshotId id) {
    if (!known.containsKey(id)) {
      int limit = batch;
      List<SnapshotNode> line =
          catalog.read(reader -> reader.snapshots().firstParents(namespace.number(), id, limit));
      line.forEach(node -> known.put(node.id(), node));
      batch = Math.min(MOST, batch * 4);
      reads++;
    }
    return Optional.ofNullable(known.get(id));
  }

  /** How often the catalog was asked. */
  int reads() {
    return reads;
  }
}
