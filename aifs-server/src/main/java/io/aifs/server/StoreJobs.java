package io.aifs.server;

import io.aifs.crypto.RandomBytes;
import io.aifs.server.engine.DiskWatch;
import io.aifs.server.engine.Scrub;
import io.aifs.server.engine.jobs.Job;
import io.aifs.server.engine.jobs.Jobs;
import io.aifs.server.engine.jobs.ThreadJobTimer;
import io.aifs.server.engine.journal.JournalJob;
import io.aifs.server.engine.transaction.ExpiryJob;
import java.time.Clock;
import java.util.List;

/** The jobs of a store, by name. */
final class StoreJobs {
  private static final double BYTE_VALUES = 256;

  static Jobs of(
      Scrub scrub,
      DiskWatch disk,
      Job collection,
      JournalJob journal,
      ExpiryJob transactions,
      Clock clock,
      RandomBytes random) {
    return new Jobs(
        List.of(
            new Job("scrub", Scrub.TURN, scrub),
            new Job("disk", DiskWatch.TURN, disk),
            collection,
            new Job("journal", JournalJob.TURN, journal),
            new Job("transactions", ExpiryJob.TURN, transactions)),
        new ThreadJobTimer(),
        clock,
        () -> Byte.toUnsignedInt(random.next(1)[0]) / BYTE_VALUES);
  }

  private StoreJobs() {}
}
