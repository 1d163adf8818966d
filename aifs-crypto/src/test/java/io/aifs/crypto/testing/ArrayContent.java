package io.aifs.crypto.testing;

import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import io.aifs.crypto.ProofCache;
import io.aifs.crypto.ProvenContent;
import io.aifs.crypto.RangeProof;
import io.aifs.crypto.RangeProver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Content in memory of which ranges are to be proven. */
public final class ArrayContent implements ProvenContent {
  private final byte[] content;
  private final Digest id;
  private final byte[] values;

  /** The array is kept. */
  public ArrayContent(byte[] content) {
    Hasher hasher = new Hasher();
    hasher.update(content, 0, content.length);
    this.content = content;
    this.id = hasher.finish();
    this.values = hasher.groupChainingValues();
  }

  /** The proof of one range. */
  public static RangeProof prove(byte[] content, long offset, long length) {
    try {
      return new RangeProver(new ArrayContent(content), new ProofCache(0)).prove(offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Digest id() {
    return id;
  }

  @Override
  public long size() {
    return content.length;
  }

  @Override
  public byte[] groupValues(long firstGroup, int count) {
    int from = (int) firstGroup * Digest.BYTES;
    return Arrays.copyOfRange(values, from, from + count * Digest.BYTES);
  }

  @Override
  public byte[] bytes(long offset, int length) {
    return Arrays.copyOfRange(content, (int) offset, (int) offset + length);
  }
}
