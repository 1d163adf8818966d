package io.aifs.server.engine.tensor;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.tensor.SlicePlan;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import io.aifs.server.engine.ContentReader;
import io.aifs.server.engine.ContentRun;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** A part of a tensor, as a tensor of its own. Thread-safe. */
public final class TensorSlice {
  private final ContentReader content;
  private final TensorEntry part;
  private final SlicePlan plan;
  private final long base;
  private final byte[] head;
  private final byte[] tail;

  private TensorSlice(
      ContentReader content, TensorEntry part, SlicePlan plan, long base, byte[] head, byte[] tail) {
    this.content = content;
    this.part = part;
    this.plan = plan;
    this.base = base;
    this.head = head;
    this.tail = tail;
  }

  static TensorSlice of(ContentReader content, TensorEntry tensor, List<SliceRange> ranges) {
    requireInside(tensor, ranges);
    SlicePlan plan = SlicePlan.of(tensor.type(), ranges);
    long base = tensor.offset();
    Iterator<SlicePlan.Run> runs = plan.iterator();
    long first = runs.hasNext() ? base + runs.next().offset() : base;
    TensorEntry part = new TensorEntry(tensor.name(), plan.type(), first);
    try {
      byte[] head = TensorCodec.streamHead(part.name(), part.type());
      byte[] tail = TensorCodec.streamTail(part.name(), part.type());
      return new TensorSlice(content, part, plan, base, head, tail);
    } catch (IllegalArgumentException e) {
      throw new AifsException.LimitExceeded(
          Reason.LIMIT_EXCEEDED,
          "the part of shape " + part.type().shape() + " has no form in Arrow: " + e.getMessage(),
          "read the asset's bytes: its description says where they are");
    }
  }

  private static void requireInside(TensorEntry tensor, List<SliceRange> ranges) {
    TensorType type = tensor.type();
    if (ranges.size() > type.shape().size()) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "ranges",
          "there are "
              + ranges.size()
              + " ranges, and tensor '"
              + tensor.name()
              + "' has "
              + type.shape().size()
              + " dimensions",
          "give at most one range for each dimension");
    }
    for (int at = 0; at < ranges.size(); at++) {
      requireInside(at, ranges.get(at), type.shape().get(at));
    }
  }

  private static void requireInside(int dimension, SliceRange range, long length) {
    if (range.end() > length) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "ranges[" + dimension + "]",
          "range "
              + range.start()
              + ":"
              + range.end()
              + " is outside dimension "
              + dimension
              + ", whose length is "
              + length,
          "give a range from 0 to " + length);
    }
  }

  /** Name and type of the part; its offset is that of its first value in the content. */
  public TensorEntry part() {
    return part;
  }

  /**
   * Hands the part to the sink, as an Arrow IPC stream of one record batch. Only chunks that hold
   * some of it are read, each of them once.
   *
   * @throws AifsException.Corrupt if one is damaged or missing
   * @throws IOException what the sink throws
   */
  public void read(ContentReader.Sink sink) throws IOException {
    sink.accept(head, 0, head.length);
    content.read(this::runs, part.type().bytes(), sink);
    sink.accept(tail, 0, tail.length);
  }

  private Iterator<ContentRun> runs() {
    Iterator<SlicePlan.Run> runs = plan.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return runs.hasNext();
      }

      @Override
      public ContentRun next() {
        SlicePlan.Run run = runs.next();
        return new ContentRun(base + run.offset(), run.length());
      }
    };
  }
}
