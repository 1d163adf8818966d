package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.core.manifest.ManifestReader;
import io.aifs.core.manifest.PageCursor;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks that all chunks are there that an asset needs: its content, its list of chunks, its
 * embeddings. Reads none that counts as stored.
 */
final class AssetCheck {
  private static final int DIGESTS_AT_A_TIME = 4_096;

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final AssetService assets;

  AssetCheck(Catalog catalog, ChunkStores chunkStores, AssetService assets) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.assets = assets;
  }

  /** The asset, if something that it needs is damaged or missing. */
  Optional<DamagedAsset> check(NamespaceRow namespace, AssetRow row, ChunkProbe probe) {
    Lack lack = new Lack(row.id());
    try {
      ChunkStore store = chunkStores.of(namespace.domain());
      ManifestReader manifest = assets.reader(namespace, row).manifest();
      PageCursor pages = manifest.pages();
      for (Optional<Digest> page = pages.next(); page.isPresent(); page = pages.next()) {
        lack.require(store, RecordType.MANIFEST_PAGE, List.of(page.get()), probe);
      }
      List<Digest> batch = new ArrayList<>();
      for (EmbeddingRow embedding : embeddings(namespace, row)) {
        batch.add(embedding.content());
      }
      ChunkCursor chunks = manifest.chunks();
      for (Optional<ChunkRef> ref = chunks.next(); ref.isPresent(); ref = chunks.next()) {
        batch.add(ref.get().digest());
        if (batch.size() == DIGESTS_AT_A_TIME) {
          lack.require(store, RecordType.CHUNK, batch, probe);
          batch.clear();
        }
      }
      lack.require(store, RecordType.CHUNK, batch, probe);
      return lack.asset();
    } catch (IOException | AifsException.Corrupt e) {
      return Optional.of(
          new DamagedAsset(
              row.id(),
              "manifest-damaged",
              "asset " + row.id() + " has no readable chunk list: " + e.getMessage(),
              ChunkProbe.places(e),
              ChunkProbe.places(e).isEmpty()));
    }
  }

  private List<EmbeddingRow> embeddings(NamespaceRow namespace, AssetRow row) {
    return catalog.read(reader -> reader.assets().embeddings(namespace.number(), row.id()));
  }

  /** What an asset lacks. */
  private static final class Lack {
    private static final int PLACES_MAX = 10_000;

    private final Digest asset;
    private final Set<RecordPlace> places = new HashSet<>();
    private Optional<String> firstDamaged = Optional.empty();
    private Optional<Digest> firstAbsent = Optional.empty();
    private long chunks;

    Lack(Digest asset) {
      this.asset = asset;
    }

    void require(ChunkStore store, RecordType type, List<Digest> digests, ChunkProbe probe)
        throws IOException {
      for (Digest digest : store.missing(type, digests)) {
        switch (probe.probe(type, digest)) {
          case ChunkProbe.Outcome.Sound _ -> {}
          case ChunkProbe.Outcome.Absent _ -> {
            chunks++;
            firstAbsent = firstAbsent.or(() -> Optional.of(digest));
          }
          case ChunkProbe.Outcome.Damaged damaged -> {
            chunks++;
            firstDamaged = firstDamaged.or(() -> Optional.of(damaged.detail()));
            if (places.size() < PLACES_MAX) {
              places.addAll(damaged.places());
            }
          }
        }
      }
    }

    Optional<DamagedAsset> asset() {
      String more = chunks > 1 ? " (and " + (chunks - 1) + " more)" : "";
      if (firstAbsent.isPresent()) {
        String what = "asset " + asset + " needs chunk " + firstAbsent.get() + ", which is missing";
        return Optional.of(new DamagedAsset(asset, "chunk-missing", what + more, places, true));
      }
      return firstDamaged.map(
          detail ->
              new DamagedAsset(
                  asset, "asset-damaged", "asset " + asset + ": " + detail + more, places, false));
    }
  }
}
