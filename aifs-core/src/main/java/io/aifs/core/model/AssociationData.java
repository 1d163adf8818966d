package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What an association carries: any bytes, at most {@link Limits#ASSOCIATION_DATA_BYTES_MAX}. */
@SuppressWarnings("ArrayRecordComponent") // equal by content: see below
public record AssociationData(byte[] bytes) {
  public static final AssociationData EMPTY = new AssociationData(new byte[0]);

  /**
   * @param bytes not changed afterwards by whoever made them
   */
  public AssociationData {
    requireNonNull(bytes, "bytes is null");
    if (bytes.length > Limits.ASSOCIATION_DATA_BYTES_MAX) {
      throw new IllegalArgumentException(
          "data of an association is over " + Limits.ASSOCIATION_DATA_BYTES_MAX + " bytes");
    }
  }

  public static AssociationData of(String text) {
    return new AssociationData(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes as UTF-8; what is none is replaced. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AssociationData that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
