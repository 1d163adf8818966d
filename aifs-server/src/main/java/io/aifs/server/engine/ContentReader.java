package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.manifest.ChunkCursor;
import io.aifs.core.manifest.ChunkRef;
import io.aifs.core.manifest.ManifestDamagedException;
import io.aifs.core.manifest.ManifestReader;
import io.aifs.core.model.AssetInfo;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.chunk.ChunkSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One asset's content, by range. Every chunk is verified before any of it is handed out; while one
 * batch is handed out the next is read, and no more is held. Thread-safe.
 */
public final class ContentReader {
  /** Content read at a time, at least a chunk. */
  static final int BATCH_BYTES = 1 << 20;

  /** Who reads so much in one go will hardly read it again soon, and would fill any cache. */
  private static final long LONG_READ_BYTES = 4L << 20;

  /** Takes content in order, and changes none of it; may block to hold the reader back. */
  @FunctionalInterface
  public interface Sink {
    void accept(byte[] bytes, int offset, int length) throws IOException;
  }

  private final AssetRow row;
  private final ChunkSource chunks;
  private final ChunkSource longReads;
  private final Executor executor;

  ContentReader(AssetRow row, ChunkSource chunks, Executor executor) {
    this(row, chunks, chunks, executor);
  }

  /**
   * @param longReads the same chunks for long reads, past any cache
   */
  ContentReader(AssetRow row, ChunkSource chunks, ChunkSource longReads, Executor executor) {
    this.row = row;
    this.chunks = chunks;
    this.longReads = longReads;
    this.executor = executor;
  }

  public AssetInfo info() {
    return row.info();
  }

  /**
   * The range from {@code offset}, cut off at the end of the content.
   *
   * @return its length in bytes
   * @throws AifsException.InvalidRequest if it begins outside the content
   */
  public long requireRange(long offset, Optional<Long> length) {
    if (offset < 0 || offset > row.size()) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "offset",
          "offset " + offset + " is outside the content of " + row.size() + " bytes",
          "give an offset from 0 to " + row.size());
    }
    if (length.isPresent() && length.get() < 0) {
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          "length",
          "length is negative: " + length.get(),
          "leave it out to read to the end");
    }
    return Math.min(length.orElse(Long.MAX_VALUE), row.size() - offset);
  }

  /**
   * Hands {@code length} bytes from {@code offset} to the sink.
   *
   * @throws AifsException.Corrupt if a chunk is damaged or missing; nothing of it was handed out
   * @throws IOException what the sink throws
   */
  public void read(long offset, long length, Sink sink) throws IOException {
    ChunkCursor cursor = chunks(offset, length);
    ChunkSource source = length > LONG_READ_BYTES ? longReads : chunks;
    ReadAhead.Taker<Batch> taker = batch -> hand(batch, offset, offset + length, sink);
    if (length <= BATCH_BYTES) {
      readShort(cursor, source, taker);
    } else {
      ReadAhead.run(executor, () -> fetch(cursor, source), taker);
    }
  }

  /**
   * Hands many ranges to the sink, one after the other. Chunks that hold none of them are not read,
   * and a chunk that holds many is read once.
   *
   * @param runs in the order of the content, without overlap; gone through twice
   * @param length of all of them together
   * @throws AifsException.Corrupt as for one range
   * @throws IOException what the sink throws
   */
  public void read(Iterable<ContentRun> runs, long length, Sink sink) throws IOException {
    ChunkSource source = length > LONG_READ_BYTES ? longReads : chunks;
    new RunsReader(this, source, executor, runs).read(sink);
  }

  /**
   * Reads ranges of this content and of another of the same domain side by side.
   *
   * @param length of both ranges
   */
  public PairedReader pairWith(
      long offset, ContentReader other, long otherOffset, long length) {
    ChunkSource source = length > LONG_READ_BYTES ? longReads : chunks;
    return new PairedReader(
        new PairedReader.Place(this, offset),
        new PairedReader.Place(other, otherOffset),
        length,
        source,
        executor);
  }

  /** One batch or two: another thread would cost more than it saves. */
  private void readShort(ChunkCursor cursor, ChunkSource source, ReadAhead.Taker<Batch> taker)
      throws IOException {
    Optional<Batch> batch = fetch(cursor, source);
    while (batch.isPresent()) {
      taker.take(batch.get());
      batch = fetch(cursor, source);
    }
  }

  /**
   * The chunks that hold a range.
   *
   * @throws AifsException.Corrupt if the list of chunks is damaged
   */
  ChunkCursor chunks(long offset, long length) {
    try {
      return manifest().chunks(offset, length);
    } catch (IOException e) {
      throw Failures.reading(row.id(), e);
    }
  }

  /** The asset's manifest, its pages read from the chunk source. */
  ManifestReader manifest() throws IOException {
    return ManifestReader.open(row.manifest(), row.id(), row.size(), this::page);
  }

  private Optional<byte[]> page(Digest digest) throws IOException {
    return Optional.ofNullable(
        chunks.getAll(RecordType.MANIFEST_PAGE, List.of(digest)).get(digest));
  }

  private record Batch(List<ChunkRef> refs, Map<Digest, byte[]> bytes) {}

  private Optional<Batch> fetch(ChunkCursor cursor, ChunkSource source) {
    try {
      return fetchNow(cursor, source);
    } catch (IOException e) {
      throw Failures.reading(row.id(), e);
    }
  }

  /** The next chunk of a cursor of this asset; empty at the end. */
  Optional<ChunkRef> next(ChunkCursor cursor) {
    try {
      return cursor.next();
    } catch (IOException e) {
      throw Failures.reading(row.id(), e);
    }
  }

  /** Those chunks of this asset that are stored. */
  Map<Digest, byte[]> chunks(ChunkSource source, Set<Digest> digests) {
    try {
      return source.getAll(RecordType.CHUNK, digests);
    } catch (IOException e) {
      throw Failures.reading(row.id(), e);
    }
  }

  private static Optional<Batch> fetchNow(ChunkCursor cursor, ChunkSource source)
      throws IOException {
    List<ChunkRef> refs = new ArrayList<>();
    Set<Digest> digests = new LinkedHashSet<>();
    long bytes = 0;
    while (bytes < BATCH_BYTES) {
      Optional<ChunkRef> ref = cursor.next();
      if (ref.isEmpty()) {
        break;
      }
      refs.add(ref.get());
      digests.add(ref.get().digest());
      bytes += ref.get().length();
    }
    return refs.isEmpty()
        ? Optional.empty()
        : Optional.of(new Batch(refs, source.getAll(RecordType.CHUNK, digests)));
  }

  private void hand(Batch batch, long start, long end, Sink sink) throws IOException {
    for (ChunkRef ref : batch.refs()) {
      byte[] bytes = bytesOf(ref, batch.bytes());
      int from = (int) (Math.max(start, ref.offset()) - ref.offset());
      int to = (int) (Math.min(end, ref.end()) - ref.offset());
      sink.accept(bytes, from, to - from);
    }
  }

  /**
   * A chunk of this asset from what was read.
   *
   * @throws AifsException.Corrupt if it is not there, or of another length than the list says
   */
  byte[] bytesOf(ChunkRef ref, Map<Digest, byte[]> read) {
    byte @Nullable [] bytes = read.get(ref.digest());
    if (bytes == null) {
      throw Failures.chunkMissing(row.id(), ref.digest());
    }
    if (bytes.length != ref.length()) {
      throw Failures.reading(
          row.id(),
          new ManifestDamagedException(
              "chunk " + ref.digest() + " has " + bytes.length + " bytes, not " + ref.length()));
    }
    return bytes;
  }
}
