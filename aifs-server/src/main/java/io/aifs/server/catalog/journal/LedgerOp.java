package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.List;

/** Changes of the ledger; each as the method of {@code LedgerWriter} that has its name. */
public sealed interface LedgerOp extends JournalOp {
  record Commit(List<LivePack> added, List<PackId> replaced) implements LedgerOp {
    public Commit {
      added = List.copyOf(added);
      replaced = List.copyOf(replaced);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.ledger().commit(added, replaced);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // a blob column; never compared
  record PutKeyFile(String name, byte[] content) implements LedgerOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.ledger().putKeyFile(name, content);
    }
  }
}
