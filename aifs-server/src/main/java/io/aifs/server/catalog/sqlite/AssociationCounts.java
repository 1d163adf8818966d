package io.aifs.server.catalog.sqlite;

import java.util.Arrays;

/** Gathers by how much counts change, for rows that come in order, and changes each once. */
final class AssociationCounts {
  private final Session session;
  private final long namespace;
  private byte[] id1 = new byte[0];
  private int type;
  private long change;

  AssociationCounts(Session session, long namespace) {
    this.session = session;
    this.namespace = namespace;
  }

  void add(AssociationEntry entry, long more) {
    add(entry.id1(), entry.type(), more);
  }

  void add(byte[] entryId1, int entryType, long more) {
    if (type != entryType || !Arrays.equals(id1, entryId1)) {
      write();
      id1 = entryId1;
      type = entryType;
    }
    change += more;
  }

  /** Writes the last one too. A count of nothing has no row. */
  void write() {
    if (change > 0) {
      session.update(
          "INSERT INTO association_count (namespace, id1, type, count) VALUES (?, ?, ?, ?)"
              + " ON CONFLICT (namespace, id1, type) DO UPDATE SET count = count + excluded.count",
          namespace,
          id1,
          type,
          change);
    } else if (change < 0) {
      session.update(
          "UPDATE association_count SET count = count + ?"
              + " WHERE namespace = ? AND id1 = ? AND type = ?",
          change,
          namespace,
          id1,
          type);
      session.update(
          "DELETE FROM association_count"
              + " WHERE namespace = ? AND id1 = ? AND type = ? AND count = 0",
          namespace,
          id1,
          type);
    }
    change = 0;
  }
}
