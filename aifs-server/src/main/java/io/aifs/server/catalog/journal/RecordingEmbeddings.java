package io.aifs.server.catalog.journal;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EmbeddingWriter;
import io.aifs.server.catalog.SpaceRow;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Records changes of embeddings and their spaces. */
record RecordingEmbeddings(EmbeddingWriter writer, Consumer<JournalOp> ops)
    implements EmbeddingWriter {
  @Override
  public void putSpace(long namespace, SpaceRow space) {
    writer.putSpace(namespace, space);
    ops.accept(new EmbeddingOp.PutSpace(namespace, space));
  }

  @Override
  public void put(long namespace, EmbeddingRow embedding) {
    writer.put(namespace, embedding);
    ops.accept(new EmbeddingOp.Put(namespace, embedding));
  }

  @Override
  public boolean remove(long namespace, EmbeddingKey key) {
    boolean removed = writer.remove(namespace, key);
    if (removed) {
      ops.accept(new EmbeddingOp.Remove(namespace, key));
    }
    return removed;
  }

  @Override
  public Optional<SpaceRow> space(long namespace, String name) {
    return writer.space(namespace, name);
  }

  @Override
  public List<SpaceRow> spaces(long namespace) {
    return writer.spaces(namespace);
  }

  @Override
  public Map<Digest, List<EmbeddingRow>> ofAll(long namespace, Collection<Digest> assets) {
    return writer.ofAll(namespace, assets);
  }

  @Override
  public Optional<EmbeddingRow> find(long namespace, EmbeddingKey key) {
    return writer.find(namespace, key);
  }

  @Override
  public List<EmbeddingRow> inSpace(
      long namespace, String space, Optional<EmbeddingKey> after, int limit) {
    return writer.inSpace(namespace, space, after, limit);
  }

  @Override
  public Counts count(long namespace, String space) {
    return writer.count(namespace, space);
  }

  @Override
  public Map<String, Counts> counts(long namespace) {
    return writer.counts(namespace);
  }

  @Override
  public int count(long namespace, Digest asset, String space) {
    return writer.count(namespace, asset, space);
  }

  @Override
  public List<EmbeddingRow> quarantined(long namespace, Optional<EmbeddingKey> after, int limit) {
    return writer.quarantined(namespace, after, limit);
  }
}
