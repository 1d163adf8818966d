package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogProblem.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that can be wrong with a catalog by itself: the file's structure, and rows that
 * contradict each other. Sees one instant; reads the whole file, some of it more than once.
 */
final class CatalogCheck {
  private static final String ASSET_EXISTS =
      " EXISTS (SELECT 1 FROM asset a WHERE a.namespace = t.namespace AND a.id = ";
  private static final String TOMBSTONE_EXISTS =
      " EXISTS (SELECT 1 FROM tombstone d WHERE d.namespace = t.namespace AND d.id = ";

  /** Every overlay with the tree that it is of. */
  static final String OVERLAYS =
      "(SELECT layer, branch, part FROM working_tree UNION ALL"
          + " SELECT frozen, branch, part FROM working_tree WHERE frozen IS NOT NULL)";

  private static final String ENTRY_OF =
      "SELECT CAST(e.path AS TEXT) FROM tree_entry e"
          + " JOIN "
          + OVERLAYS
          + " w ON w.layer = e.layer"
          + " JOIN branch b ON b.number = w.branch"
          + " LEFT JOIN asset a ON a.namespace = b.namespace AND a.id = e.asset"
          + " LEFT JOIN tombstone d ON d.namespace = b.namespace AND d.id = e.asset"
          + " WHERE e.asset IS NOT NULL";

  private final Session session;
  private final List<CatalogProblem> findings = new ArrayList<>();
  private final ProblemQuery query;

  CatalogCheck(Session session) {
    this.session = session;
    this.query = new ProblemQuery(session, findings);
  }

  List<CatalogProblem> run() {
    session.each(
        "PRAGMA integrity_check(" + ProblemQuery.FINDINGS_MAX + ")",
        row -> {
          if (!row.text(1).equals("ok")) {
            findings.add(
                new CatalogProblem(
                    Kind.STRUCTURE, "the file's structure is damaged: " + row.text(1)));
          }
          return true;
        });
    if (findings.isEmpty()) {
      checkNamespaces();
      checkEntries();
      checkReferences();
      checkNamed();
      new BirthCheck(session).run(findings);
      new CollectionCheck(query).run();
      new HistoryCheck(query).run();
      new AssociationCheck(query).run();
      new StagingCheck(query).run();
      new EmbeddingCheck(query).run();
    }
    return findings;
  }

  private void checkNamespaces() {
    query.find(
        Kind.TOTALS,
        "namespace %s has totals that differ from its assets",
        "SELECT n.name FROM namespace n LEFT JOIN namespace_total t ON t.namespace = n.number"
            + " LEFT JOIN (SELECT namespace, count(*) AS assets, sum(size) AS bytes"
            + " FROM asset GROUP BY namespace) a ON a.namespace = n.number"
            + " WHERE t.assets IS NOT coalesce(a.assets, 0)"
            + " OR t.content_bytes IS NOT coalesce(a.bytes, 0)");
    query.find(
        Kind.NAMESPACE_LOST,
        "asset %s is in a namespace that does not exist",
        "SELECT lower(hex(id)) FROM asset WHERE namespace NOT IN (SELECT number FROM namespace)");
    query.find(
        Kind.NAMESPACE_LOST,
        "branch %s is in a namespace that does not exist",
        "SELECT name FROM branch WHERE namespace NOT IN (SELECT number FROM namespace)");
    query.find(
        Kind.NAMESPACE_LOST,
        "policy version %s is of a namespace that does not exist",
        "SELECT version FROM policy WHERE namespace NOT IN (SELECT number FROM namespace)");
    query.find(
        Kind.STRUCTURE,
        "a caveat is of token family %s, which does not exist",
        "SELECT DISTINCT number FROM token_caveat"
            + " WHERE number NOT IN (SELECT number FROM token_family)");
    query.find(
        Kind.EVENT_COUNTER,
        "event %s is newer than the newest",
        "SELECT sequence FROM event"
            + " WHERE sequence > (SELECT value FROM counter WHERE name = 'event')");
  }

  private void checkEntries() {
    query.find(
        Kind.NAMESPACE_LOST,
        "branch %s has no working state",
        "SELECT name FROM branch b WHERE (SELECT count(*) FROM working_tree w"
            + " WHERE w.branch = b.number) <> 2");
    query.find(
        Kind.NAMESPACE_LOST,
        "overlay %s is of a branch that does not exist",
        "SELECT layer FROM working_tree WHERE branch NOT IN (SELECT number FROM branch)");
    query.find(
        Kind.NAMESPACE_LOST,
        "overlay %s is above the highest number",
        "SELECT layer FROM working_tree"
            + " WHERE layer > (SELECT value FROM counter WHERE name = 'layer')");
    query.find(
        Kind.ASSET_LOST,
        "path %s names an asset that is neither visible nor deleted",
        ENTRY_OF + " AND a.id IS NULL AND d.id IS NULL");
    query.find(
        Kind.PATH_DIFFERS,
        "path %s says another size or kind than its asset",
        // A blob that became typed since is still a blob to the paths that it had.
        ENTRY_OF + " AND (a.size <> e.size OR (a.kind <> e.type AND e.type <> 0))");
  }

  /** An asset that is not marked as named could be deleted though a path names it. */
  private void checkNamed() {
    for (String table : List.of("asset", "tombstone")) {
      query.find(
          Kind.PATH_COUNTS,
          "asset %s says that no path ever named it, but one does",
          "SELECT DISTINCT lower(hex(t.id)) FROM "
              + OVERLAYS
              + " w"
              + " JOIN branch b ON b.number = w.branch"
              + " JOIN tree_entry e ON e.layer = w.layer"
              + " JOIN "
              + table
              + " t ON t.namespace = b.namespace AND t.id = e.asset"
              + " WHERE w.part = 0 AND t.path_count = 0");
    }
  }

  private void checkReferences() {
    query.find(
        Kind.VISIBLE_AND_DELETED,
        "asset %s is visible and deleted",
        "SELECT lower(hex(t.id)) FROM tombstone t WHERE" + ASSET_EXISTS + "t.id)");
    query.find(
        Kind.ASSET_LOST,
        "asset %s has a parent that is neither visible nor deleted",
        "SELECT lower(hex(t.child)) FROM edge t WHERE NOT"
            + ASSET_EXISTS
            + "t.parent) AND NOT"
            + TOMBSTONE_EXISTS
            + "t.parent)");
    query.find(
        Kind.ASSET_LOST,
        "asset %s has parents, but is neither visible nor deleted",
        "SELECT DISTINCT lower(hex(t.child)) FROM edge t WHERE NOT"
            + ASSET_EXISTS
            + "t.child) AND NOT"
            + TOMBSTONE_EXISTS
            + "t.child)");
    query.find(
        Kind.EMBEDDING_LEFT,
        "asset %s has an embedding, but is not visible",
        "SELECT lower(hex(t.asset)) FROM embedding t WHERE NOT" + ASSET_EXISTS + "t.asset)");
  }
}
