package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.manifest.ChunkRef;

/** One step of answering many ranges. */
sealed interface RangeStep {
  /** The range's place in the request. */
  int range();

  /**
   * Bytes {@code from} to {@code to} of a chunk are the next of the range.
   *
   * @param last whether they are its last ones
   */
  record Part(int range, ContentReader asset, ChunkRef chunk, int from, int to, boolean last)
      implements RangeStep {}

  /** The range has no bytes. */
  record Empty(int range, ContentReader asset) implements RangeStep {}

  /** The range cannot be read, or not any further. */
  record Failed(int range, AifsException why) implements RangeStep {}
}
