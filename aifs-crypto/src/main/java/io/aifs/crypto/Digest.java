package io.aifs.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.Blake3Digest;

/** A BLAKE3-256 digest. Immutable; ordered by unsigned bytes. */
public final class Digest implements Comparable<Digest> {
  public static final int BYTES = 32;
  private final byte[] bytes;

  private Digest(byte[] bytes) {
    this.bytes = bytes;
  }

  public static Digest of(byte[] data) {
    return of(data, 0, data.length);
  }

  public static Digest of(byte[] data, int offset, int length) {
    Blake3Digest digest = new Blake3Digest(256);
    digest.update(data, offset, length);
    byte[] out = new byte[BYTES];
    digest.doFinal(out, 0);
    return new Digest(out);
  }

  public static Digest parse(String hex) {
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("digest is not 64 lower-case hex digits");
    }
    return new Digest(HexFormat.of().parseHex(hex));
  }

  public static Digest fromBytes(byte[] bytes) {
    return fromBytes(bytes, 0);
  }

  public static Digest fromBytes(byte[] bytes, int offset) {
    return new Digest(Arrays.copyOfRange(bytes, offset, offset + BYTES));
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  public void writeTo(byte[] out, int offset) {
    System.arraycopy(bytes, 0, out, offset, BYTES);
  }

  @Override
  public int compareTo(Digest other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return hex();
  }
}
