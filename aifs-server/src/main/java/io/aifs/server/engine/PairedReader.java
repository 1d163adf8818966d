package io.aifs.server.engine;

import io.aifs.core.manifest.ChunkRef;
import io.aifs.crypto.Digest;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Two ranges of one length, of two assets of a domain, side by side. A chunk that both have near
 * the same place is read once. While one batch is handed out the next is read, and no more is held,
 * however long the ranges are. Thread-safe.
 */
public final class PairedReader {
  /** Read of each side at a time, at least a chunk. */
  private static final int BATCH_BYTES = ContentReader.BATCH_BYTES / 2;

  private final Place left;
  private final Place right;
  private final long length;
  private final ChunkSource source;
  private final Executor executor;

  PairedReader(Place left, Place right, long length, ChunkSource source, Executor executor) {
    this.left = left;
    this.right = right;
    this.length = length;
    this.source = source;
    this.executor = executor;
  }

  /** Where a range begins. */
  record Place(ContentReader asset, long offset) {
    private PlacedChunks chunks(long from, long to) {
      return new PlacedChunks(asset, offset, from, to);
    }
  }

  /** Takes what both ranges hold at the same places, in order, and changes none of it. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @return whether to go on
     */
    boolean accept(byte[] left, int leftOffset, byte[] right, int rightOffset, int length)
        throws IOException;
  }

  /** What the ids of chunks tell of the ranges; none of their bytes are read. */
  public ChunkPairs pairs() {
    return new ChunkPairs(left.chunks(0, length), right.chunks(0, length), length);
  }

  /**
   * Hands a part of both ranges to the sink.
   *
   * @param start of the part, from the start of the ranges
   * @param end behind the part
   * @return whether all of it was handed out: the sink did not end it
   * @throws io.aifs.core.AifsException.Corrupt if a chunk of either is damaged or missing
   * @throws IOException what the sink throws
   */
  public boolean read(long start, long end, Sink sink) throws IOException {
    Reading reading = new Reading(start, end, sink);
    ReadAhead.run(executor, reading::fetch, reading::hand);
    return reading.goesOn;
  }

  private record Batch(List<ChunkRef> left, List<ChunkRef> right, Map<Digest, byte[]> bytes) {}

  /** Bytes of a chunk that were not handed out yet. */
  private static final class Piece {
    private final byte[] bytes;
    private final int end;
    private int at;

    Piece(byte[] bytes, int from, int to) {
      this.bytes = bytes;
      this.at = from;
      this.end = to;
    }

    int left() {
      return end - at;
    }
  }

  /** One pass over a part. Fetching and handing out are on different threads, and share no state. */
  private final class Reading {
    private final PlacedChunks leftChunks;
    private final PlacedChunks rightChunks;
    private final long start;
    private final long end;
    private final Sink sink;
    private final Deque<Piece> leftPieces = new ArrayDeque<>();
    private final Deque<Piece> rightPieces = new ArrayDeque<>();
    private long reached;
    private volatile boolean goesOn = true;

    Reading(long start, long end, Sink sink) {
      this.leftChunks = left.chunks(start, end);
      this.rightChunks = right.chunks(start, end);
      this.start = start;
      this.end = end;
      this.sink = sink;
      this.reached = start;
    }

    Optional<Batch> fetch() {
      if (reached >= end || !goesOn) {
        return Optional.empty();
      }
      reached = Math.min(end, reached + BATCH_BYTES);
      Map<Digest, byte[]> bytes = new HashMap<>();
      List<ChunkRef> leftRefs = fetch(leftChunks, bytes);
      List<ChunkRef> rightRefs = fetch(rightChunks, bytes);
      return Optional.of(new Batch(leftRefs, rightRefs, bytes));
    }

    private List<ChunkRef> fetch(PlacedChunks chunks, Map<Digest, byte[]> bytes) {
      List<ChunkRef> refs = new ArrayList<>();
      Set<Digest> digests = new HashSet<>();
      while (chunks.hasNext() && chunks.start() < reached) {
        refs.add(chunks.next());
        digests.add(chunks.next().digest());
        chunks.advance();
      }
      digests.removeAll(bytes.keySet());
      if (!digests.isEmpty()) {
        bytes.putAll(chunks.asset().chunks(source, digests));
      }
      return refs;
    }

    void hand(Batch batch) throws IOException {
      add(left, batch.left(), batch.bytes(), leftPieces);
      add(right, batch.right(), batch.bytes(), rightPieces);
      while (goesOn && !leftPieces.isEmpty() && !rightPieces.isEmpty()) {
        Piece a = leftPieces.element();
        Piece b = rightPieces.element();
        int both = Math.min(a.left(), b.left());
        goesOn = sink.accept(a.bytes, a.at, b.bytes, b.at, both);
        pass(leftPieces, both);
        pass(rightPieces, both);
      }
    }

    private void add(
        Place place, List<ChunkRef> refs, Map<Digest, byte[]> read, Deque<Piece> pieces) {
      for (ChunkRef ref : refs) {
        byte[] bytes = place.asset().bytesOf(ref, read);
        int from = (int) (Math.max(place.offset() + start, ref.offset()) - ref.offset());
        int to = (int) (Math.min(place.offset() + end, ref.end()) - ref.offset());
        pieces.add(new Piece(bytes, from, to));
      }
    }

    private static void pass(Deque<Piece> pieces, int bytes) {
      Piece first = pieces.element();
      first.at += bytes;
      if (first.left() == 0) {
        pieces.remove();
      }
    }
  }
}
