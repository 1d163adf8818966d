package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, range by range and step by step, which chunks many ranges need. One thread at a time;
 * any thread may {@link #abandon}.
 */
final class RangePlan {
  private final List<ContentRange> ranges;
  private final Map<Digest, ContentReader> found;
  private final Map<Digest, AifsException> absent;
  private int begun;
  private @Nullable OpenRange open;
  private volatile int abandoned = -1;

  /** A range with bytes; {@code end} is behind its last one. */
  private record OpenRange(
      int index, ContentReader asset, ChunkCursor chunks, long start, long end) {}

  /** Each range's asset is either found or absent. */
  RangePlan(
      List<ContentRange> ranges,
      Map<Digest, ContentReader> found,
      Map<Digest, AifsException> absent) {
    this.ranges = ranges;
    this.found = found;
    this.absent = absent;
  }

  /**
   * The next step; empty at the end.
   *
   * @throws AifsException for what concerns more than one asset, such as a disk that fails
   */
  Optional<RangeStep> next() {
    if (open != null && open.index() > abandoned) {
      return Optional.of(goOn(open));
    }
    open = null;
    if (begun == ranges.size()) {
      return Optional.empty();
    }
    int index = begun++;
    return Optional.of(begin(index, ranges.get(index)));
  }

  /** Makes no further steps of this range, nor of those before it. */
  void abandon(int range) {
    abandoned = range;
  }

  private RangeStep begin(int index, ContentRange range) {
    AifsException why = absent.get(range.asset());
    if (why != null) {
      return new RangeStep.Failed(index, why);
    }
    ContentReader asset = requireNonNull(found.get(range.asset()));
    try {
      long start = range.offset();
      long length = asset.requireRange(start, range.length());
      if (length == 0) {
        return new RangeStep.Empty(index, asset);
      }
      ChunkCursor chunks = asset.chunks(start, length);
      return goOn(new OpenRange(index, asset, chunks, start, start + length));
    } catch (AifsException.InvalidRequest | AifsException.Corrupt e) {
      return new RangeStep.Failed(index, e);
    }
  }

  private RangeStep goOn(OpenRange range) {
    open = null;
    Optional<ChunkRef> next;
    try {
      next = range.chunks().next();
    } catch (IOException e) {
      AifsException failure = Failures.reading(range.asset().info().id(), e);
      if (failure instanceof AifsException.Corrupt) {
        return new RangeStep.Failed(range.index(), failure);
      }
      throw failure;
    }
    ChunkRef chunk =
        next.orElseThrow(() -> new IllegalStateException("chunks end before " + range.end()));
    boolean last = chunk.end() >= range.end();
    if (!last) {
      open = range;
    }
    int from = (int) (Math.max(range.start(), chunk.offset()) - chunk.offset());
    int to = (int) (Math.min(range.end(), chunk.end()) - chunk.offset());
    return new RangeStep.Part(range.index(), range.asset(), chunk, from, to, last);
  }
}
