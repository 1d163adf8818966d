package io.aifs.server.pack;

import io.aifs.server.model.PackId;

/**
 * What one pack holds. Bytes are those of whole records, each rounded up to 128.
 *
 * @param unmarkedBytes of visible copies without a mark
 * @param hiddenBytes of condemned copies
 */
public record PackTally(
    PackId pack,
    long records,
    long bytes,
    long unmarkedRecords,
    long unmarkedBytes,
    long hiddenRecords,
    long hiddenBytes) {}
