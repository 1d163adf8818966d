package io.aifs.server.pack;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;

/**
 * One sealed record as it stands in a pack.
 *
 * @param id the stored (keyed) id
 * @param epoch of the domain key that wraps the record's data key
 * @param plainBytes length of the content before compression
 * @param payload wrapped data key, ciphertext, tag; owned by the record, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // one copy less for every chunk; never compared
public record PackRecord(
    RecordType type, Digest id, int codec, int epoch, int plainBytes, byte[] payload) {
  public PackRecord {
    requireNonNull(type, "type is null");
    requireNonNull(id, "id is null");
    requireNonNull(payload, "payload is null");
  }
}
