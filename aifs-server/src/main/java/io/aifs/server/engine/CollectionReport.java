package io.aifs.server.engine;

/**
 * What a collection has done, or would do. Bytes of records are rounded up to 128 each.
 *
 * @param assets whose chunks were marked
 * @param records of the packs that were looked at
 * @param condemnedRecords that nothing needs, hidden in this run
 * @param rescuedRecords that something needs again
 * @param packsDropped with nothing to keep
 * @param packsRewritten to leave dead records behind
 * @param packsDamaged that could not be rewritten because they do not read back
 * @param freedBytes of files that were deleted, less those that were written for it
 * @param orphans pack files that nothing names
 * @param orphanBytes of these
 * @param pendingBytes condemned and not deleted yet
 * @param openUploads that keep condemned records from being deleted
 */
public record CollectionReport(
    long assets,
    long records,
    long recordBytes,
    long condemnedRecords,
    long condemnedBytes,
    long rescuedRecords,
    long packsDropped,
    long packsRewritten,
    long packsDamaged,
    long freedBytes,
    long orphans,
    long orphanBytes,
    long pendingBytes,
    long openUploads) {}
