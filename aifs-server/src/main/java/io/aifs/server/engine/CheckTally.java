package io.aifs.server.engine;

/**
 * How far a check is, or what it went through.
 *
 * @param checked assets looked at
 * @param checkedBytes their content; in a sample, what of it was read
 * @param damaged findings of damage, fixed or not
 * @param warnings other findings to act on that were not fixed
 * @param repaired findings that were fixed
 * @param records records of packs looked at
 * @param recordBytes their payloads
 */
public record CheckTally(
    long checked,
    long checkedBytes,
    long damaged,
    long warnings,
    long repaired,
    long records,
    long recordBytes) {}
