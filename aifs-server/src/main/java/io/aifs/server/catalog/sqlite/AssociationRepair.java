package io.aifs.server.catalog.sqlite;

import java.util.List;

/**
 * Makes associations consistent of which rows were lost: see {@link AssociationCheck} for what they
 * must be. What is left of one end brings back the other; a type whose name is lost gets another.
 */
final class AssociationRepair {
  private final Session session;
  private final List<String> changes;

  AssociationRepair(Session session, List<String> changes) {
    this.session = session;
    this.changes = changes;
  }

  void run() {
    standIn(
        "SELECT DISTINCT t.namespace, t.inverse, t.number FROM association_type t"
            + " WHERE t.inverse IS NOT NULL AND NOT EXISTS (SELECT 1 FROM association_type i"
            + " WHERE i.namespace = t.namespace AND i.number = t.inverse)");
    standIn(
        "SELECT DISTINCT a.namespace, a.type, NULL FROM association a WHERE NOT EXISTS"
            + " (SELECT 1 FROM association_type t WHERE t.namespace = a.namespace"
            + " AND t.number = a.type)");
    session.update(
        "UPDATE association_type AS t SET inverse = NULL WHERE t.inverse IS NOT NULL AND NOT EXISTS"
            + " (SELECT 1 FROM association_type i WHERE i.namespace = t.namespace"
            + " AND i.number = t.inverse AND i.inverse = t.number)");
    restoreEnds();
    AssociationSource.recount(session);
  }

  private void standIn(String lost) {
    long added =
        session.update(
            "INSERT INTO association_type (namespace, number, name, inverse)"
                + " SELECT l.namespace, l.number, 'lost-' || l.number, l.inverse"
                + " FROM (SELECT 0 AS namespace, 0 AS number, 0 AS inverse WHERE false UNION ALL "
                + lost
                + ") l WHERE true ON CONFLICT DO NOTHING");
    if (added > 0) {
      changes.add(added + " types of associations are lost: others named lost-N stand for them");
    }
  }

  /** Of two ends that differ, the later one is right. */
  private void restoreEnds() {
    long restored =
        session.update(
            "INSERT INTO association (namespace, id1, type, age, id2, data)"
                + " SELECT a.namespace, a.id2, t.inverse, a.age, a.id1, a.data FROM association a"
                + " JOIN association_type t ON t.namespace = a.namespace AND t.number = a.type"
                + " WHERE t.inverse IS NOT NULL AND NOT EXISTS (SELECT 1 FROM association b"
                + " WHERE b.namespace = a.namespace AND b.id1 = a.id2 AND b.type = t.inverse"
                + " AND b.id2 = a.id1 AND b.age <= a.age)"
                + " ON CONFLICT (namespace, id1, type, id2) DO UPDATE SET"
                + " age = excluded.age, data = excluded.data");
    if (restored > 0) {
      changes.add(restored + " associations were lost from one end and are made anew");
    }
  }
}
