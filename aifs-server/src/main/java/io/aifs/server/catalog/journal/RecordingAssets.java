package io.aifs.server.catalog.journal;

import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetPage;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.AssetTotals;
import io.aifs.server.catalog.AssetWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.KeptAsset;
import io.aifs.server.catalog.Tombstone;
import java.time.Instant;
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
  public boolean joinUnnamed(long namespace, Collection<AssetRow> rows) {
    boolean joined = writer.joinUnnamed(namespace, rows);
    if (!rows.isEmpty()) {
      ops.accept(new AssetOp.JoinUnnamed(namespace, rows.stream().map(AssetRow::id).toList()));
    }
    return joined;
  }

  @Override
  public int addParents(long namespace, Digest child, Collection<ParentEdge> parents, Instant at) {
    int added = writer.addParents(namespace, child, parents, at);
    if (added > 0) {
      ops.accept(new AssetOp.AddParents(namespace, child, List.copyOf(parents), Optional.of(at)));
    }
    return added;
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
  public AssetPage list(
      long namespace, AssetFilter filter, Optional<AssetPage.Position> after, int skip, int limit) {
    return writer.list(namespace, filter, after, skip, limit);
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
  public List<EmbeddingRow> embeddingsAfter(
      long namespace, Optional<EmbeddingKey> after, int limit) {
    return writer.embeddingsAfter(namespace, after, limit);
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
