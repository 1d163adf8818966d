package io.aifs.server.catalog.journal;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.AssetTotals;
import io.aifs.server.catalog.AssetWriter;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.KeptAsset;
import io.aifs.server.catalog.Tombstone;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Records changes of assets. */
record RecordingAssets(AssetWriter writer, Consumer<JournalOp> ops) implements AssetWriter {
  @Override
  public void putAll(long namespace, Collection<AssetRow> rows) {
    writer.putAll(namespace, rows);
    if (!rows.isEmpty()) {
      ops.accept(new AssetOp.PutAll(namespace, List.copyOf(rows)));
    }
  }

  @Override
  public void joinUnnamed(long namespace, Collection<AssetRow> rows) {
    writer.joinUnnamed(namespace, rows);
    if (!rows.isEmpty()) {
      ops.accept(new AssetOp.JoinUnnamed(namespace, rows.stream().map(AssetRow::id).toList()));
    }
  }

  @Override
  public void addParents(long namespace, Digest child, Collection<ParentEdge> parents) {
    writer.addParents(namespace, child, parents);
    if (!parents.isEmpty()) {
      ops.accept(new AssetOp.AddParents(namespace, child, List.copyOf(parents)));
    }
  }

  @Override
  public void putEmbedding(long namespace, EmbeddingRow embedding) {
    writer.putEmbedding(namespace, embedding);
    ops.accept(new AssetOp.PutEmbedding(namespace, embedding));
  }

  @Override
  public void delete(long namespace, Tombstone tombstone) {
    writer.delete(namespace, tombstone);
    ops.accept(new AssetOp.Delete(namespace, tombstone));
  }

  @Override
  public boolean revive(long namespace, Digest id, long bornAt) {
    boolean revived = writer.revive(namespace, id, bornAt);
    if (revived) {
      ops.accept(new AssetOp.Revive(namespace, id, bornAt));
    }
    return revived;
  }

  @Override
  public long forgetKept(long namespace, long beforeSequence, int limit) {
    long forgotten = writer.forgetKept(namespace, beforeSequence, limit);
    if (forgotten > 0) {
      ops.accept(new AssetOp.ForgetKept(namespace, beforeSequence, limit));
    }
    return forgotten;
  }

  @Override
  public Optional<AssetRow> find(long namespace, Digest id) {
    return writer.find(namespace, id);
  }

  @Override
  public Map<Digest, AssetRow> findAll(long namespace, Collection<Digest> ids) {
    return writer.findAll(namespace, ids);
  }

  @Override
  public List<AssetRow> listById(long namespace, Optional<Digest> after, int limit) {
    return writer.listById(namespace, after, limit);
  }

  @Override
  public AssetPage listNewest(
      long namespace, Optional<AssetPage.Position> before, int skip, int limit) {
    return writer.listNewest(namespace, before, skip, limit);
  }

  @Override
  public Optional<Tombstone> findTombstone(long namespace, Digest id) {
    return writer.findTombstone(namespace, id);
  }

  @Override
  public Optional<KeptAsset> findKept(long namespace, Digest id) {
    return writer.findKept(namespace, id);
  }

  @Override
  public List<EmbeddingRow> embeddingsBetween(long namespace, Optional<Digest> after, Digest last) {
    return writer.embeddingsBetween(namespace, after, last);
  }

  @Override
  public List<ParentEdge> parents(long namespace, Digest child) {
    return writer.parents(namespace, child);
  }

  @Override
  public List<Digest> children(long namespace, Digest parent, int limit) {
    return writer.children(namespace, parent, limit);
  }

  @Override
  public List<EmbeddingRow> embeddings(long namespace, Digest asset) {
    return writer.embeddings(namespace, asset);
  }

  @Override
  public List<Digest> findByPrefix(long namespace, String hexPrefix, int limit) {
    return writer.findByPrefix(namespace, hexPrefix, limit);
  }

  @Override
  public AssetTotals totals(long namespace) {
    return writer.totals(namespace);
  }
}
