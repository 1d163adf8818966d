package io.aifs.server.catalog.sqlite;

import io.aifs.server.catalog.LedgerWriter;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.Collection;

/** Changes the set of live packs. */
final class SqliteLedgerWriter extends SqliteLedgerReader implements LedgerWriter {
  SqliteLedgerWriter(Session session) {
    super(session);
  }

  @Override
  public void commit(Collection<LivePack> added, Collection<PackId> replaced) {
    for (LivePack pack : added) {
      long changed =
          session.update(
              "INSERT INTO pack (id, domain, synced_bytes, sealed) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (id) DO UPDATE SET"
                  + " synced_bytes = max(synced_bytes, excluded.synced_bytes),"
                  + " sealed = max(sealed, excluded.sealed)"
                  + " WHERE domain = excluded.domain",
              pack.id().toBytes(),
              pack.domain().toBytes(),
              pack.syncedBytes(),
              pack.sealed());
      if (changed != 1) {
        throw new IllegalStateException("pack belongs to another domain: " + pack.id());
      }
    }
    for (PackId pack : replaced) {
      session.update("DELETE FROM pack WHERE id = ?", pack.toBytes());
      session.update("DELETE FROM damaged WHERE pack = ?", pack.toBytes());
    }
  }

  @Override
  public void putKeyFile(String name, byte[] content) {
    session.update(
        "INSERT INTO key_file (name, content) VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET content = excluded.content",
        name,
        content);
  }
}
