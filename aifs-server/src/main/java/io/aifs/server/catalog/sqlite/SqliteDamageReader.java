package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.DamageReader;
import io.aifs.server.catalog.LostAsset;
import io.aifs.server.catalog.QuarantinedPack;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.PackId;
import java.util.List;

/** Table {@code damaged}, and names of assets that no row is about. */
class SqliteDamageReader implements DamageReader {
  private static final String LOST =
      """
      SELECT DISTINCT n.namespace, n.id FROM (
        SELECT namespace, parent AS id FROM edge
        UNION SELECT namespace, child FROM edge
        UNION SELECT b.namespace, e.asset FROM tree_entry e
          JOIN (SELECT layer, branch FROM working_tree
            UNION ALL SELECT frozen, branch FROM working_tree WHERE frozen IS NOT NULL) w
            ON w.layer = e.layer
          JOIN branch b ON b.number = w.branch
          WHERE e.asset IS NOT NULL) n
      WHERE NOT EXISTS (SELECT 1 FROM asset a WHERE a.namespace = n.namespace AND a.id = n.id)
        AND NOT EXISTS (SELECT 1 FROM tombstone d WHERE d.namespace = n.namespace AND d.id = n.id)
      ORDER BY n.namespace, n.id LIMIT ?\
      """;

  final Session session;

  SqliteDamageReader(Session session) {
    this.session = session;
  }

  @Override
  public List<QuarantinedPack> packs() {
    return session.list(
        "SELECT pack, count(*), min(seen_at) FROM damaged GROUP BY pack ORDER BY pack",
        row ->
            new QuarantinedPack(
                PackId.fromBytes(row.blob(1)), row.integer(2), Nanos.instant(row.integer(3))));
  }

  @Override
  public List<DamagedRecord> of(PackId pack) {
    return session.list(
        "SELECT position, id, checksum_holds, detail FROM damaged"
            + " WHERE pack = ? ORDER BY position",
        row -> new DamagedRecord(pack, row.integer(1), row.digest(2), row.flag(3), row.text(4)),
        pack.toBytes());
  }

  @Override
  public List<LostAsset> lostAssets(int limit) {
    return session.list(
        LOST, row -> new LostAsset(row.integer(1), row.digest(2)), Page.limit(limit));
  }
}
