package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SnapshotStatement;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotRow;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** Gives snapshots their ids, places and signatures, outside any transaction. Thread-safe. */
final class SnapshotMaker {
  private final Catalog catalog;
  private final SnapshotKeys keys;
  private final String storeId;
  private final Clock clock;

  SnapshotMaker(Catalog catalog, SnapshotKeys keys, String storeId, Clock clock) {
    this.catalog = catalog;
    this.keys = keys;
    this.storeId = storeId;
    this.clock = clock;
  }

  /** A time and a generation that fit; another may take the id before it is used. */
  private record Place(Instant createdAt, long generation) {}

  /**
   * A signed snapshot that is not in the catalog yet. Whoever adds it asks whether its id is still
   * free, and has another made if it is not.
   *
   * @throws AifsException.InvalidRequest if author, message or metadata break a limit
   */
  VerifiedSnapshot make(NamespaceRow namespace, SnapshotDraft draft) {
    Digest merkleRoot = draft.roots().merkleRoot();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Place place = catalog.read(reader -> place(reader, namespace, draft, merkleRoot, now));
    PublicKey key = keys.current(namespace);
    SnapshotStatement statement = statement(namespace, draft, place, key);
    byte[] signature = keys.sign(namespace, key.id(), statement.toSign());
    SnapshotNode node =
        new SnapshotNode(
            statement.id(), place.createdAt(), place.generation(), draft.parents(), false);
    return new VerifiedSnapshot(
        new SnapshotRow(node, draft.roots(), statement.encode(), signature), statement);
  }

  private static Place place(
      CatalogReader reader,
      NamespaceRow namespace,
      SnapshotDraft draft,
      Digest merkleRoot,
      Instant now) {
    Map<SnapshotId, SnapshotNode> parents =
        reader.snapshots().nodes(namespace.number(), draft.parents());
    long generation =
        1 + parents.values().stream().mapToLong(SnapshotNode::generation).max().orElse(0);
    Instant at = now;
    while (taken(reader, namespace, SnapshotId.of(merkleRoot, at))) {
      at = at.plus(1, ChronoUnit.MICROS);
    }
    return new Place(at, generation);
  }

  /** Whether the id is in use, or was. */
  static boolean taken(CatalogReader reader, NamespaceRow namespace, SnapshotId id) {
    return !reader.snapshots().nodes(namespace.number(), List.of(id)).isEmpty();
  }

  private SnapshotStatement statement(
      NamespaceRow namespace, SnapshotDraft draft, Place place, PublicKey key) {
    try {
      return new SnapshotStatement(
          storeId,
          namespace.name(),
          draft.roots(),
          place.createdAt(),
          draft.parents(),
          draft.author(),
          draft.message(),
          draft.metadata(),
          key.id());
    } catch (IllegalArgumentException e) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "message",
          "the snapshot cannot say this: " + e.getMessage(),
          "shorten it, or keep large texts in an asset");
    }
  }
}
