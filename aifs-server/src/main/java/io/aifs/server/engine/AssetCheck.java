package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.core.manifest.ManifestReader;
import io.aifs.core.manifest.PageCursor;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.chunk.ChunkCollector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks assets against the chunks they need: that all are there, or that all read back. */
final class AssetCheck {
  private static final String HINT = "restore it from its source; everything else still reads";
  private static final int ROWS_AT_A_TIME = 1_000;
  private static final int DIGESTS_AT_A_TIME = 4_096;

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final AssetService assets;
  private final AssetVerifier verifier;

  AssetCheck(Catalog catalog, ChunkStores chunkStores, AssetService assets) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.assets = assets;
    this.verifier = new AssetVerifier(assets);
  }

  /** Checks every asset of a namespace; {@code read} reads each one back. */
  void checkAll(NamespaceRow namespace, boolean read, CheckRun run) {
    Optional<Digest> after = Optional.empty();
    while (true) {
      Optional<Digest> from = after;
      List<AssetRow> rows =
          catalog.read(
              reader -> reader.assets().listById(namespace.number(), from, ROWS_AT_A_TIME));
      for (AssetRow row : rows) {
        if (read) {
          verify(namespace, row.id(), run);
        } else {
          checkPresent(namespace, row, run);
        }
      }
      if (rows.size() < ROWS_AT_A_TIME) {
        return;
      }
      after = Optional.of(rows.getLast().id());
    }
  }

  /** Reads an asset back and reports it if it is not intact. */
  void verify(NamespaceRow namespace, Digest id, CheckRun run) {
    AssetVerifier.Verdict verdict = verifier.verify(namespace, id);
    if (!verdict.valid()) {
      run.damagedAsset(
          "asset-damaged",
          "asset " + id + " is damaged: " + verdict.message(),
          HINT,
          id.hex(),
          pathsOf(namespace, id));
    }
    run.checked(verdict.size());
  }

  private void checkPresent(NamespaceRow namespace, AssetRow row, CheckRun run) {
    try {
      Optional<Digest> missing = firstMissing(namespace, row);
      missing.ifPresent(
          chunk ->
              run.damagedAsset(
                  "chunk-missing",
                  "asset " + row.id() + " needs chunk " + chunk + ", which is missing",
                  HINT,
                  row.id().hex(),
                  pathsOf(namespace, row.id())));
    } catch (IOException | AifsException.Corrupt e) {
      run.damagedAsset(
          "manifest-damaged",
          "asset " + row.id() + " has no readable chunk list: " + e.getMessage(),
          HINT,
          row.id().hex(),
          pathsOf(namespace, row.id()));
    }
    run.checked(row.size());
  }

  private Optional<Digest> firstMissing(NamespaceRow namespace, AssetRow row) throws IOException {
    ChunkCollector stored = chunkStores.collector(namespace.domain());
    ManifestReader manifest = assets.reader(namespace, row).manifest();
    PageCursor pages = manifest.pages();
    for (Optional<Digest> page = pages.next(); page.isPresent(); page = pages.next()) {
      if (!stored.absent(RecordType.MANIFEST_PAGE, Set.of(page.get())).isEmpty()) {
        return page;
      }
    }
    List<Digest> batch = new ArrayList<>();
    for (EmbeddingRow embedding : embeddings(namespace, row)) {
      batch.add(embedding.content());
    }
    ChunkCursor chunks = manifest.chunks();
    for (Optional<ChunkRef> ref = chunks.next(); ref.isPresent(); ref = chunks.next()) {
      batch.add(ref.get().digest());
      if (batch.size() == DIGESTS_AT_A_TIME) {
        Set<Digest> missing = stored.absent(RecordType.CHUNK, batch);
        if (!missing.isEmpty()) {
          return missing.stream().findFirst();
        }
        batch.clear();
      }
    }
    return stored.absent(RecordType.CHUNK, batch).stream().findFirst();
  }

  private List<EmbeddingRow> embeddings(NamespaceRow namespace, AssetRow row) {
    return catalog.read(reader -> reader.assets().embeddings(namespace.number(), row.id()));
  }

  private List<String> pathsOf(NamespaceRow namespace, Digest id) {
    return catalog
        .read(reader -> reader.tree().anyPathOf(namespace.number(), id))
        .map(TreePath::value)
        .stream()
        .toList();
  }
}
