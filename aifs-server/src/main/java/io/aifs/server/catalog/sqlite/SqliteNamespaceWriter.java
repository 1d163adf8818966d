package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.Name;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.NamespaceWriter;
import io.aifs.server.catalog.layer.TreeBase;

/** Creates namespaces, each with its totals and its first branch. */
final class SqliteNamespaceWriter extends SqliteNamespaceReader implements NamespaceWriter {
  SqliteNamespaceWriter(Session session) {
    super(session);
  }

  @Override
  public NamespaceRow create(NamespaceRow row) {
    if (find(row.name()).isPresent()) {
      throw new IllegalStateException("namespace exists: " + row.name());
    }
    session.update(
        "INSERT INTO namespace (name, description, created_at, metadata, domain,"
            + " chunk_bytes_min, chunk_bytes_target, chunk_bytes_max)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        row.name().value(),
        row.description(),
        Nanos.of(row.createdAt()),
        MetadataCodec.encode(row.metadata()),
        row.domain().toBytes(),
        row.chunker().bytesMin(),
        row.chunker().bytesTarget(),
        row.chunker().bytesMax());
    NamespaceRow stored = find(row.name()).orElseThrow();
    session.update(
        "INSERT INTO namespace_total (namespace, assets, content_bytes) VALUES (?, 0, 0)",
        stored.number());
    session.update(
        "INSERT INTO branch (namespace, name, created_at, updated_at) VALUES (?, ?, ?, ?)",
        stored.number(),
        Name.MAIN_BRANCH.value(),
        Nanos.of(row.createdAt()),
        Nanos.of(row.createdAt()));
    new SqliteTreeWriter(session, TreeBase.ABSENT)
        .reset(stored.number(), Name.MAIN_BRANCH, SnapshotRoots.EMPTY);
    return stored;
  }
}
