package io.aifs.server.engine;

/** Counts while a collection runs. Not thread-safe. */
final class CollectionTally {
  long assets;
  long records;
  long recordBytes;
  long condemnedRecords;
  long condemnedBytes;
  long rescuedRecords;
  long packsDropped;
  long packsRewritten;
  long packsDamaged;
  long freedBytes;
  long orphans;
  long orphanBytes;
  long pendingBytes;
  long openUploads;

  private final CollectionListener listener;

  CollectionTally(CollectionListener listener) {
    this.listener = listener;
  }

  void reached(CollectionStep step) {
    listener.reached(step, report());
  }

  CollectionReport report() {
    return new CollectionReport(
        assets,
        records,
        recordBytes,
        condemnedRecords,
        condemnedBytes,
        rescuedRecords,
        packsDropped,
        packsRewritten,
        packsDamaged,
        freedBytes,
        orphans,
        orphanBytes,
        pendingBytes,
        openUploads);
  }
}
