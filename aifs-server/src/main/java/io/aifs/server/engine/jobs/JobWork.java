package io.aifs.server.engine.jobs;

import java.io.IOException;

/** One turn of a job. Never called twice at once. */
@FunctionalInterface
public interface JobWork {
  /**
   * Does a turn, and says in a sentence what it did. Whatever it throws is a failure of the turn,
   * which is tried again, except what {@link Cancellation#check} throws.
   *
   * @param cancellation to be looked at often: who ends the server waits for this to return
   */
  String run(Cancellation cancellation) throws IOException;
}
