package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.AssociationKey;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.AssociationTypeRow;
import io.aifs.server.catalog.AssociationWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes associations, their inverse rows and their counts. */
final class SqliteAssociationWriter extends SqliteAssociationReader implements AssociationWriter {
  SqliteAssociationWriter(Session session) {
    super(session);
  }

  @Override
  public void declare(long namespace, Collection<AssociationTypeRow> types) {
    for (AssociationTypeRow type : types) {
      long added =
          session.update(
              "INSERT INTO association_type (namespace, number, name, inverse)"
                  + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
              namespace,
              type.number(),
              type.name().value(),
              type.inverse() == 0 ? null : type.inverse());
      if (added == 0) {
        throw new IllegalStateException("type is declared: " + type.number() + " " + type.name());
      }
    }
  }

  @Override
  public int putAll(long namespace, Collection<AssociationRow> rows) {
    AssociationCounts counts = new AssociationCounts(session, namespace);
    int added = 0;
    for (AssociationEntry entry :
        entries(namespace, rows.stream().map(AssociationEntry::of).toList())) {
      if (insert(namespace, entry)) {
        counts.add(entry, 1);
        added += entry.given() ? 1 : 0;
      } else {
        session.update(
            "UPDATE association SET age = ?, data = ?"
                + " WHERE namespace = ? AND id1 = ? AND type = ? AND id2 = ?",
            entry.age(),
            entry.data(),
            namespace,
            entry.id1(),
            entry.type(),
            entry.id2());
      }
    }
    counts.write();
    return added;
  }

  private boolean insert(long namespace, AssociationEntry entry) {
    return session.update(
            "INSERT INTO association (namespace, id1, type, age, id2, data)"
                + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (namespace, id1, type, id2) DO NOTHING",
            namespace,
            entry.id1(),
            entry.type(),
            entry.age(),
            entry.id2(),
            entry.data())
        > 0;
  }

  @Override
  public Map<AssociationKey, Long> deleteAll(long namespace, Collection<AssociationKey> keys) {
    Map<AssociationKey, Long> deleted = new LinkedHashMap<>();
    for (AssociationKey key : keys) {
      time(namespace, AssociationEntry.of(key)).ifPresent(time -> deleted.put(key, time));
    }
    AssociationCounts counts = new AssociationCounts(session, namespace);
    for (AssociationEntry entry :
        entries(namespace, deleted.keySet().stream().map(AssociationEntry::of).toList())) {
      long gone =
          session.update(
              "DELETE FROM association WHERE namespace = ? AND id1 = ? AND type = ? AND id2 = ?",
              namespace,
              entry.id1(),
              entry.type(),
              entry.id2());
      counts.add(entry, -gone);
    }
    counts.write();
    return deleted;
  }

  private Optional<Long> time(long namespace, AssociationEntry entry) {
    return session.first(
        "SELECT age FROM association WHERE namespace = ? AND id1 = ? AND type = ? AND id2 = ?",
        row -> ~row.integer(1),
        namespace,
        entry.id1(),
        entry.type(),
        entry.id2());
  }

  /**
   * What is given and its other ends, each row once, in the table's order: neighbours share pages.
   */
  private List<AssociationEntry> entries(long namespace, List<AssociationEntry> given) {
    Map<Integer, Integer> inverses = new HashMap<>();
    List<AssociationEntry> all = new ArrayList<>(2 * given.size());
    for (AssociationEntry entry : given) {
      int inverse = inverses.computeIfAbsent(entry.type(), type -> requireInverse(namespace, type));
      if (inverse != 0) {
        all.add(entry.fromTheOtherEnd(inverse));
      }
      all.add(entry);
    }
    return AssociationEntry.lastOfEach(all);
  }

  private int requireInverse(long namespace, int type) {
    return session
        .first(
            "SELECT number, name, inverse FROM association_type"
                + " WHERE namespace = ? AND number = ?",
            SqliteAssociationReader::typeRow,
            namespace,
            type)
        .map(AssociationTypeRow::inverse)
        .orElseThrow(() -> new IllegalStateException("type is not declared: " + type));
  }
}
