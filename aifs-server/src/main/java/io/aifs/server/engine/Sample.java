package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A random part of the assets of a namespace, visited in order of id. Assets of up to 1 MiB are in
 * it whole with probability {@code share}, and each MiB of larger ones, for itself: so about that
 * share of all bytes is read, however they are spread. The same seed on the same assets is the same
 * sample.
 */
public final class Sample {
  private static final long RANGE_BYTES = 1 << 20;

  private final double share;
  private final long seed;
  private final SplittableRandom random;

  /**
   * @throws AifsException.InvalidRequest unless {@code share} is above 0 and at most 1
   */
  public Sample(double share, long seed) {
    if (!(share > 0 && share <= 1)) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "sample_share",
          "the share to sample is not above 0 and at most 1: " + share,
          "give 0.05 for 5 %, or leave it out to verify all");
    }
    this.share = share;
    this.seed = seed;
    this.random = new SplittableRandom(seed);
  }

  public long seed() {
    return seed;
  }

  /** Bytes {@code offset} to {@code offset + length} of an asset. */
  record Range(long offset, long length) {}

  /** The next asset's ranges that are in the sample, neighbours joined. */
  List<Range> next(long sizeBytes) {
    List<Range> ranges = new ArrayList<>();
    long offset = 0;
    do {
      long length = Math.min(RANGE_BYTES, sizeBytes - offset);
      if (random.nextDouble() < share) {
        Range last = ranges.isEmpty() ? null : ranges.getLast();
        if (last != null && last.offset() + last.length() == offset) {
          ranges.set(ranges.size() - 1, new Range(last.offset(), last.length() + length));
        } else {
          ranges.add(new Range(offset, length));
        }
      }
      offset += length;
    } while (offset < sizeBytes);
    return ranges;
  }
}
