package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.BranchRow;
import io.aifs.server.catalog.RefReader;
import io.aifs.server.catalog.TagRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Branches, their moves, tags. */
class SqliteRefReader implements RefReader {
  private static final String BRANCH =
      "SELECT name, head, created_at, updated_at, metadata, protected FROM branch"
          + " WHERE namespace = ?";
  private static final String MOVE =
      "SELECT sequence, branch, from_snapshot, to_snapshot, at, who, reason, metadata"
          + " FROM ref_move WHERE namespace = ? AND branch = ?";
  private static final String TAG =
      "SELECT name, snapshot, created_at, who, metadata, deleted_at FROM tag WHERE namespace = ?";

  final Session session;

  SqliteRefReader(Session session) {
    this.session = session;
  }

  @Override
  public Optional<BranchRow> branch(long namespace, Name name) {
    return session.first(
        BRANCH + " AND name = ?", SqliteRefReader::branch, namespace, name.value());
  }

  @Override
  public List<BranchRow> branches(long namespace, Optional<Name> after, int limit) {
    return session.list(
        BRANCH + " AND name > ? ORDER BY name LIMIT ?",
        SqliteRefReader::branch,
        namespace,
        after.map(Name::value).orElse(""),
        Page.limit(limit));
  }

  @Override
  public List<BranchMove> moves(long namespace, Name branch, Optional<Long> before, int limit) {
    return session.list(
        MOVE + " AND sequence < ? ORDER BY sequence DESC LIMIT ?",
        SqliteRefReader::move,
        namespace,
        branch.value(),
        before.orElse(Long.MAX_VALUE),
        Page.limit(limit));
  }

  @Override
  public Optional<BranchMove> moveAt(long namespace, Name branch, Instant at) {
    return session.first(
        MOVE + " AND at <= ? ORDER BY sequence DESC LIMIT 1",
        SqliteRefReader::move,
        namespace,
        branch.value(),
        Nanos.ofNearest(at));
  }

  @Override
  public Optional<BranchMove> firstMove(long namespace, Name branch) {
    return session.first(
        MOVE + " ORDER BY sequence LIMIT 1", SqliteRefReader::move, namespace, branch.value());
  }

  @Override
  public Optional<TagRow> tag(long namespace, Name name) {
    return session.first(TAG + " AND name = ?", SqliteRefReader::tag, namespace, name.value());
  }

  @Override
  public List<TagRow> tags(long namespace, Optional<Name> after, int limit) {
    return session.list(
        TAG + " AND deleted_at IS NULL AND name > ? ORDER BY name LIMIT ?",
        SqliteRefReader::tag,
        namespace,
        after.map(Name::value).orElse(""),
        Page.limit(limit));
  }

  @Override
  public Optional<BranchRow> anyBranchAt(long namespace, SnapshotId snapshot) {
    return session.first(
        BRANCH + " AND head = ? LIMIT 1",
        SqliteRefReader::branch,
        namespace,
        PackedSnapshotIds.bytes(snapshot));
  }

  @Override
  public Optional<TagRow> anyTagAt(long namespace, SnapshotId snapshot) {
    return session.first(
        TAG + " AND deleted_at IS NULL AND snapshot = ? LIMIT 1",
        SqliteRefReader::tag,
        namespace,
        PackedSnapshotIds.bytes(snapshot));
  }

  private static BranchRow branch(Row row) throws SQLException {
    return new BranchRow(
        new Name(row.text(1)),
        optionalId(row, 2),
        Nanos.instant(row.integer(3)),
        Nanos.instant(row.integer(4)),
        MetadataCodec.decode(row.blob(5)),
        row.flag(6));
  }

  private static BranchMove move(Row row) throws SQLException {
    return new BranchMove(
        row.integer(1),
        new Name(row.text(2)),
        optionalId(row, 3),
        optionalId(row, 4),
        Nanos.instant(row.integer(5)),
        row.text(6),
        row.text(7),
        MetadataCodec.decode(row.blob(8)));
  }

  private static TagRow tag(Row row) throws SQLException {
    return new TagRow(
        new Name(row.text(1)),
        row.snapshotId(2),
        Nanos.instant(row.integer(3)),
        row.text(4),
        MetadataCodec.decode(row.blob(5)),
        row.value(6) instanceof Long at ? Optional.of(Nanos.instant(at)) : Optional.empty());
  }

  private static Optional<SnapshotId> optionalId(Row row, int column) throws SQLException {
    byte[] id = row.blob(column);
    return id.length == 0 ? Optional.empty() : Optional.of(PackedSnapshotIds.id(id));
  }
}
