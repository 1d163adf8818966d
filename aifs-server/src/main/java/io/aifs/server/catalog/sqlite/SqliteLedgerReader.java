package io.aifs.server.catalog.sqlite;

import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.LedgerReader;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Live packs and key files. */
class SqliteLedgerReader implements LedgerReader {
  final Session session;

  SqliteLedgerReader(Session session) {
    this.session = session;
  }

  @Override
  public List<LivePack> packs(DomainId domain) {
    return session.list(
        "SELECT id, synced_bytes, sealed FROM pack WHERE domain = ? ORDER BY id",
        row -> new LivePack(PackId.fromBytes(row.blob(1)), domain, row.integer(2), row.flag(3)),
        domain.toBytes());
  }

  @Override
  public List<LivePack> packs() {
    return session.list(
        "SELECT id, domain, synced_bytes, sealed FROM pack ORDER BY id",
        row ->
            new LivePack(
                PackId.fromBytes(row.blob(1)),
                DomainId.fromBytes(row.blob(2)),
                row.integer(3),
                row.flag(4)));
  }

  @Override
  public Map<String, byte[]> keyFiles() {
    Map<String, byte[]> files = new TreeMap<>();
    session.each(
        "SELECT name, content FROM key_file",
        row -> {
          files.put(row.text(1), row.blob(2));
          return true;
        });
    return files;
  }
}
