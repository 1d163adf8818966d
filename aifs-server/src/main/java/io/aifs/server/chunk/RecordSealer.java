package io.aifs.server.chunk;

import io.aifs.core.chunk.Compressed;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.SealContext;
import io.aifs.crypto.Sealed;
import io.aifs.server.pack.PackRecord;
import org.jspecify.annotations.Nullable;

/** Seals what is compressed as records of one domain: what {@link RecordOpener} opens. */
record RecordSealer(DomainKeys keys, ChunkCipher cipher) {
  /**
   * The record of some content.
   *
   * @param id what the record is stored under
   * @param plainBytes length of the content
   */
  PackRecord seal(RecordType type, Digest id, Compressed compressed, int plainBytes) {
    return seal(type, id, compressed, null, plainBytes);
  }

  /**
   * The record of some content that may be stored as a difference.
   *
   * @param base stored id of what it is a difference to; null if it is none
   */
  PackRecord seal(
      RecordType type, Digest id, Compressed compressed, @Nullable Digest base, int plainBytes) {
    int codec = compressed.codec().code();
    Sealed sealed =
        cipher.seal(
            keys,
            new SealContext(keys.domain(), type, id, plainBytes, codec),
            compressed.bytes(),
            compressed.offset(),
            compressed.length());
    return new PackRecord(type, id, codec, base, sealed.epoch(), plainBytes, sealed.payload());
  }
}
