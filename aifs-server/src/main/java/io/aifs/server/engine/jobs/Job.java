package io.aifs.server.engine.jobs;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * Work that comes round.
 *
 * @param name what people call it: lower case letters
 * @param interval from the end of a good turn to the next; also the longest pause after failures
 */
public record Job(String name, Duration interval, JobWork work) {
  public Job {
    requireNonNull(work, "work is null");
    if (!name.matches("[a-z]{1,32}")) {
      throw new IllegalArgumentException("name is not 1 to 32 lower case letters: " + name);
    }
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException("interval is shorter than 1 ms: " + interval);
    }
  }
}
