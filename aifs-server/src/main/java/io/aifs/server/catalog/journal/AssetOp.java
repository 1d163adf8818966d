package io.aifs.server.catalog.journal;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.catalog.Tombstone;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes of assets; each as the method of {@code AssetWriter} that has its name. */
public sealed interface AssetOp extends JournalOp {
  /** Rows are kept without whether a path names them, which the catalog finds out by itself. */
  record PutAll(long namespace, List<AssetRow> rows) implements AssetOp {
    public PutAll {
      rows = List.copyOf(rows);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.assets().putAll(namespace, rows);
    }
  }

  record JoinUnnamed(long namespace, List<Digest> ids) implements AssetOp {
    public JoinUnnamed {
      ids = List.copyOf(ids);
    }

    @Override
    public void apply(CatalogWriter writer) {
      var _ =
          writer.assets().joinUnnamed(namespace, writer.assets().findAll(namespace, ids).values());
    }
  }

  /**
   * @param at when they were recorded; empty in records of builds that did not note it
   */
  record AddParents(long namespace, Digest child, List<ParentEdge> parents, Optional<Instant> at)
      implements AssetOp {
    public AddParents {
      parents = List.copyOf(parents);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.assets().addParents(namespace, child, parents, at.orElseGet(() -> madeAt(writer)));
    }

    /** As the migration has it that brought the time. */
    private Instant madeAt(CatalogWriter writer) {
      return writer.assets().find(namespace, child).map(AssetRow::createdAt).orElse(Instant.EPOCH);
    }
  }

  /**
   * Adds an embedding of a whole asset. No longer written: of builds that knew spaces by their
   * names alone.
   */
  record PutEmbedding(long namespace, EmbeddingRow embedding) implements AssetOp {
    @Override
    public void apply(CatalogWriter writer) {
      if (writer.embeddings().space(namespace, embedding.space()).isEmpty()) {
        writer.embeddings().putSpace(namespace, space(writer));
      }
      writer.embeddings().put(namespace, embedding);
    }

    /** As the migration has it that brought spaces. */
    private SpaceRow space(CatalogWriter writer) {
      return new SpaceRow(
          new EmbeddingSpace(
              new Name(embedding.space()),
              embedding.dimension(),
              VectorMetric.COSINE,
              "",
              VectorStorage.FLOAT32),
          writer
              .assets()
              .find(namespace, embedding.asset())
              .map(AssetRow::createdAt)
              .orElse(Instant.EPOCH));
    }
  }

  record Delete(long namespace, Tombstone tombstone) implements AssetOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.assets().delete(namespace, tombstone);
    }
  }

  record Revive(long namespace, Digest id, long bornAt) implements AssetOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.assets().revive(namespace, id, bornAt);
    }
  }

  record ForgetKept(long namespace, long beforeSequence, int limit) implements AssetOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.assets().forgetKept(namespace, beforeSequence, limit);
    }
  }
}
