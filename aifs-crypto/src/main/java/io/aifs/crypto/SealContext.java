package io.aifs.crypto;

import static java.util.Objects.requireNonNull;

/**
 * What a record's seal authenticates besides its bytes: everything that decides how they are read,
 * and never where they are stored, so that records can be copied between packs byte for byte.
 *
 * @param storedId the record's id as stored: keyed, see {@link DomainKeys#storedId}
 * @param plainBytes length of the content before compression
 * @param codec how {@code data} relates to the content; the codes are {@code aifs-core}'s
 */
public record SealContext(
    DomainId domain, RecordType type, Digest storedId, int plainBytes, int codec) {
  public SealContext {
    requireNonNull(domain, "domain is null");
    requireNonNull(type, "type is null");
    requireNonNull(storedId, "storedId is null");
    if (plainBytes < 0) {
      throw new IllegalArgumentException("plainBytes is negative: " + plainBytes);
    }
    if (codec < 0 || codec > 255) {
      throw new IllegalArgumentException("codec is outside 0..255: " + codec);
    }
  }
}
