package io.aifs.server.engine.journal;

import io.aifs.server.engine.jobs.Cancellation;
import io.aifs.server.engine.jobs.JobWork;
import java.io.IOException;
import java.time.Duration;

/** Tries a journal that failed again, and folds one that has grown into a checkpoint. */
public final class JournalJob implements JobWork {
  /** How often. */
  public static final Duration TURN = Duration.ofMinutes(1);

  private final JournalService journal;

  public JournalJob(JournalService journal) {
    this.journal = journal;
  }

  @Override
  public String run(Cancellation cancellation) throws IOException {
    journal.retry();
    cancellation.check();
    boolean folded = journal.checkpointIfDue();
    return "holds all up to transaction %d%s"
        .formatted(journal.state().journaled(), folded ? ", and a new checkpoint" : "");
  }
}
