package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows consistent of which some were lost: see {@link CatalogCheck} for what they must be.
 * Keeps whatever stands by itself.
 */
final class CatalogRepair {
  private static final String NEITHER =
      " NOT EXISTS (SELECT 1 FROM asset a WHERE a.namespace = %1$s AND a.id = %2$s)"
          + " AND NOT EXISTS (SELECT 1 FROM tombstone d WHERE d.namespace = %1$s AND d.id = %2$s)";

  /** Counted anew, dropped with what they belong to, or empty after a rebuild. */
  private static final Set<String> GONE_WITH_OTHERS =
      Set.of("association_count", "kept_embedding", "staged_transaction");

  private final Session session;
  private final long atNanos;
  private final List<String> changes = new ArrayList<>();

  CatalogRepair(Session session, long atNanos) {
    this.session = session;
    this.atNanos = atNanos;
  }

  List<String> run() {
    dropStrangers();
    dropPaths();
    session.update(
        "DELETE FROM tombstone AS t WHERE EXISTS (SELECT 1 FROM asset a"
            + " WHERE a.namespace = t.namespace AND a.id = t.id)");
    dropKept();
    dropCaveats();
    buryLostAssets("parent");
    buryLostAssets("child");
    new EmbeddingRepair(session, atNanos, changes).run();
    restoreEvents();
    new AssociationRepair(session, changes).run();
    recount();
    return changes;
  }

  /** What is of a namespace or branch that is lost: nothing says its name, domain or keys. */
  private void dropStrangers() {
    session.update(
        "INSERT OR IGNORE INTO branch (namespace, name) SELECT number, 'main' FROM namespace");
    for (String table : ofNamespaces()) {
      long gone =
          session.update(
              "DELETE FROM " + table + " WHERE namespace NOT IN (SELECT number FROM namespace)");
      if (gone > 0) {
        changes.add("removed " + gone + " rows of " + table + ": their namespace is lost");
      }
    }
    session.update("DELETE FROM working_tree WHERE branch NOT IN (SELECT number FROM branch)");
    restoreHistory();
    long gone =
        session.update(
            "DELETE FROM tree_entry WHERE layer NOT IN (SELECT layer FROM "
                + CatalogCheck.OVERLAYS
                + ")");
    if (gone > 0) {
      changes.add("removed " + gone + " paths: their branch is lost");
    }
  }

  /** Every table whose rows are of a namespace, so that a new one cannot be forgotten. */
  private List<String> ofNamespaces() {
    List<String> tables =
        new ArrayList<>(
            session.list(
                "SELECT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c"
                    + " WHERE t.type = 'table' AND c.name = 'namespace' ORDER BY t.name",
                row -> row.text(1)));
    tables.removeAll(GONE_WITH_OTHERS);
    return tables;
  }

  private void restoreHistory() {
    session.update(
        "UPDATE counter SET value = max(value, (SELECT coalesce(max(layer), 0) FROM working_tree),"
            + " (SELECT coalesce(max(layer), 0) FROM tree_entry)) WHERE name = 'layer'");
    new HistoryRepair(session, atNanos, changes).run();
  }

  private void dropPaths() {
    String lost =
        " FROM tree_entry AS e WHERE e.asset IS NOT NULL AND"
            + NEITHER.formatted(
                "(SELECT b.namespace FROM branch b JOIN "
                    + CatalogCheck.OVERLAYS
                    + " w ON w.branch = b.number WHERE w.layer = e.layer)",
                "e.asset");
    session.each(
        "SELECT CAST(e.path AS TEXT)" + lost,
        row -> {
          changes.add("removed path '" + row.text(1) + "': its asset is lost");
          return true;
        });
    session.update("DELETE" + lost);
  }

  /** What deleted assets would come back with goes with their tombstones, which say the rest. */
  private void dropKept() {
    session.update(
        "DELETE FROM kept_asset AS k WHERE NOT EXISTS (SELECT 1 FROM tombstone t"
            + " WHERE t.namespace = k.namespace AND t.id = k.id)");
    session.update(
        "DELETE FROM kept_embedding AS e WHERE NOT EXISTS (SELECT 1 FROM kept_asset k"
            + " WHERE k.namespace = e.namespace AND k.id = e.asset)");
  }

  /** What tokens of a family may do, of which nothing else is known. */
  private void dropCaveats() {
    long gone =
        session.update(
            "DELETE FROM token_caveat WHERE number NOT IN (SELECT number FROM token_family)");
    if (gone > 0) {
      changes.add("removed " + gone + " caveats: the family of their token is lost");
    }
  }

  private void buryLostAssets(String end) {
    String lost = " FROM edge t WHERE" + NEITHER.formatted("t.namespace", "t." + end);
    session.each(
        "SELECT DISTINCT t." + end + lost,
        row -> {
          changes.add("asset " + row.digest(1) + " is lost: a tombstone stands for it");
          return true;
        });
    session.update(
        "INSERT OR IGNORE INTO tombstone"
            + " (namespace, id, kind, size, deleted_at, deleted_by, why, path_count)"
            + " SELECT DISTINCT t.namespace, t."
            + end
            + ", 0, 0, ?, 'fsck --rebuild-catalog', 'lost: its journal record is damaged', 0"
            + lost,
        atNanos);
  }

  /** Each asset stands in the event that it was born at. */
  private void restoreEvents() {
    List<Born> lost =
        session.list(
            "SELECT namespace, born_at, id, created_at FROM asset a WHERE NOT EXISTS"
                + " (SELECT 1 FROM event e WHERE e.namespace = a.namespace"
                + " AND e.sequence = a.born_at) ORDER BY namespace, born_at, id",
            row -> new Born(row.integer(1), row.integer(2), row.digest(3), row.integer(4)));
    List<Digest> ids = new ArrayList<>();
    @Nullable Born group = null;
    for (Born each : lost) {
      if (group != null && !group.sameEvent(each)) {
        insertEvent(group, ids);
        ids.clear();
      }
      group = each;
      ids.add(each.id());
    }
    if (group != null) {
      insertEvent(group, ids);
    }
  }

  private record Born(long namespace, long sequence, Digest id, long atNanos) {
    boolean sameEvent(Born other) {
      return namespace == other.namespace && sequence == other.sequence;
    }
  }

  private void insertEvent(Born born, List<Digest> ids) {
    session.update(
        "INSERT INTO event (namespace, sequence, type, at, details, assets)"
            + " VALUES (?, ?, 'asset.put', ?, NULL, ?)",
        born.namespace(),
        born.sequence(),
        born.atNanos(),
        PackedIds.pack(List.copyOf(ids)));
    session.update(
        "UPDATE counter SET value = max(value, ?) WHERE name = 'event'", born.sequence());
    changes.add("event " + born.sequence() + " was lost and is made anew");
  }

  private void recount() {
    session.update(
        "INSERT OR REPLACE INTO namespace_total (namespace, assets, content_bytes)"
            + " SELECT n.number, count(a.id), coalesce(sum(a.size), 0) FROM namespace n"
            + " LEFT JOIN asset a ON a.namespace = n.number GROUP BY n.number");
    // Trees may name any asset, and the records that marked it may be lost: deletes look then.
    for (String table : List.of("asset", "tombstone")) {
      session.update("UPDATE " + table + " SET path_count = 1 WHERE path_count = 0");
    }
    session.update(
        "UPDATE counter SET value = max(value, (SELECT coalesce(max(sequence), 0) FROM event))"
            + " WHERE name = 'event'");
  }
}
