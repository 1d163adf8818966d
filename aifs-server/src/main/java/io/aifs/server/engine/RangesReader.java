package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Many ranges of many assets, in the order in which they were asked for. The chunks of many ranges
 * are read together, and a chunk that several of them need is opened once as long as they are near
 * each other; every chunk is verified before any of it is handed out. While one batch is handed out
 * the next is read, and no more is held, however many ranges there are. To be read once, by one
 * thread.
 */
public final class RangesReader {
  /** Content read at a time, at least a chunk. */
  static final int BATCH_BYTES = 2 << 20;

  private static final int BATCH_STEPS = 4_096;

  /** Takes what ranges hold, one after the other; may block to hold the reader back. */
  public interface Sink {
    /** The next bytes of a range. */
    void piece(Piece piece) throws IOException;

    /** The range cannot be read, or not any further: nothing more of it comes. */
    void failed(int range, AifsException why) throws IOException;
  }

  /**
   * Bytes of a range; the array is not to be changed.
   *
   * @param range its place among the ranges
   * @param assetSize bytes of the whole asset
   * @param length 0 only for a range that has no bytes
   * @param last whether the range ends with these
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Piece(
      int range, long assetSize, byte[] bytes, int offset, int length, boolean last) {}

  private final RangePlan plan;
  private final ChunkSource chunks;
  private final Executor executor;
  private Map<Digest, byte[]> before = Map.of();
  private int failedRange = -1;

  RangesReader(RangePlan plan, ChunkSource chunks, Executor executor) {
    this.plan = plan;
    this.chunks = chunks;
    this.executor = executor;
  }

  /**
   * Hands all ranges to the sink. What is wrong with one asset fails its ranges only.
   *
   * @throws AifsException for what concerns more than one asset, such as a disk that fails
   * @throws IOException what the sink throws
   */
  public void read(Sink sink) throws IOException {
    ReadAhead.run(executor, this::fetch, batch -> hand(batch, sink));
  }

  private record Batch(
      List<RangeStep> steps,
      Map<Digest, byte[]> bytes,
      Map<Digest, ChunkDamagedException> damaged) {}

  private Optional<Batch> fetch() {
    List<RangeStep> steps = new ArrayList<>();
    Set<Digest> digests = new LinkedHashSet<>();
    long bytes = 0;
    while (bytes < BATCH_BYTES && steps.size() < BATCH_STEPS) {
      Optional<RangeStep> step = plan.next();
      if (step.isEmpty()) {
        break;
      }
      steps.add(step.get());
      if (step.get() instanceof RangeStep.Part part && digests.add(part.chunk().digest())) {
        bytes += part.chunk().length();
      }
    }
    return steps.isEmpty() ? Optional.empty() : Optional.of(read(steps, digests));
  }

  private Batch read(List<RangeStep> steps, Set<Digest> digests) {
    Map<Digest, byte[]> read = new HashMap<>(before);
    read.keySet().retainAll(digests);
    digests.removeAll(read.keySet());
    Map<Digest, ChunkDamagedException> damaged = new HashMap<>();
    try {
      readInto(read, digests, damaged);
    } catch (IOException e) {
      throw Failures.translate("reading many ranges failed", e);
    }
    before = read;
    return new Batch(steps, read, damaged);
  }

  private void readInto(
      Map<Digest, byte[]> read,
      Collection<Digest> digests,
      Map<Digest, ChunkDamagedException> damaged)
      throws IOException {
    if (digests.isEmpty()) {
      return;
    }
    try {
      read.putAll(chunks.getAll(RecordType.CHUNK, digests));
    } catch (ChunkDamagedException e) {
      if (digests.size() == 1) {
        digests.forEach(digest -> damaged.put(digest, e));
        return;
      }
      for (Digest digest : digests) { // one by one: the others are well
        readInto(read, List.of(digest), damaged);
      }
    }
  }

  private void hand(Batch batch, Sink sink) throws IOException {
    for (RangeStep step : batch.steps()) {
      if (step.range() != failedRange) {
        switch (step) {
          case RangeStep.Part part -> hand(part, batch, sink);
          case RangeStep.Empty(int range, ContentReader asset) ->
              sink.piece(new Piece(range, asset.info().size(), new byte[0], 0, 0, true));
          case RangeStep.Failed(int range, AifsException why) -> sink.failed(range, why);
        }
      }
    }
  }

  private void hand(RangeStep.Part part, Batch batch, Sink sink) throws IOException {
    byte[] bytes;
    try {
      bytes = bytesOf(part, batch);
    } catch (AifsException.Corrupt e) {
      failedRange = part.range();
      plan.abandon(failedRange);
      sink.failed(failedRange, e);
      return;
    }
    long size = part.asset().info().size();
    int length = part.to() - part.from();
    sink.piece(new Piece(part.range(), size, bytes, part.from(), length, part.last()));
  }

  private static byte[] bytesOf(RangeStep.Part part, Batch batch) {
    ChunkDamagedException damage = batch.damaged().get(part.chunk().digest());
    if (damage != null) {
      throw Failures.reading(part.asset().info().id(), damage);
    }
    return part.asset().bytesOf(part.chunk(), batch.bytes());
  }
}
