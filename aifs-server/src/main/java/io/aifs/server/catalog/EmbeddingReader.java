package io.aifs.server.catalog;

import io.aifs.crypto.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Embedding spaces of a namespace, and what is embedded in them. */
public interface EmbeddingReader {
  Optional<SpaceRow> space(long namespace, String name);

  /** In order of name. */
  List<SpaceRow> spaces(long namespace);

  /** In order of space and part. Assets without any are absent from the result. */
  Map<Digest, List<EmbeddingRow>> ofAll(long namespace, Collection<Digest> assets);

  Optional<EmbeddingRow> find(long namespace, EmbeddingKey key);

  /** Those of a space, whether found or not, in order of asset and part; at most {@code limit}. */
  List<EmbeddingRow> inSpace(long namespace, String space, Optional<EmbeddingKey> after, int limit);

  /** How many embeddings a space has. Looks at every one of the namespace. */
  Counts count(long namespace, String space);

  /** The same of each space of a namespace that is not empty, by its name. */
  Map<String, Counts> counts(long namespace);

  /** How many of an asset's embeddings are in a space. */
  int count(long namespace, Digest asset, String space);

  /** Those that wait for approval, in order of key; at most {@code limit}. */
  List<EmbeddingRow> quarantined(long namespace, Optional<EmbeddingKey> after, int limit);

  /** Embeddings that are found, and those that wait for approval. */
  record Counts(long live, long quarantined) {
    public static final Counts NONE = new Counts(0, 0);
  }
}
