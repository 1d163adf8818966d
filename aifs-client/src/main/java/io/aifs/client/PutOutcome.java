package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;

/**
 * What a put did.
 *
 * @param storedBytes bytes added to the packs; 0 when everything was there
 * @param version the catalog's version that shows it
 * @param payloadProblem why the content is not what its kind demands; empty if it is, or the server
 *     did not look
 */
public record PutOutcome(
    Digest id,
    long size,
    long storedBytes,
    long chunks,
    long newChunks,
    long version,
    String payloadProblem) {
  public PutOutcome {
    requireNonNull(payloadProblem, "payloadProblem is null");
  }

  /** One of content with which nothing is wrong. */
  public PutOutcome(
      Digest id, long size, long storedBytes, long chunks, long newChunks, long version) {
    this(id, size, storedBytes, chunks, newChunks, version, "");
  }

  /** About how many bytes of the content were new: the share that new chunks are of all. */
  public long newBytes() {
    return chunks == 0 ? 0 : Math.round((double) size * newChunks / chunks);
  }
}
