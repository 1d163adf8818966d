package io.aifs.server.audit;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * A record that stands for itself and all before it.
 *
 * @param sequence its number; 0 before the first
 * @param digest of the record; zeros before the first
 */
public record AuditHead(long sequence, Digest digest) {
  /** Before the first record. */
  public static final AuditHead NONE = new AuditHead(0, Digest.fromBytes(new byte[Digest.BYTES]));

  public AuditHead {
    requireNonNull(digest, "digest is null");
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence is negative: " + sequence);
    }
  }
}
