package io.aifs.server.model;

/**
 * What a put of chunks did.
 *
 * @param storedBytes bytes added to packs, sealing and record headers left out
 */
public record PutTally(long chunks, long newChunks, long storedBytes) {
  public static final PutTally NONE = new PutTally(0, 0, 0);

  public PutTally plus(PutTally other) {
    return new PutTally(
        chunks + other.chunks, newChunks + other.newChunks, storedBytes + other.storedBytes);
  }
}
