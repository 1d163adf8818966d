package io.aifs.core.manifest;

import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A made-up asset with its manifest: digests of nothing in particular, lengths that add up. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Sample(Digest asset, long size, byte[] root, List<ChunkRef> chunks, byte[] values) {
  /** With every chaining value. */
  static Sample of(SplittableRandom random, int chunkCount, int lengthMax, PageSink sink)
      throws IOException {
    List<ChunkRef> chunks = new ArrayList<>();
    Digest asset = Digest.fromBytes(SeededTest.bytes(random, Digest.BYTES));
    ManifestBuilder builder = new ManifestBuilder(sink);
    for (int i = 0; i < chunkCount; i++) {
      Digest digest =
          chunkCount == 1 ? asset : Digest.fromBytes(SeededTest.bytes(random, Digest.BYTES));
      chunks.add(new ChunkRef(digest, builder.size(), random.nextInt(1, lengthMax + 1)));
      builder.add(digest, chunks.getLast().length());
    }
    long groups = (builder.size() + Hasher.GROUP_BYTES - 1) / Hasher.GROUP_BYTES;
    byte[] values = SeededTest.bytes(random, Math.toIntExact(groups * Digest.BYTES));
    builder.addChainingValues(values);
    Digest id = chunkCount == 0 ? Digest.of(new byte[0]) : asset;
    return new Sample(id, builder.size(), builder.finish(id), chunks, values);
  }

  ManifestReader open(PageSource pages) throws IOException {
    return ManifestReader.open(root, asset, size, pages);
  }

  static List<ChunkRef> read(ChunkCursor cursor) throws IOException {
    List<ChunkRef> chunks = new ArrayList<>();
    for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
      chunks.add(next.get());
    }
    return chunks;
  }

  static List<Digest> read(PageCursor cursor) throws IOException {
    List<Digest> digests = new ArrayList<>();
    for (var next = cursor.next(); next.isPresent(); next = cursor.next()) {
      digests.add(next.get());
    }
    return digests;
  }
}
