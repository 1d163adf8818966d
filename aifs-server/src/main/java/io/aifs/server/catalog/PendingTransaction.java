package io.aifs.server.catalog;

/**
 * A committed transaction on its way to the journal.
 *
 * @param sequence its place in the order of commits, from 1 on without a gap
 * @param payload its operations, as {@code docs/format/journal.md} says
 */
@SuppressWarnings("ArrayRecordComponent") // a blob column; never compared
public record PendingTransaction(long sequence, byte[] payload) {}
