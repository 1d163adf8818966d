package io.aifs.server.engine;

import java.util.Optional;

/**
 * Which parts of two ranges of content are equal, as far as the ids of their chunks tell. Parts
 * come one after the other and leave nothing out. Not thread-safe.
 */
public final class ChunkPairs {
  private final PlacedChunks left;
  private final PlacedChunks right;
  private final long length;

  ChunkPairs(PlacedChunks left, PlacedChunks right, long length) {
    this.left = left;
    this.right = right;
    this.length = length;
  }

  /** What the ids tell of a part. */
  public enum Verdict {
    EQUAL,
    DIFFERENT,
    /** The chunks are of other places, or hold bytes beside the range as well. */
    UNKNOWN
  }

  /** A part, by its places from the start of the ranges. */
  public record Part(long start, long end, Verdict verdict) {}

  /**
   * The next part; empty at the end.
   *
   * @throws io.aifs.core.AifsException.Corrupt if a list of chunks is damaged
   */
  public Optional<Part> next() {
    if (!left.hasNext() || !right.hasNext()) {
      return Optional.empty();
    }
    long start = Math.max(0, Math.max(left.start(), right.start()));
    Verdict verdict = verdict();
    long end = passPair();
    return Optional.of(new Part(start, end, verdict));
  }

  private Verdict verdict() {
    if (left.start() != right.start() || left.end() != right.end()) {
      return Verdict.UNKNOWN;
    }
    if (left.next().digest().equals(right.next().digest())) {
      return Verdict.EQUAL;
    }
    return left.start() >= 0 && left.end() <= length ? Verdict.DIFFERENT : Verdict.UNKNOWN;
  }

  /** Goes on to the next place where chunks of both begin, which is returned. */
  private long passPair() {
    while (left.end() != right.end() && Math.min(left.end(), right.end()) < length) {
      if (left.end() < right.end()) {
        left.advance();
      } else {
        right.advance();
      }
    }
    long end = Math.min(length, left.end());
    left.advance();
    right.advance();
    return end;
  }
}
