package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * The record of the audit log that stands for it and all before.
 *
 * @param sequence its number; 0 before the first
 * @param digest of the record
 * @param mac over both, which only the holder of the root key can make
 */
public record AuditHeadRow(long sequence, Digest digest, Digest mac) {
  public AuditHeadRow {
    requireNonNull(digest, "digest is null");
    requireNonNull(mac, "mac is null");
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence is negative: " + sequence);
    }
  }
}
