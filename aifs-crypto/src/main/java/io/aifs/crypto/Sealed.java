package io.aifs.crypto;

/**
 * A sealed record's bytes and the epoch of the domain key that opens them. {@code payload} is the
 * wrapped data key, the ciphertext and the tag; it belongs to the record and is not copied.
 */
@SuppressWarnings("ArrayRecordComponent") // one copy less for every chunk; never compared
public record Sealed(int epoch, byte[] payload) {}
