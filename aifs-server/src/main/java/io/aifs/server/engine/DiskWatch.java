package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.engine.jobs.Cancellation;
import io.aifs.server.engine.jobs.JobWork;
import java.io.IOException;
import java.time.Duration;

/** Looks at the free space now and then: too little is the job's error, before anything fails. */
public final class DiskWatch implements JobWork {
  /** How often. */
  public static final Duration TURN = Duration.ofMinutes(1);

  private final DiskSpace.Source source;
  private final Runnable restoreReserve;

  /**
   * @param restoreReserve puts back what was set aside for a full disk, if it is gone and fits
   */
  public DiskWatch(DiskSpace.Source source, Runnable restoreReserve) {
    this.source = source;
    this.restoreReserve = restoreReserve;
  }

  @Override
  public String run(Cancellation cancellation) throws IOException {
    restoreReserve.run();
    DiskSpace space = source.look();
    String sentence = space.freeBytes() + " of " + space.totalBytes() + " bytes are free";
    if (space.low()) {
      throw new AifsException.LimitExceeded(
          Reason.DISK_FULL,
          "the disk is nearly full: " + sentence,
          "free space on the file system of the data directory, or make it larger");
    }
    return sentence;
  }
}
