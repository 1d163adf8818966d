package io.aifs.server.catalog.journal;

import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.LedgerWriter;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Records changes of the ledger. */
record RecordingLedger(LedgerWriter writer, Consumer<JournalOp> ops) implements LedgerWriter {
  @Override
  public void commit(Collection<LivePack> added, Collection<PackId> replaced) {
    writer.commit(added, replaced);
    if (!added.isEmpty() || !replaced.isEmpty()) {
      ops.accept(new LedgerOp.Commit(List.copyOf(added), List.copyOf(replaced)));
    }
  }

  @Override
  public void putKeyFile(String name, byte[] content) {
    writer.putKeyFile(name, content);
    ops.accept(new LedgerOp.PutKeyFile(name, content.clone()));
  }

  @Override
  public List<LivePack> packs(DomainId domain) {
    return writer.packs(domain);
  }

  @Override
  public List<LivePack> packs() {
    return writer.packs();
  }

  @Override
  public Map<String, byte[]> keyFiles() {
    return writer.keyFiles();
  }
}
