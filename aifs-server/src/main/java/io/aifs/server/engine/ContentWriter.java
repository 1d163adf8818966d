package io.aifs.server.engine;

import io.aifs.core.chunk.ContentCutter;
import io.aifs.core.manifest.ManifestBuilder;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.chunk.ChunkStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Cuts content into chunks, digests them and stores them, building the manifest on the way. While
 * one batch is compressed and sealed on the executor, the caller's thread cuts and digests the
 * next; at most two batches are held, so memory does not grow with the content. Not thread-safe.
 */
final class ContentWriter {
  private static final int BUFFER_BYTES_FIRST = 64 << 10;

  private final ContentCutter cutter;
  private final TensorBases bases;
  private final BatchStorer storer;
  private final Hasher hasher = new Hasher();
  private final ManifestBuilder manifest;
  private int bufferBytesMax;
  private byte[] buffer;
  private byte[] spare = new byte[0];
  private int filled;

  /**
   * @param cutter of this content only
   * @param batchBytes content gathered before it is cut; with the longest chunk, a buffer's size
   */
  ContentWriter(
      ChunkStore store,
      ContentCutter cutter,
      TensorBases bases,
      Executor executor,
      int batchBytes) {
    this.cutter = cutter;
    this.bases = bases;
    this.storer = new BatchStorer(store, executor);
    this.manifest = new ManifestBuilder(storer::storePage);
    this.bufferBytesMax = batchBytes + cutter.parameters().bytesMax();
    this.buffer = new byte[Math.min(BUFFER_BYTES_FIRST, bufferBytesMax)];
  }

  void write(byte[] data, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      makeRoom(left);
      int taken = Math.min(left, buffer.length - filled);
      System.arraycopy(data, from, buffer, filled, taken);
      filled += taken;
      from += taken;
      left -= taken;
    }
  }

  private void makeRoom(int wanted) throws IOException {
    if (filled + wanted > buffer.length && buffer.length < bufferBytesMax) {
      int grown = Math.max(buffer.length * 4, filled + Math.min(wanted, bufferBytesMax));
      buffer = Arrays.copyOf(buffer, Math.min(grown, bufferBytesMax));
    }
    if (filled == buffer.length) {
      flush(false);
    }
    if (filled == buffer.length) {
      // Nothing can be cut before the head of the content is understood.
      bufferBytesMax = Math.max(bufferBytesMax, ContentCutter.bytesWanted(cutter.parameters()));
      buffer = Arrays.copyOf(buffer, bufferBytesMax);
    }
  }

  /** Stores what is left. Nothing may be written afterwards. */
  WrittenContent finish() throws IOException {
    flush(true);
    storer.await();
    Digest id = hasher.finish();
    manifest.addChainingValues(hasher.takeGroupChainingValues(true));
    long size = manifest.size();
    return new WrittenContent(id, size, manifest.finish(id), storer.tally());
  }

  /** Waits for what is running, so that nothing touches the store afterwards. */
  void abandon() {
    storer.abandon();
  }

  private void flush(boolean end) throws IOException {
    List<Chunk> chunks = new ArrayList<>();
    int at = 0;
    for (int length = cut(at, end); length > 0; length = cut(at, end)) {
      Digest digest = Digest.of(buffer, at, length);
      chunks.add(
          new Chunk(
              digest,
              buffer,
              at,
              length,
              Optional.empty(),
              bases.numbers(cutter.place(), digest, length)));
      manifest.add(digest, length);
      at += length;
    }
    hasher.update(buffer, 0, at);
    manifest.addChainingValues(hasher.takeGroupChainingValues(false));
    storer.await();
    if (!chunks.isEmpty()) {
      hand(chunks, at);
    }
  }

  private int cut(int at, boolean end) {
    return cutter.cut(buffer, at, filled - at, end);
  }

  /** Gives the batch and its buffer to the executor and goes on with the other buffer. */
  private void hand(List<Chunk> chunks, int consumed) {
    byte[] given = buffer;
    int rest = filled - consumed;
    buffer = spare.length == given.length ? spare : new byte[given.length];
    System.arraycopy(given, consumed, buffer, 0, rest);
    filled = rest;
    spare = given;
    storer.begin(chunks);
  }
}
