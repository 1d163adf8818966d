package io.aifs.server.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.CatalogWorkload;
import io.aifs.server.catalog.DumpText;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.file.LocalDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The journal's disk fails under a running catalog, or a crash comes before the journal. */
class JournalFaultTest {
  @TempDir Path dir;
  private final long seed = SeededTest.seed();
  private final Random random = new Random(seed);
  private final CatalogWorkload workload = new CatalogWorkload(random);
  private FailingDisk disk;
  private JournalRig rig;

  @BeforeEach
  void makeRig() throws IOException {
    disk = new FailingDisk(new LocalDisk(dir));
    rig = new JournalRig(disk, dir.resolve("catalog.db"), random);
  }

  private void steps(JournalRig.Running running, int count) {
    for (int i = 0; i < count; i++) {
      workload.step(running.catalog());
    }
  }

  private static List<String> rows(SqliteCatalog catalog) {
    return DumpText.of(catalog, line -> !line.contains("|" + JournalDomain.ID + "|"));
  }

  private void assertRebuilds(List<String> wanted) throws IOException {
    JournalRig.Rebuilt rebuilt = rig.rebuild(dir.resolve("rebuilt-" + random.nextInt() + ".db"));
    try (SqliteCatalog catalog = rebuilt.catalog()) {
      assertThat(rebuilt.report().complete()).as("seed %s", seed).isTrue();
      assertThat(rows(catalog)).as("seed %s", seed).isEqualTo(wanted);
      assertThat(catalog.check()).isEmpty();
    }
  }

  @RepeatedTest(5)
  void failedSyncsLoseNothingAndTheJournalCatchesUp() throws IOException {
    JournalRig.Running running = rig.open();
    steps(running, 10);
    disk.fail(true);
    steps(running, 10);
    assertThat(running.journal().state().upToDate()).isFalse();
    assertThat(running.journal().state().failure()).isPresent();
    assertThatThrownBy(running.journal()::retry).isInstanceOf(IOException.class);
    disk.fail(false);
    running.journal().retry();
    assertThat(running.journal().state().upToDate()).isTrue();
    steps(running, 5);
    List<String> wanted = rows(running.file());
    running.crash();
    assertRebuilds(wanted);
  }

  @RepeatedTest(5)
  void whatACrashKeptFromTheJournalIsThereAfterTheNextStart() throws IOException {
    JournalRig.Running running = rig.open();
    steps(running, 10);
    long journaled = running.journal().state().journaled();
    disk.fail(true);
    steps(running, 3);
    long newest = running.journal().state().newest();
    List<String> committed = rows(running.file());
    running.crash();
    disk.fail(false);
    JournalRig.Rebuilt early = rig.rebuild(dir.resolve("early.db"));
    try (SqliteCatalog catalog = early.catalog()) {
      // What was appended but not synced may have reached the disk: it was committed, so it counts.
      assertThat(early.report().newest()).as("seed %s", seed).isBetween(journaled, newest);
      assertThat(early.report().complete()).as("seed %s", seed).isTrue();
      assertThat(catalog.check()).isEmpty();
    }

    JournalRig.Running next = rig.open();
    assertThat(next.journal().state().upToDate()).isTrue();
    next.crash();
    assertRebuilds(committed);
  }

  @RepeatedTest(3)
  void aStoreThatEndsWhileTheDiskFailsLosesNothing() throws IOException {
    JournalRig.Running running = rig.open();
    steps(running, 5);
    disk.fail(true);
    steps(running, 5);
    List<String> committed = rows(running.file());
    running.close();
    disk.fail(false);
    rig.open().close();
    assertRebuilds(committed);
  }

  @RepeatedTest(3)
  void aCheckpointThatFailsLeavesTheOlderOneAndAllThatFollows() throws IOException {
    JournalRig.Running running = rig.open();
    steps(running, 20);
    disk.fail(true);
    assertThatThrownBy(running.journal()::checkpoint).isInstanceOf(IOException.class);
    disk.fail(false);
    running.journal().retry();
    steps(running, 80);
    List<String> wanted = rows(running.file());
    running.crash();
    assertRebuilds(wanted);
  }
}
