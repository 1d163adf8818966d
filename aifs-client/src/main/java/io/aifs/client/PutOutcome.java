package io.aifs.client;

import io.aifs.crypto.Digest;

/**
 * What a put did.
 *
 * @param storedBytes bytes added to the packs; 0 when everything was there
 * @param version the catalog's version that shows it
 */
public record PutOutcome(
    Digest id, long size, long storedBytes, long chunks, long newChunks, long version) {
  /** About how many bytes of the content were new: the share that new chunks are of all. */
  public long newBytes() {
    return chunks == 0 ? 0 : Math.round((double) size * newChunks / chunks);
  }
}
