package io.aifs.vector;

/** How many candidates a search keeps. */
final class Effort {
  /** Finds at least 95 of 100 of the nearest 10 among hundreds of thousands of word vectors. */
  private static final int DEFAULT = 200;

  /** More would keep all that is there. */
  private static final int MOST = 100_000;

  static int of(VectorQuery query) {
    int wanted = query.effort() == 0 ? DEFAULT + query.k() / 2 : query.effort();
    return Math.max(query.k(), Math.min(MOST, wanted));
  }

  private Effort() {}
}
