package io.aifs.server.pack;

import static java.util.Objects.requireNonNull;

import io.aifs.core.chunk.Codec;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * One sealed record as it stands in a pack.
 *
 * @param id the stored (keyed) id
 * @param epoch of the domain key that wraps the record's data key
 * @param plainBytes length of the content before compression
 * @param base stored id of the record whose content it takes to read this one; null if its codec
 *     needs none
 * @param payload wrapped data key, ciphertext, tag; owned by the record, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // one copy less for every chunk; never compared
public record PackRecord(
    RecordType type,
    Digest id,
    int codec,
    @Nullable Digest base,
    int epoch,
    int plainBytes,
    byte[] payload) {
  public PackRecord {
    requireNonNull(type, "type is null");
    requireNonNull(id, "id is null");
    requireNonNull(payload, "payload is null");
    if ((base != null) != Codec.needsBase(codec)) {
      throw new IllegalArgumentException("codec " + codec + " does not fit base " + base);
    }
  }

  /** A record that needs no base. */
  public PackRecord(
      RecordType type, Digest id, int codec, int epoch, int plainBytes, byte[] payload) {
    this(type, id, codec, null, epoch, plainBytes, payload);
  }
}
