package io.aifs.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.file.PowerCutException;
import io.aifs.server.file.RecordingDisk;
import io.aifs.server.file.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Power is cut at any step, again and again: what was settled is there, and nothing is amiss. */
class AuditCrashTest {
  private static final int CASES = 150;
  private static final int CRASHES = 4;
  private static final long SEGMENT_BYTES = 3_000;

  @Test
  void whatWasSettledSurvivesAndTornLinesAreCut() {
    SeededTest.run(CASES, AuditCrashTest::crashes);
  }

  private static void crashes(SplittableRandom random) throws IOException {
    LogRig rig = new LogRig();
    Timeline timeline = new Timeline(false);
    RecordingDisk disk = new RecordingDisk(timeline, new Random(random.nextLong()));
    for (int crash = 0; crash < CRASHES; crash++) {
      timeline.cutIn(1 + random.nextInt(80));
      work(rig, disk, timeline, random);
      disk = disk.survivor();
      timeline.powerOn();
      check(rig, disk);
    }
  }

  /** Until the power goes off. */
  private static void work(
      LogRig rig, RecordingDisk disk, Timeline timeline, SplittableRandom random) {
    try {
      AuditLog log = rig.open(disk, SEGMENT_BYTES);
      while (timeline.hasPower()) {
        if (random.nextInt(4) == 0) {
          log.settle();
        } else {
          log.append(rig.record("a/Put", Map.of("path", "x".repeat(random.nextInt(900)))));
        }
      }
    } catch (UncheckedIOException e) {
      assertThat(e).hasCauseInstanceOf(PowerCutException.class);
    }
  }

  private static void check(LogRig rig, RecordingDisk disk) throws IOException {
    AuditHead kept = rig.heads.newest.map(SealedHead::head).orElse(AuditHead.NONE);
    AuditLog log = rig.open(disk, SEGMENT_BYTES);
    List<String> lines = LogRig.lines(log, 1);
    assertThat(LogRig.problems(log, kept)).isEmpty();
    assertThat(lines).hasSize((int) log.head().sequence());
    assertThat(log.head().sequence()).isGreaterThanOrEqualTo(kept.sequence());
    log.close();
    AuditLog again = rig.open(disk, SEGMENT_BYTES);
    assertThat(again.head()).isEqualTo(log.head());
    again.close();
  }
}
