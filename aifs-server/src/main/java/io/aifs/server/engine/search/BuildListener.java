package io.aifs.server.engine.search;

/** Is told how far the building of an index is. */
@FunctionalInterface
public interface BuildListener {
  /**
   * Is called when there is news, and every ten seconds when there is none.
   *
   * @param done embeddings that are in it
   * @param total of the space, about
   */
  void progress(long done, long total);
}
