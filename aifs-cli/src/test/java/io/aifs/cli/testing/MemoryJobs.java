package io.aifs.cli.testing;

import io.aifs.client.Jobs;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One job, {@code scrub}, that fares as the store says. */
record MemoryJobs(MemoryStore store) implements Jobs {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Override
  public List<JobInfo> list() {
    return List.of(job(store.jobError.isEmpty() ? State.WAITING : State.RETRYING));
  }

  @Override
  public JobInfo run(String name) {
    requireKnown(name);
    return job(State.RUNNING);
  }

  @Override
  public JobInfo cancel(String name) {
    requireKnown(name);
    return job(State.RUNNING);
  }

  private static void requireKnown(String name) {
    if (!name.equals("scrub")) {
      throw new AifsException.NotFound(
          Reason.JOB_NOT_FOUND, "there is no job '" + name + "'", "the jobs are scrub");
    }
  }

  private JobInfo job(State state) {
    boolean failing = !store.jobError.isEmpty();
    return new JobInfo(
        "scrub",
        state,
        Duration.ofMinutes(10),
        Optional.of(NOON),
        Optional.of(NOON),
        Duration.ofMillis(5),
        "read 2 assets",
        failing ? Optional.of(NOON.plusSeconds(60)) : Optional.empty(),
        store.jobError,
        failing ? 2 : 0,
        Optional.of(NOON.plusSeconds(600)));
  }
}
