package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.RefWriter;
import io.aifs.server.catalog.TagRow;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Changes branches and tags; each move of a branch leaves its row. */
final class SqliteRefWriter extends SqliteRefReader implements RefWriter {
  SqliteRefWriter(Session session) {
    super(session);
  }

  @Override
  public void move(long namespace, BranchMove move) {
    Optional<BranchRow> branch = branch(namespace, move.branch());
    Optional<SnapshotId> head = branch.flatMap(BranchRow::head);
    if (!head.equals(move.from())) {
      throw new IllegalStateException(
          "branch " + move.branch() + " does not stand at " + move.from() + ": " + head);
    }
    if (branch.isEmpty()) {
      insert(namespace, move);
    } else if (move.to().isEmpty()) {
      session.update(
          "DELETE FROM working_tree WHERE branch ="
              + " (SELECT number FROM branch WHERE namespace = ? AND name = ?)",
          namespace,
          move.branch().value());
      session.update(
          "DELETE FROM branch WHERE namespace = ? AND name = ?", namespace, move.branch().value());
    } else {
      session.update(
          "UPDATE branch SET head = ?, updated_at = ?, metadata = coalesce(?, metadata)"
              + " WHERE namespace = ? AND name = ?",
          bytes(move.to()),
          Nanos.of(move.at()),
          MetadataCodec.encode(move.metadata()),
          namespace,
          move.branch().value());
    }
    session.update(
        "INSERT INTO ref_move (namespace, branch, sequence, at, from_snapshot, to_snapshot, who,"
            + " reason, metadata) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        namespace,
        move.branch().value(),
        move.sequence(),
        Nanos.of(move.at()),
        bytes(move.from()),
        bytes(move.to()),
        move.who(),
        move.reason(),
        MetadataCodec.encode(move.metadata()));
  }

  private void insert(long namespace, BranchMove move) {
    session.update(
        "INSERT INTO branch (namespace, name, head, created_at, updated_at, metadata)"
            + " VALUES (?, ?, ?, ?, ?, ?)",
        namespace,
        move.branch().value(),
        bytes(move.to()),
        Nanos.of(move.at()),
        Nanos.of(move.at()),
        MetadataCodec.encode(move.metadata()));
  }

  private static byte @Nullable [] bytes(Optional<SnapshotId> id) {
    return id.map(PackedSnapshotIds::bytes).orElse(null);
  }

  @Override
  public void guard(long namespace, Name branch, boolean guarded) {
    long changed =
        session.update(
            "UPDATE branch SET protected = ? WHERE namespace = ? AND name = ?",
            guarded,
            namespace,
            branch.value());
    if (changed == 0) {
      throw new IllegalStateException("no such branch: " + branch);
    }
  }

  @Override
  public void makeTag(long namespace, TagRow tag) {
    long changed =
        session.update(
            "INSERT INTO tag (namespace, name, snapshot, created_at, who, metadata)"
                + " VALUES (?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (namespace, name) DO UPDATE SET created_at = excluded.created_at,"
                + " who = excluded.who, metadata = excluded.metadata, deleted_at = NULL"
                + " WHERE tag.deleted_at IS NOT NULL AND tag.snapshot = excluded.snapshot",
            namespace,
            tag.name().value(),
            PackedSnapshotIds.bytes(tag.snapshot()),
            Nanos.of(tag.createdAt()),
            tag.who(),
            MetadataCodec.encode(tag.metadata()));
    if (changed == 0) {
      throw new IllegalStateException("tag exists, or meant another snapshot: " + tag.name());
    }
  }

  @Override
  public boolean deleteTag(long namespace, Name tag, Instant at) {
    return session.update(
            "UPDATE tag SET deleted_at = ? WHERE namespace = ? AND name = ?"
                + " AND deleted_at IS NULL",
            Nanos.of(at),
            namespace,
            tag.value())
        > 0;
  }
}
