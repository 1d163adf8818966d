package io.aifs.client;

import io.aifs.crypto.Digest;

/**
 * What a put of some content would have to move, from a comparison that changed nothing.
 *
 * @param missingChunks how many of the chunks the store does not hold
 * @param missingBytes content bytes of these, not compressed
 */
public record PutEstimate(
    Digest id, long size, long chunks, long missingChunks, long missingBytes) {}
