package io.aifs.vector;

import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lucene says through java.util.logging, which writes to standard error, whether it uses vector
 * instructions. Commands that search little start without them, and need not say so.
 */
final class LuceneLogs {
  /** Held, as a logger that nobody holds forgets its level. */
  private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

  static void quiet() {
    LUCENE.setLevel(Level.SEVERE);
  }

  private LuceneLogs() {}
}
