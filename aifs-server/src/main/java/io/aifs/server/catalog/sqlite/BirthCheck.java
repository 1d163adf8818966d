package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogProblem.Kind;
import io.aifs.server.catalog.EventRow;
import java.util.HashSet;
import java.util.List;

/** Whether each asset stands in the event that it says made it visible: else no list shows it. */
final class BirthCheck {
  private final Session session;
  private final AssetTable table;
  private long births;

  BirthCheck(Session session) {
    this.session = session;
    this.table = new AssetTable(session);
  }

  void run(List<CatalogProblem> findings) {
    session.each(
        "SELECT number, name, (SELECT count(*) FROM asset WHERE namespace = number)"
            + " FROM namespace",
        row -> {
          births = 0;
          count(row.integer(1));
          if (births != row.integer(3)) {
            findings.add(
                new CatalogProblem(
                    Kind.NOT_LISTED,
                    "namespace %s has %d assets, but %d in the events that made them"
                        .formatted(row.text(2), row.integer(3), births)));
          }
          return true;
        });
  }

  private void count(long namespace) {
    session.each(
        "SELECT sequence, assets FROM event WHERE namespace = ? AND type = ?",
        row -> {
          long sequence = row.integer(1);
          for (Digest id : new HashSet<>(PackedIds.unpack(row.blob(2)))) {
            if (table.isBornAt(namespace, id.toBytes(), sequence)) {
              births++;
            }
          }
          return true;
        },
        namespace,
        EventRow.ASSET_PUT);
  }
}
