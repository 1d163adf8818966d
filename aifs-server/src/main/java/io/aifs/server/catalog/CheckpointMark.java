package io.aifs.server.catalog;

/**
 * The newest checkpoint in the journal that the ledger vouches for.
 *
 * @param sequence of the newest transaction that it holds
 * @param storedBytes how much it takes in packs
 */
public record CheckpointMark(long sequence, long storedBytes) {}
