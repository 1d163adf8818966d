package io.aifs.server.catalog;

/**
 * A staged step.
 *
 * @param number its place in the transaction, from 1 on without a gap
 * @param body as the engine encodes it
 */
@SuppressWarnings("ArrayRecordComponent") // a blob column; never compared
public record StagedRow(long number, byte[] body) {}
