package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.core.manifest.ManifestReader;
import io.aifs.core.manifest.PageCursor;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells in batches which records assets need: chunks, pages of chunk lists, embeddings. Call {@link
 * #flush} at the end. Not thread-safe.
 */
final class AssetNeeds {
  private static final int BATCH = 4_096;

  private final ChunkSource chunks;
  private final Sink sink;
  private final Map<RecordType, Set<Digest>> batches = new EnumMap<>(RecordType.class);

  /** Takes what is needed, each batch of one type. */
  interface Sink {
    void needed(RecordType type, Collection<Digest> digests) throws IOException;
  }

  AssetNeeds(ChunkSource chunks, Sink sink) {
    this.chunks = chunks;
    this.sink = sink;
  }

  /**
   * Adds an asset.
   *
   * @throws AifsException.Corrupt if its chunk list cannot be read
   */
  void add(Digest id, long size, byte[] manifest, Collection<EmbeddingRow> embeddings)
      throws IOException {
    addEmbeddings(embeddings);
    if (manifest.length == 0) {
      if (size > 0) {
        need(RecordType.CHUNK, id);
      }
      return;
    }
    try {
      addListed(ManifestReader.open(manifest, id, size, this::page));
    } catch (IOException | AifsException.Corrupt e) {
      throw new AifsException.Corrupt(
          Reason.CHUNK_DAMAGED,
          "collection stopped: the chunk list of asset "
              + id
              + " cannot be read, so what it needs is not known: "
              + e.getMessage(),
          "restore the asset from its source or delete it, then run 'aifs gc' again;"
              + " nothing was deleted",
          e);
    }
  }

  /** Adds what is embedded, in quarantine too. */
  void addEmbeddings(Collection<EmbeddingRow> embeddings) throws IOException {
    for (EmbeddingRow embedding : embeddings) {
      need(RecordType.CHUNK, embedding.content());
    }
  }

  private void addListed(ManifestReader reader) throws IOException {
    PageCursor pages = reader.pages();
    for (Optional<Digest> page = pages.next(); page.isPresent(); page = pages.next()) {
      need(RecordType.MANIFEST_PAGE, page.get());
    }
    ChunkCursor cursor = reader.chunks();
    for (Optional<ChunkRef> ref = cursor.next(); ref.isPresent(); ref = cursor.next()) {
      need(RecordType.CHUNK, ref.get().digest());
    }
  }

  /** Hands on what is left. */
  void flush() throws IOException {
    for (RecordType type : List.copyOf(batches.keySet())) {
      flush(type);
    }
  }

  private void need(RecordType type, Digest digest) throws IOException {
    Set<Digest> batch = batches.computeIfAbsent(type, _ -> new LinkedHashSet<>());
    batch.add(digest);
    if (batch.size() == BATCH) {
      flush(type);
    }
  }

  private void flush(RecordType type) throws IOException {
    Set<Digest> batch = batches.remove(type);
    if (batch != null) {
      sink.needed(type, batch);
    }
  }

  private Optional<byte[]> page(Digest digest) throws IOException {
    return Optional.ofNullable(
        chunks.getAll(RecordType.MANIFEST_PAGE, List.of(digest)).get(digest));
  }
}
