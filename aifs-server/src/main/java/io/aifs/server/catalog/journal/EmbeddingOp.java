package io.aifs.server.catalog.journal;

import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.SpaceRow;

/** Changes of embeddings; each as the method of {@code EmbeddingWriter} that has its name. */
public sealed interface EmbeddingOp extends JournalOp {
  record PutSpace(long namespace, SpaceRow space) implements EmbeddingOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.embeddings().putSpace(namespace, space);
    }
  }

  record Put(long namespace, EmbeddingRow embedding) implements EmbeddingOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.embeddings().put(namespace, embedding);
    }
  }

  record Remove(long namespace, EmbeddingKey key) implements EmbeddingOp {
    @Override
    public void apply(CatalogWriter writer) {
      var _ = writer.embeddings().remove(namespace, key);
    }
  }
}
