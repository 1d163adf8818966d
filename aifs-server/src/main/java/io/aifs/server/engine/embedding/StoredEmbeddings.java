package io.aifs.server.engine.embedding;

import io.aifs.core.AifsException;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.DurablePut;
import io.aifs.server.engine.Failures;
import io.aifs.server.engine.StagedEmbedding;
import io.aifs.server.engine.VectorRules;
import io.aifs.server.model.LivePack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Embeddings of one call whose chunks are durable, as soon as a catalog write names the packs.
 *
 * @param recorded to be run after that write
 */
record StoredEmbeddings(List<StagedEmbedding> staged, List<LivePack> packs, Runnable recorded) {
  /**
   * Stores the vectors. The caller holds a pin.
   *
   * @throws AifsException.InvalidRequest naming the vector that the space cannot hold; nothing is
   *     stored then
   */
  static StoredEmbeddings store(
      ChunkStore store, EmbeddingSpace space, List<NewEmbedding> embeddings) {
    List<StagedEmbedding> staged = new ArrayList<>(embeddings.size());
    Map<Digest, Chunk> chunks = new LinkedHashMap<>();
    for (NewEmbedding embedding : embeddings) {
      String field = "embeddings[" + staged.size() + "]";
      var _ =
          VectorRules.require(
              embedding.vector(), space, field, field + " of asset " + embedding.asset());
      Chunk chunk = Chunk.of(embedding.vector());
      chunks.putIfAbsent(chunk.digest(), chunk);
      staged.add(
          StagedEmbedding.of(
              new EmbeddingKey(embedding.asset(), space.name().value(), embedding.part()), chunk));
    }
    try {
      DurablePut durable = new DurablePut(store);
      var _ = store.putAll(RecordType.CHUNK, List.copyOf(chunks.values()));
      List<LivePack> packs = durable.sync();
      return new StoredEmbeddings(staged, packs, () -> store.recorded(packs));
    } catch (IOException e) {
      throw Failures.writing(e);
    }
  }
}
