package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.KeptAsset;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Brings deleted assets back while their chunks are there. Thread-safe. */
public final class ReviveService {
  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final CollectionService collections;
  private final AssetRules rules;
  private final Clock clock;

  /**
   * @param rules how much may be in a namespace
   */
  public ReviveService(
      Catalog catalog,
      ChunkStores chunkStores,
      CollectionService collections,
      AssetRules rules,
      Clock clock) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.collections = collections;
    this.rules = rules;
    this.clock = clock;
  }

  /**
   * Makes a deleted asset visible again as it was; its paths do not come back.
   *
   * @throws AifsException.NotFound if nothing of the asset is known
   * @throws AifsException.Precondition if it is visible, or its content is deleted
   * @throws AifsException.LimitExceeded if the namespace has no room for it
   * @throws AifsException.Unavailable if a collection runs
   */
  public void revive(NamespaceRow namespace, Digest id) {
    collections.alone(
        () -> {
          reviveAlone(namespace, id);
          return id;
        });
  }

  private void reviveAlone(NamespaceRow namespace, Digest id) throws IOException {
    KeptAsset kept = catalog.read(reader -> requireKept(reader, namespace, id));
    CollectedDomain domain =
        new CollectedDomains(catalog, chunkStores).of(namespace.domain(), List.of(namespace));
    DurablePut durable = new DurablePut(domain.chunks());
    Rescue rescue = new Rescue(domain, new CollectionTally(CollectionListener.NONE));
    AssetNeeds needs =
        new AssetNeeds(
            domain.chunks(),
            (type, digests) -> {
              if (!domain.collector().absent(type, digests).isEmpty()) {
                throw gone(id);
              }
              rescue.rescue(type, digests);
            });
    try {
      needs.add(id, kept.size(), kept.manifest(), kept.embeddings());
      needs.flush();
    } catch (AifsException.Corrupt _) {
      throw gone(id);
    }
    List<LivePack> packs = durable.sync();
    Instant now = clock.instant();
    boolean revived =
        catalog.write(
            writer -> {
              writer.ledger().commit(packs, List.of());
              requireRoom(writer, namespace, kept);
              long born = writer.events().next();
              if (!writer.assets().revive(namespace.number(), id, born)) {
                return false;
              }
              AssetRow row = AssetService.requireRow(writer, namespace, id);
              EventRow event =
                  EventRow.of(
                      namespace.number(),
                      EventRow.ASSET_PUT,
                      now,
                      List.of(EventItem.of(id, row.kind(), row.size())),
                      Map.of("revived", "true"));
              return writer.events().append(event) == born;
            });
    domain.chunks().recorded(packs);
    if (!revived) {
      throw gone(id); // put and deleted again meanwhile
    }
  }

  private void requireRoom(CatalogWriter writer, NamespaceRow namespace, KeptAsset kept) {
    rules
        .now(writer, namespace.number())
        .quota()
        .requireRoom(writer.assets().totals(namespace.number()), 1, kept.size());
  }

  private static KeptAsset requireKept(CatalogReader reader, NamespaceRow namespace, Digest id) {
    if (reader.assets().find(namespace.number(), id).isPresent()) {
      throw new AifsException.Precondition(
          Reason.MOVED_MEANWHILE, "asset " + id + " is not deleted", "there is nothing to undo");
    }
    if (reader.assets().findTombstone(namespace.number(), id).isEmpty()) {
      throw new AifsException.NotFound(
          Reason.ASSET_NOT_FOUND,
          "asset " + id + " was never in namespace '" + namespace.name() + "'",
          "check the id and the namespace");
    }
    return reader.assets().findKept(namespace.number(), id).orElseThrow(() -> gone(id));
  }

  private static AifsException.Precondition gone(Digest id) {
    return new AifsException.Precondition(
        Reason.ASSET_DELETED,
        "the content of asset " + id + " is deleted for good",
        "put the same content again to bring the asset back");
  }
}
