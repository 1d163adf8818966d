package io.aifs.server;

import io.aifs.server.audit.AuditHead;
import io.aifs.server.audit.HeadStore;
import io.aifs.server.audit.SealedHead;
import io.aifs.server.catalog.AuditHeadRow;
import io.aifs.server.catalog.Catalog;
import java.util.Optional;

/** The head of the audit log in the catalog, and so in the journal. */
record CatalogHeads(Catalog catalog) implements HeadStore {
  @Override
  public Optional<SealedHead> newest() {
    return catalog
        .read(reader -> reader.audit().head())
        .map(row -> new SealedHead(new AuditHead(row.sequence(), row.digest()), row.mac()));
  }

  @Override
  public void keep(SealedHead sealed) {
    AuditHeadRow row =
        new AuditHeadRow(sealed.head().sequence(), sealed.head().digest(), sealed.mac());
    catalog.write(
        writer -> {
          writer.audit().keepHead(row);
          return row;
        });
  }
}
