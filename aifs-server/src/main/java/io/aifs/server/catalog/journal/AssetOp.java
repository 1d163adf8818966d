package io.aifs.server.catalog.journal;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.Tombstone;
import java.util.List;

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
      writer.assets().joinUnnamed(namespace, writer.assets().findAll(namespace, ids).values());
    }
  }

  record AddParents(long namespace, Digest child, List<ParentEdge> parents) implements AssetOp {
    public AddParents {
      parents = List.copyOf(parents);
    }

    @Override
    public void apply(CatalogWriter writer) {
      writer.assets().addParents(namespace, child, parents);
    }
  }

  record PutEmbedding(long namespace, EmbeddingRow embedding) implements AssetOp {
    @Override
    public void apply(CatalogWriter writer) {
      writer.assets().putEmbedding(namespace, embedding);
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
