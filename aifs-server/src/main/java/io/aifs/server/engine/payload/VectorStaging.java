package io.aifs.server.engine.payload;

import io.aifs.core.Limits;
import io.aifs.core.model.FloatVectors;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.server.chunk.Chunk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes the vectors out of an Embed payload and stores them, a few at a time. */
final class VectorStaging {
  private static final int BATCH_BYTES = 1 << 20;

  /**
   * @throws PayloadInvalidException if they cannot all be embeddings of one asset
   */
  static StagedVectors stage(PayloadVectors vectors, PayloadInspector.VectorSink sink)
      throws PayloadInvalidException, IOException {
    requireEmbeddable(vectors);
    PartNames names = new PartNames();
    List<StagedVectors.StagedVector> staged = new ArrayList<>();
    List<Chunk> batch = new ArrayList<>();
    int batchBytes = 0;
    for (long at = 0; at < vectors.count(); at++) {
      float[] values = vectors.vector(at);
      requireUsable(values, vectors, at);
      Chunk chunk = Chunk.of(FloatVectors.encode(values));
      String part = names.next(vectors.source(at), at);
      staged.add(new StagedVectors.StagedVector(part, chunk.digest(), FloatVectors.norm(values)));
      batch.add(chunk);
      batchBytes += chunk.length();
      if (batchBytes >= BATCH_BYTES) {
        sink.store(List.copyOf(batch));
        batch.clear();
        batchBytes = 0;
      }
    }
    if (!batch.isEmpty()) {
      sink.store(List.copyOf(batch));
    }
    return new StagedVectors(vectors.model(), vectors.dimension(), vectors.metric(), staged);
  }

  private static void requireEmbeddable(PayloadVectors vectors) throws PayloadInvalidException {
    if (vectors.count() > Limits.EMBEDDING_PARTS_MAX) {
      throw new PayloadInvalidException(
          "vectors",
          "there are "
              + vectors.count()
              + ", and an asset has at most "
              + Limits.EMBEDDING_PARTS_MAX
              + " embeddings that a search finds");
    }
    if (vectors.dimension() < 1 || vectors.dimension() > Limits.DIMENSION_MAX) {
      throw new PayloadInvalidException(
          "dimension", "it is outside 1.." + Limits.DIMENSION_MAX + ": " + vectors.dimension());
    }
    if (vectors.model().getBytes(StandardCharsets.UTF_8).length > Limits.MODEL_BYTES_MAX) {
      throw new PayloadInvalidException("model", "it is over " + Limits.MODEL_BYTES_MAX + " bytes");
    }
  }

  private static void requireUsable(float[] values, PayloadVectors of, long at)
      throws PayloadInvalidException {
    if (values.length != of.dimension()) {
      throw new PayloadInvalidException(
          "vector " + at, "it has " + values.length + " values, not " + of.dimension());
    }
    try {
      FloatVectors.requireUsable(values, of.metric());
    } catch (IllegalArgumentException e) {
      throw new PayloadInvalidException("vector " + at, "it cannot be compared: " + e.getMessage());
    }
  }

  private VectorStaging() {}
}
