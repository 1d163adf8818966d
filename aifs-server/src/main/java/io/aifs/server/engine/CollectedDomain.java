package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkCollector;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.model.LivePack;
import io.aifs.server.pack.Collector;
import java.io.IOException;
import java.util.List;

/** A domain with all its namespaces, as the steps of a collection see it. */
record CollectedDomain(
    DomainId id,
    List<NamespaceRow> namespaces,
    Catalog catalog,
    ChunkStore chunks,
    ChunkCollector collector) {

  Collector records() {
    return collector.records();
  }

  /**
   * Makes everything that was appended durable and recorded, so that it can be counted on.
   *
   * @param seal also end the open pack
   * @param lossesBefore what {@link ChunkStore#losses} said before the first thing to count on
   */
  void settle(boolean seal, long lossesBefore) throws IOException {
    List<LivePack> packs = seal ? chunks.seal() : chunks.sync();
    if (chunks.losses() != lossesBefore) {
      throw new AifsException.Unavailable(
          Reason.IO_FAILED,
          "the disk failed while the store was being collected",
          "run 'aifs gc' again; nothing was deleted",
          null);
    }
    if (!packs.isEmpty()) {
      int recorded =
          catalog.write(
              writer -> {
                writer.ledger().commit(packs, List.of());
                return packs.size();
              });
      chunks.recorded(packs.subList(0, recorded));
    }
  }
}
