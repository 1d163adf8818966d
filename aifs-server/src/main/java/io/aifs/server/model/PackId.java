package io.aifs.server.model;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** The 128-bit random id of a pack, as 32 lower-case hex digits. */
public record PackId(String hex) implements Comparable<PackId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public PackId {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("pack id is not 32 lower-case hex digits: " + hex);
    }
  }

  public static PackId fromBytes(byte[] bytes) {
    return new PackId(HexFormat.of().formatHex(bytes));
  }

  public byte[] toBytes() {
    return HexFormat.of().parseHex(hex);
  }

  @Override
  public int compareTo(PackId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
