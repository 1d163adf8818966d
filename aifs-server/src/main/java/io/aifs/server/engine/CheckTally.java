package io.aifs.server.engine;

/**
 * How far a check is, or what it went through.
 *
 * @param checked assets, or records in a check of the whole store
 */
public record CheckTally(long checked, long checkedBytes, long damaged, long warnings) {}
