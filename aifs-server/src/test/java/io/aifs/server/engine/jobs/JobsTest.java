package io.aifs.server.engine.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.server.engine.jobs.JobStatus.State;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JobsTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualTimer time = new ManualTimer();
  private final AtomicInteger turns = new AtomicInteger();
  private Optional<RuntimeException> failure = Optional.empty();
  private final Jobs jobs = jobs(this::turn);

  private Jobs jobs(JobWork work) {
    return new Jobs(List.of(new Job("sweep", HOUR, work)), time, time, () -> 1.0);
  }

  private String turn(Cancellation cancellation) {
    turns.incrementAndGet();
    failure.ifPresent(
        e -> {
          throw e;
        });
    return "swept";
  }

  private JobStatus status() {
    return jobs.list().getFirst();
  }

  @Test
  void nothingRunsBeforeTheStart() {
    time.advance(HOUR.multipliedBy(2));
    assertThat(turns).hasValue(0);
    assertThat(status().state()).isEqualTo(State.STOPPED);
    assertThat(status().nextRun()).isEmpty();
    assertThatThrownBy(() -> jobs.run("sweep"))
        .isInstanceOfSatisfying(
            AifsException.Precondition.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.JOBS_STOPPED));
  }

  @Test
  void aJobComesRoundByItsInterval() {
    jobs.start();
    time.advance(Duration.ofMinutes(1));
    assertThat(turns).hasValue(1);
    time.advance(HOUR.minusSeconds(1));
    assertThat(turns).hasValue(1);
    time.advance(Duration.ofSeconds(1));
    assertThat(turns).hasValue(2);
    assertThat(status().state()).isEqualTo(State.WAITING);
    assertThat(status().lastResult()).isEqualTo("swept");
    assertThat(status().lastStart()).contains(time.instant());
    assertThat(status().lastSuccess()).contains(time.instant());
    assertThat(status().lastDuration()).contains(Duration.ZERO);
    assertThat(status().nextRun()).contains(time.instant().plus(HOUR));
    assertThat(status().failing()).isFalse();
  }

  @Test
  void aFailedTurnIsTriedAgainAfterPausesThatDoubleUpToTheInterval() {
    failure = Optional.of(new IllegalStateException("broken"));
    jobs.start();
    time.advance(Duration.ofMinutes(1));
    List<Duration> pauses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      Instant next = status().nextRun().orElseThrow();
      pauses.add(Duration.between(time.instant(), next));
      time.advance(Duration.between(time.instant(), next));
    }
    assertThat(pauses.subList(0, 4))
        .extracting(Duration::toSeconds)
        .containsExactly(5L, 10L, 20L, 40L);
    assertThat(pauses.getLast()).isEqualTo(HOUR);
    assertThat(status().failures()).isEqualTo(13);
    assertThat(status().state()).isEqualTo(State.RETRYING);
    assertThat(status().lastError()).contains("broken");
    assertThat(status().lastFailure()).contains(time.instant());
    assertThat(status().lastSuccess()).isEmpty();
  }

  @Test
  void aGoodTurnEndsTheRetriesAndTheErrorIsRemembered() {
    failure = Optional.of(new AifsException.Corrupt(Reason.ASSET_DAMAGED, "bad", "restore it"));
    jobs.start();
    time.advance(Duration.ofMinutes(1));
    failure = Optional.empty();
    time.advance(Duration.ofSeconds(5));
    assertThat(status().state()).isEqualTo(State.WAITING);
    assertThat(status().failures()).isZero();
    assertThat(status().lastError()).isEqualTo("bad; restore it");
    assertThat(status().nextRun()).contains(time.instant().plus(HOUR));
  }

  @Test
  void jitterKeepsToTheUpperHalf() {
    assertThat(new RetryPause(() -> 0.0).after(3, HOUR)).isEqualTo(Duration.ofSeconds(10));
    assertThat(new RetryPause(() -> 0.5).after(3, HOUR)).isEqualTo(Duration.ofSeconds(15));
    assertThat(new RetryPause(() -> 1.0).after(1_000, HOUR)).isEqualTo(HOUR);
  }

  @Test
  void aJobCanBeRunNow() {
    jobs.start();
    assertThat(jobs.run("sweep").state()).isEqualTo(State.RUNNING);
    assertThat(jobs.run("sweep").state()).isEqualTo(State.RUNNING);
    time.advance(Duration.ZERO);
    assertThat(turns).hasValue(1);
    time.advance(HOUR.minusSeconds(1));
    assertThat(turns).as("the first regular turn was replaced").hasValue(1);
    assertThatThrownBy(() -> jobs.run("none"))
        .isInstanceOfSatisfying(
            AifsException.NotFound.class,
            e -> assertThat(e.hint()).isEqualTo("the jobs are sweep"));
  }

  @Test
  void cancellingARetryPutsItOff() {
    failure = Optional.of(new IllegalStateException("broken"));
    jobs.start();
    time.advance(Duration.ofMinutes(1));
    assertThat(jobs.cancel("sweep").nextRun()).contains(time.instant().plus(HOUR));
  }

  @Test
  void twoJobsOfOneNameAreABug() {
    Job job = new Job("sweep", HOUR, _ -> "");
    assertThatThrownBy(() -> new Jobs(List.of(job, job), time, time, () -> 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Job("Sweep", HOUR, _ -> "")).hasMessageContaining("name");
    assertThatThrownBy(() -> new Job("s", Duration.ZERO, _ -> "")).hasMessageContaining("interval");
  }

  @Test
  void aRunningTurnIsNotJoinedByAnotherAndEndsWhenItIsCancelled() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger cancelled = new AtomicInteger();
    Job job = new Job("long", HOUR, cancellation -> waitFor(begun, go, cancellation, cancelled));
    try (Jobs real = new Jobs(List.of(job), new ThreadJobTimer(), Clock.systemUTC(), () -> 1.0)) {
      real.start();
      real.run("long");
      begun.await();
      real.run("long");
      assertThat(real.cancel("long").state()).isEqualTo(State.RUNNING);
      go.countDown();
    }
    assertThat(turns).as("turns that went beyond the wait").hasValue(0);
    assertThat(cancelled).hasValue(1);
  }

  @Test
  void closingWaitsForTheTurnThatRuns() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    Job job =
        new Job(
            "long",
            HOUR,
            cancellation -> {
              begun.countDown();
              while (!cancellation.requested()) {
                Thread.onSpinWait();
              }
              ended.incrementAndGet();
              return "";
            });
    Jobs real = new Jobs(List.of(job), new ThreadJobTimer(), Clock.systemUTC(), () -> 1.0);
    real.start();
    real.run("long");
    begun.await();
    real.close();
    assertThat(ended).hasValue(1);
    assertThat(real.list().getFirst().state()).isEqualTo(State.STOPPED);
  }

  private String waitFor(
      CountDownLatch begun, CountDownLatch go, Cancellation cancellation, AtomicInteger cancelled)
      throws IOException {
    begun.countDown();
    try {
      go.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (cancellation.requested()) {
      cancelled.incrementAndGet();
    }
    cancellation.check();
    turns.incrementAndGet();
    return "";
  }
}
