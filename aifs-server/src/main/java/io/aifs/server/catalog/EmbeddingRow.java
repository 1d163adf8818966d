package io.aifs.server.catalog;

import io.aifs.crypto.Digest;

/**
 * An embedding as it was sent with an asset: kept sealed as a chunk, named here.
 *
 * @param space the embedding space; the old call's spaces are named by their dimension
 * @param content digest of the chunk that holds the little-endian float32 values
 */
public record EmbeddingRow(Digest asset, String space, int dimension, Digest content) {}
