package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.Jobs.JobInfo;
import io.aifs.client.Jobs.State;
import io.aifs.crypto.Digest;
import io.aifs.server.JobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job {@code scrub} of a served store, asked for over the wire. */
class ScrubJobTest {
  private static final int ASSETS = 8;

  @TempDir Path directory;

  private FaultyStore store;

  @BeforeEach
  void fill() throws IOException {
    store = FaultyStore.create(directory, new SplittableRandom(1));
    for (int i = 0; i < ASSETS; i++) {
      store.put();
    }
  }

  @AfterEach
  void requireWhole() throws IOException {
    store.disk().heal();
    store.requireWhole();
    store.close();
  }

  /** A turn reads the share of ten minutes in {@code round}. */
  private void reopen(Duration round) throws IOException {
    Map<Digest, byte[]> acknowledged = store.acknowledged();
    store.close();
    store =
        FaultyStore.open(
            directory,
            new SplittableRandom(2),
            new JobSettings(round, Duration.ofDays(1), Duration.ofDays(1)));
    store.acknowledged().putAll(acknowledged);
    store.engine().jobs().start();
  }

  private JobInfo scrub() {
    return store.client().jobs().list().stream()
        .filter(job -> job.name().equals("scrub"))
        .findFirst()
        .orElseThrow();
  }

  private JobInfo turn() {
    JobInfo job = store.client().jobs().run("scrub");
    while (job.state() == State.RUNNING) {
      Thread.onSpinWait();
      job = scrub();
    }
    return job;
  }

  @Test
  void aTurnReadsItsShareAndARoundReadsAll() throws IOException {
    reopen(Duration.ofMinutes(40));
    int turns = 0;
    JobInfo job;
    do {
      job = turn();
      turns++;
      assertThat(job.failures()).as(job.lastError()).isZero();
      assertThat(job.lastSuccess()).isPresent();
    } while (!job.lastResult().contains("the round is complete"));
    assertThat(turns).isBetween(2, 5);
  }

  @Test
  void theRoundGoesOnAfterARestart() throws IOException {
    reopen(Duration.ofDays(300));
    assertThat(turn().lastResult()).startsWith("read 1 assets");
    Path file = directory.resolve("data/scrub.position");
    String first = Files.readString(file);
    reopen(Duration.ofDays(300));
    turn();
    assertThat(Files.readString(file)).isNotEqualTo(first).startsWith("scrub 1\ndefault\n");
    Files.writeString(file, "nonsense");
    reopen(Duration.ofDays(300));
    turn();
    assertThat(Files.readString(file)).as("a new round").isEqualTo(first);
  }

  @Test
  void damageIsTheJobsErrorUntilItIsGone() throws IOException {
    reopen(Duration.ofMinutes(10));
    store.get(store.acknowledged().keySet().iterator().next()); // packs are known from here on
    store.disk().flipReads();
    JobInfo job = turn();
    assertThat(job.failures()).isPositive();
    assertThat(job.lastError())
        .contains(ASSETS + " assets are damaged, among them ")
        .contains("aifs fsck --read-data");
    assertThat(store.client().maintenance().status().failingJobs()).contains("scrub");
    store.disk().heal();
    job = turn();
    assertThat(job.failures()).isZero();
    assertThat(job.lastError()).as("remembered").contains("damaged");
    assertThat(store.client().maintenance().status().failingJobs()).doesNotContain("scrub");
  }

  @Test
  void theDiskIsWatched() {
    JobInfo disk =
        store.client().jobs().list().stream()
            .filter(job -> job.name().equals("disk"))
            .findFirst()
            .orElseThrow();
    assertThat(disk.state()).isEqualTo(State.STOPPED);
    assertThat(store.client().maintenance().status().diskTotalBytes()).isPositive();
  }
}
