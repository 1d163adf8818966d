package io.aifs.server.engine;

import io.aifs.server.engine.jobs.Cancellation;
import io.aifs.server.engine.jobs.JobWork;
import java.io.IOException;
import java.time.Duration;

/** Collects what nothing needs, now and then. */
public final class CollectionJob implements JobWork {
  private final CollectionService collections;
  private final Duration grace;

  /**
   * @param grace how long what a turn condemns can be brought back
   */
  public CollectionJob(CollectionService collections, Duration grace) {
    this.collections = collections;
    this.grace = grace;
  }

  /** Waits for no upload: what one may hold is left for the next turn. */
  @Override
  public String run(Cancellation cancellation) throws IOException {
    CollectionReport report =
        collections.run(
            grace,
            Duration.ZERO,
            CollectionListener.until(cancellation::requested, CollectionListener.NONE));
    return "condemned %d records, freed %d bytes, %d bytes wait to be deleted"
        .formatted(report.condemnedRecords(), report.freedBytes(), report.pendingBytes());
  }
}
