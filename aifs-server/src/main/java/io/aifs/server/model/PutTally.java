package io.aifs.server.model;

/**
 * What a put of chunks did.
 *
 * @param storedBytes bytes added to packs, sealing and record headers left out
 */
public record PutTally(long chunks, long newChunks, long storedBytes) {
  public static final PutTally NONE = new PutTally(0, 0, 0);

  /**
   * What is told of the put of so many bytes of content to whoever may not know what was there: all
   * counts as new.
   */
  public PutTally told(long contentBytes) {
    return new PutTally(chunks, chunks, contentBytes);
  }

  public PutTally plus(PutTally other) {
    return new PutTally(
        chunks + other.chunks, newChunks + other.newChunks, storedBytes + other.storedBytes);
  }
}
