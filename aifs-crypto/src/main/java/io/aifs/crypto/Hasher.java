package io.aifs.crypto;

import org.bouncycastle.crypto.digests.Blake3Digest;

/** Incremental BLAKE3-256. Not thread-safe. */
public final class Hasher {
  public static final int GROUP_BYTES = 65_536;
  private final Blake3Digest digest = new Blake3Digest(256);
  private long length;

  public Hasher update(byte[] data, int offset, int count) {
    digest.update(data, offset, count);
    length += count;
    return this;
  }

  public long length() {
    return length;
  }

  public Digest finish() {
    byte[] out = new byte[Digest.BYTES];
    digest.doFinal(out, 0);
    return Digest.fromBytes(out);
  }

  public byte[] groupChainingValues() {
    return new byte[0];
  }
}
