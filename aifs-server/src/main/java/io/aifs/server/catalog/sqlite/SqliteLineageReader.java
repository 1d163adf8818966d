package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EdgeFilter;
import io.aifs.server.catalog.EdgeLevel;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageNode;
import io.aifs.server.catalog.LineageReader;
import io.aifs.server.catalog.LineageSide;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Table {@code edge}, from both ends. */
final class SqliteLineageReader implements LineageReader {
  /** As many ids as go into one statement, packed into one argument. */
  static final int IDS_MAX = 1_024;

  /** The ids of an argument, from one number to before another. */
  static final String SLOTS =
      "WITH RECURSIVE slot(n) AS" + " (SELECT ? UNION ALL SELECT n + 1 FROM slot WHERE n + 1 < ?) ";

  /** The id of a slot. */
  static final String SLOT_ID = "substr(?, s.n * " + Digest.BYTES + " + 1, " + Digest.BYTES + ")";

  private static final String COLUMNS =
      "SELECT child, parent, transform_name, transform_digest, at FROM edge WHERE namespace = ?";

  private final Session session;

  SqliteLineageReader(Session session) {
    this.session = session;
  }

  @Override
  public List<EdgeRow> edges(
      long namespace, LineageSide side, Digest asset, Optional<EdgeRow> after, int limit) {
    String other = side == LineageSide.PARENTS ? "parent" : "child";
    String own = side == LineageSide.PARENTS ? "child" : "parent";
    String order = " ORDER BY at DESC, " + other + ", transform_name, transform_digest LIMIT ?";
    if (after.isEmpty()) {
      return session.list(
          COLUMNS + " AND " + own + " = ?" + order,
          SqliteLineageReader::edge,
          namespace,
          asset.toBytes(),
          Page.limit(limit));
    }
    EdgeRow last = after.get();
    long at = Nanos.of(last.at());
    return session.list(
        COLUMNS
            + " AND "
            + own
            + " = ? AND at <= ? AND (at < ? OR ("
            + other
            + ", transform_name, transform_digest) > (?, ?, ?))"
            + order,
        SqliteLineageReader::edge,
        namespace,
        asset.toBytes(),
        at,
        at,
        last.end(side).toBytes(),
        last.edge().transformName(),
        last.edge().transformDigest(),
        Page.limit(limit));
  }

  private static EdgeRow edge(Row row) throws SQLException {
    return new EdgeRow(
        row.digest(1),
        new ParentEdge(row.digest(2), row.text(3), row.text(4)),
        Nanos.instant(row.integer(5)));
  }

  @Override
  public EdgeLevel level(
      long namespace,
      LineageSide side,
      List<Digest> assets,
      EdgeFilter filter,
      int fanOut,
      long seenMax) {
    LevelQuery query =
        new LevelQuery(session, namespace, side, filter, Page.limit(fanOut), seenMax);
    for (int i = 0; i < assets.size() && !query.full(); i += IDS_MAX) {
      query.add(assets.subList(i, Math.min(i + IDS_MAX, assets.size())));
    }
    return query.result();
  }

  @Override
  public List<Digest> having(long namespace, LineageSide side, Collection<Digest> assets) {
    String own = side == LineageSide.PARENTS ? "child" : "parent";
    List<Digest> found = new ArrayList<>();
    for (List<Digest> part : parts(assets)) {
      session.each(
          SLOTS
              + "SELECT s.n FROM slot s WHERE EXISTS (SELECT 1 FROM edge e"
              + " WHERE e.namespace = ? AND e."
              + own
              + " = "
              + SLOT_ID
              + ")",
          row -> found.add(part.get((int) row.integer(1))),
          0,
          part.size(),
          namespace,
          PackedIds.pack(part));
    }
    return found;
  }

  @Override
  public Map<Digest, LineageNode> nodes(long namespace, Collection<Digest> assets) {
    Map<Digest, LineageNode> found = new HashMap<>();
    for (List<Digest> part : parts(assets)) {
      addNodes(namespace, part, "created_at FROM slot s CROSS JOIN asset", found);
    }
    if (found.size() < assets.size()) {
      List<Digest> rest = assets.stream().filter(id -> !found.containsKey(id)).toList();
      for (List<Digest> part : parts(rest)) {
        addNodes(namespace, part, "deleted_at FROM slot s CROSS JOIN tombstone", found);
      }
    }
    return found;
  }

  private void addNodes(
      long namespace, List<Digest> ids, String from, Map<Digest, LineageNode> found) {
    boolean deleted = from.startsWith("deleted");
    session.each(
        SLOTS
            + "SELECT s.n, t.kind, t.size, t."
            + from
            + " t WHERE t.namespace = ? AND t.id = "
            + SLOT_ID,
        row -> {
          Digest id = ids.get((int) row.integer(1));
          var at = Optional.of(Nanos.instant(row.integer(4)));
          found.put(
              id,
              new LineageNode(
                  id,
                  AssetKind.ofCode((int) row.integer(2)),
                  row.integer(3),
                  deleted ? Optional.empty() : at,
                  deleted ? at : Optional.empty()));
          return true;
        },
        0,
        ids.size(),
        namespace,
        PackedIds.pack(ids));
  }

  /** In the table's order: neighbours share pages. */
  private static List<List<Digest>> parts(Collection<Digest> ids) {
    List<Digest> sorted = List.copyOf(new TreeSet<>(ids));
    List<List<Digest>> parts = new ArrayList<>();
    for (int i = 0; i < sorted.size(); i += IDS_MAX) {
      parts.add(sorted.subList(i, Math.min(i + IDS_MAX, sorted.size())));
    }
    return parts;
  }
}
