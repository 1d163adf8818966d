package io.aifs.schemas.embed;

import io.aifs.core.model.FloatVectors;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.util.Objects;

/** Whether content is an Embed payload, every value and every source id. Stateless. */
public final class EmbedValidator {
  /** Bytes of the vectors that are looked at together. */
  private static final int BLOCK_BYTES = 256 << 10;

  /** Reading ids that lie in any order costs more than their bytes; so much more, and no more. */
  private static final int SCATTER_MAX = 4;

  private static final long SCATTER_BYTES_MIN = 64L << 20;

  /**
   * Returns if all of the content is as {@code docs/format/embed.md} says.
   *
   * @throws PayloadInvalidException saying what is wrong, and where
   */
  public static void validate(ByteSource source) throws PayloadInvalidException, IOException {
    EmbedReader reader = EmbedReader.open(source);
    int block = Math.max(1, BLOCK_BYTES / reader.header().vectorBytes());
    for (long from = 0; from < reader.count(); from += block) {
      int length = (int) Math.min(block, reader.count() - from);
      long at = from;
      for (float[] vector : reader.vectors(from, length)) {
        requireUsable(reader, vector, at++);
      }
    }
    if (reader.hasSources()) {
      requireSources(reader, source.size());
    }
  }

  /** Returns if a space of the payload's metric can hold the vector. */
  static void requireUsable(EmbedReader reader, float[] vector, long at)
      throws PayloadInvalidException {
    try {
      FloatVectors.requireUsable(vector, reader.metric());
    } catch (IllegalArgumentException e) {
      throw new PayloadInvalidException(
          "vector " + at, Objects.requireNonNullElse(e.getMessage(), "it cannot be compared"));
    }
  }

  private static void requireSources(EmbedReader reader, long size)
      throws PayloadInvalidException, IOException {
    long fetchedMax = SCATTER_MAX * size + SCATTER_BYTES_MIN;
    long before = 0;
    for (long at = 0; at < reader.count(); at++) {
      long place = reader.sourcePlace(at);
      if (place != before) { // the same again is as it was
        var _ = reader.sourceAt(place, at);
        before = place;
      }
      if (reader.sourceBytesFetched() > fetchedMax) {
        throw new PayloadInvalidException(
            "sources", "they lie so scattered that they cannot be read; write them in order");
      }
    }
  }

  private EmbedValidator() {}
}
