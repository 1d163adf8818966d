package io.aifs.crypto;

import java.util.Arrays;
import java.util.HexFormat;

/** The 128-bit random id of a domain: what shares deduplication and keys. Immutable. */
public final class DomainId implements Comparable<DomainId> {
  public static final int BYTES = 16;

  private final byte[] bytes;

  private DomainId(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * @throws IllegalArgumentException unless {@code bytes} holds exactly 16 bytes
   */
  public static DomainId fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("domain id is not 16 bytes: " + bytes.length);
    }
    return new DomainId(bytes.clone());
  }

  /**
   * @throws IllegalArgumentException unless {@code hex} is 32 lower-case hex digits
   */
  public static DomainId parse(String hex) {
    if (!hex.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("domain id is not 32 lower-case hex digits");
    }
    return new DomainId(HexFormat.of().parseHex(hex));
  }

  public byte[] toBytes() {
    return bytes.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public int compareTo(DomainId other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DomainId that && Arrays.equals(bytes, that.bytes);
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
