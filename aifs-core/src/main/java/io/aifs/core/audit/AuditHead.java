package io.aifs.core.audit;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * A record of an audit log that stands for itself and all before it: noted elsewhere, it shows
 * later whether any of them was changed.
 *
 * @param storeId whose log it is; empty if that is not known
 * @param sequence the number of the record, from 1; 0 before the first
 * @param digest of the record; zeros before the first
 */
public record AuditHead(String storeId, long sequence, Digest digest) {
  /** Of a log without records. */
  public static final AuditHead BEFORE_FIRST =
      new AuditHead("", 0, Digest.fromBytes(new byte[Digest.BYTES]));

  public AuditHead {
    requireNonNull(storeId, "storeId is null");
    requireNonNull(digest, "digest is null");
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence is negative: " + sequence);
    }
  }

  /**
   * Reads {@code SEQUENCE:DIGEST}.
   *
   * @throws IllegalArgumentException if it is not that
   */
  public static AuditHead parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("it is no SEQUENCE:DIGEST");
    }
    return new AuditHead(
        "", Long.parseLong(text.substring(0, colon)), Digest.parse(text.substring(colon + 1)));
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return sequence + ":" + digest;
  }
}
