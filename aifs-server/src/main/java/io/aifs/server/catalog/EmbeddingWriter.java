package io.aifs.server.catalog;

/** Changes embeddings and their spaces. Rules are the engine's; this only stores. */
public interface EmbeddingWriter extends EmbeddingReader {
  /** Adds a space, or replaces the one with its name. */
  void putSpace(long namespace, SpaceRow space);

  /** Adds an embedding in place of the one with the same key. */
  void put(long namespace, EmbeddingRow embedding);

  /** Returns whether there was one. */
  boolean remove(long namespace, EmbeddingKey key);
}
