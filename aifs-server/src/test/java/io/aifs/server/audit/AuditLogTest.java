package io.aifs.server.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.server.file.FaultyDisk;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** The audit log by itself: its lines, its files, and what it does when a disk fails. */
class AuditLogTest {
  private final LogRig rig = new LogRig();
  private final MemoryDisk memory = new MemoryDisk();
  private final FaultyDisk disk = new FaultyDisk(memory);

  @Test
  void recordIsALineOfJsonWithTheDigestOfTheOneBefore() {
    AuditLog log = rig.open(disk);
    log.append(
        rig.record("aifs.v1.Tree/MovePath", Map.of("to_path", "a \"b\"\n\\ü\ud83d", "n", 3L)));

    List<String> lines = LogRig.lines(log, 1);
    String begin = lines.getFirst();
    assertThat(begin).startsWith("{\"seq\":1,\"at\":\"2026-11-26T12:00:00Z\"").contains("Begin");
    String line = lines.getLast();
    assertThat(line)
        .startsWith("{\"seq\":2,\"at\":\"2026-11-26T12:00:00Z\",\"store\":\"" + LogRig.STORE + "\"")
        .contains("\"method\":\"aifs.v1.Tree/MovePath\"", "\"outcome\":\"OK\"", "\"count\":1,")
        .contains("\"to_path\":\"a \\\"b\\\"\\u000a\\\\ü\\ud83d\"", "\"n\":3")
        .contains("\"prev\":\"" + begin.substring(begin.length() - 66, begin.length() - 2) + "\"");
    String body = line.substring(0, line.lastIndexOf(",\"digest\""));
    assertThat(line)
        .isEqualTo(body + ",\"digest\":\"" + Digest.of(body.getBytes(UTF_8)).hex() + "\"}");
    assertThat(log.head()).isEqualTo(new AuditHead(2, Digest.of(body.getBytes(UTF_8))));
  }

  @Test
  void chainGoesOnThroughSegmentsAndRestarts() throws IOException {
    AuditLog first = rig.open(disk);
    rig.fill(first, 200);
    first.close();
    AuditLog second = rig.open(disk);
    rig.fill(second, 200);

    assertThat(second.head().sequence()).isEqualTo(401);
    assertThat(LogRig.problems(second)).isEmpty();
    assertThat(LogRig.lines(second, 1)).hasSize(401);
    assertThat(LogRig.lines(second, 399)).hasSize(3);
    assertThat(Segment.list(disk)).hasSizeGreaterThan(3).startsWith(new Segment(1));
  }

  @Test
  void headIsKeptWhenThereIsNewsAndOnlyThen() throws IOException {
    AuditLog log = rig.open(disk);
    int before = rig.heads.writes;
    log.settle();
    rig.fill(log, 10);
    log.settle();
    log.settle();
    log.close();

    assertThat(rig.heads.writes).isEqualTo(before + 1);
    assertThat(rig.heads.newest.orElseThrow().head()).isEqualTo(log.head());
    assertThat(rig.seal.holds(rig.heads.newest.orElseThrow())).isTrue();
    rig.open(disk).close();
    assertThat(rig.heads.writes)
        .as("a start that changes nothing writes nothing")
        .isEqualTo(before + 1);
  }

  @Test
  void refusalsOfASecondMakeOneRecordForEachTokenReasonAndMethod() {
    AuditLog log = rig.open(disk);
    for (int i = 0; i < 1_000; i++) {
      log.refused(rig.record(i % 4 == 0 ? "a/Read" : "a/Put", "PERMISSION_DENIED", Map.of()));
    }
    assertThat(log.read(2)).isNotNull();
    rig.time.pass(1_000);
    log.refused(rig.record("a/Put", "PERMISSION_DENIED", Map.of()));

    assertThat(log.head().sequence()).isEqualTo(4);
    List<String> lines = LogRig.lines(log, 2);
    assertThat(lines.get(0)).contains("\"a/Read\"", "\"count\":250,");
    assertThat(lines.get(1)).contains("\"a/Put\"", "\"count\":750,");
    assertThat(lines.get(2)).contains("\"a/Put\"", "\"count\":1,");
  }

  @Test
  void refusalsOfTooManyKindsAreCountedTogether() throws IOException {
    AuditLog log = rig.open(disk, AuditLog.SEGMENT_BYTES);
    for (int i = 0; i < Refusals.KEYS_MAX + 500; i++) {
      log.refused(rig.record("a/M" + i, "UNAUTHENTICATED", Map.of()));
    }
    log.close();

    assertThat(log.head().sequence()).isEqualTo(1 + Refusals.KEYS_MAX + 1);
    assertThat(LogRig.lines(log, 1).getLast()).contains(Refusals.OTHERS, "\"count\":500,");
  }

  @Test
  void fullDiskRefusesChangesAndLosesNoRecord() {
    AuditLog log = rig.open(disk);
    disk.freeBytes(300);
    rig.fill(log, 3);

    assertThat(log.isWritable()).isFalse();
    assertThat(log.head().sequence()).isEqualTo(1);
    assertThatThrownBy(() -> log.requireWritable(false))
        .isInstanceOf(AifsException.LimitExceeded.class);
    log.refused(rig.record("a/Put", "RESOURCE_EXHAUSTED", Map.of()));
    rig.time.pass(5_000);
    log.refused(rig.record("a/Put", "RESOURCE_EXHAUSTED", Map.of()));
    disk.heal();
    log.requireWritable(false);

    assertThat(log.isWritable()).isTrue();
    assertThat(log.head().sequence()).isEqualTo(5);
    assertThat(LogRig.lines(log, 5).getFirst()).contains("\"count\":2,");
    assertThat(LogRig.problems(log)).isEmpty();
  }

  @Test
  void reserveIsGivenUpForWhatWasDoneAndForDeletesOnly() {
    AuditLog log = rig.open(disk);
    rig.reserve = 1;
    disk.fail(FaultyDisk.Operation.APPEND, 1);
    rig.fill(log, 1);
    assertThat(log.head().sequence()).as("what was done is written").isEqualTo(2);

    disk.failAll(FaultyDisk.Operation.APPEND);
    rig.fill(log, 1);
    rig.reserve = 5;
    assertThatThrownBy(() -> log.requireWritable(false)).isInstanceOf(AifsException.class);
    assertThat(rig.reserve).isEqualTo(5);
    disk.fail(FaultyDisk.Operation.APPEND, 2);
    log.requireWritable(true);
    assertThat(rig.reserve).isEqualTo(3);
    assertThat(log.head().sequence()).isEqualTo(3);
    assertThat(LogRig.problems(log)).isEmpty();
  }

  @Test
  void failedSyncRefusesChangesUntilOneSucceedsInANewSegment() throws IOException {
    AuditLog log = rig.open(disk);
    rig.fill(log, 2);
    AuditHead before = rig.heads.newest.orElseThrow().head();
    disk.failAll(FaultyDisk.Operation.SYNC);
    log.settle();

    assertThat(rig.heads.newest.orElseThrow().head()).isEqualTo(before);
    assertThatThrownBy(() -> log.requireWritable(true)).isInstanceOf(AifsException.class);
    disk.heal();
    log.requireWritable(false);
    rig.fill(log, 1);
    log.settle();

    assertThat(Segment.list(disk)).containsExactly(new Segment(1), new Segment(4));
    assertThat(rig.heads.newest.orElseThrow().head().sequence()).isEqualTo(4);
    assertThat(LogRig.problems(log)).isEmpty();
  }

  @Test
  void recordsAreWrittenWhileAnotherThreadSyncs() throws InterruptedException, ExecutionException {
    AuditLog log = rig.open(disk);
    rig.fill(log, 1);
    FaultyDisk.Gate gate = disk.slow(FaultyDisk.Operation.SYNC);
    CompletableFuture<Void> settling = CompletableFuture.runAsync(log::settle);
    gate.awaitEntered();
    rig.fill(log, 100);
    assertThat(log.head().sequence()).isEqualTo(102);
    assertThat(settling).isNotDone();
    gate.open();
    settling.get();

    assertThat(rig.heads.newest.orElseThrow().head().sequence()).isEqualTo(2);
  }

  @Test
  void whoFollowsIsWokenByRecordsAndByItsOwnEnd() throws Exception {
    AuditLog log = rig.open(disk);
    CompletableFuture<Long> reached =
        CompletableFuture.supplyAsync(() -> awaitBehind(log, 1, false));
    rig.fill(log, 1);
    assertThat(reached.get()).isEqualTo(2);
    assertThat(awaitBehind(log, 2, true)).isEqualTo(2);
    CompletableFuture<Long> closed =
        CompletableFuture.supplyAsync(() -> awaitBehind(log, 9, false));
    log.close();
    assertThat(closed.get()).isEqualTo(2);
  }

  private static long awaitBehind(AuditLog log, long sequence, boolean over) {
    try {
      return log.awaitBehind(sequence, () -> over);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void keeperSettlesByItself() throws InterruptedException, IOException {
    AuditLog log = rig.open(disk);
    AuditKeeper.start(log);
    rig.fill(log, 5);
    while (rig.heads.newest.orElseThrow().head().sequence() < 6) {
      Thread.onSpinWait();
    }
    log.close();
    assertThat(log.awaitNews()).isFalse();
  }

  @Test
  void whatComesAfterTheEndIsNotInTheFiles() throws IOException {
    AuditLog log = rig.open(disk);
    log.close();
    log.append(rig.record("late/Call", Map.of()));
    log.refused(rig.record("late/Call", "PERMISSION_DENIED", Map.of()));

    AuditLog next = rig.open(disk);
    assertThat(next.head().sequence()).isEqualTo(1);
    assertThat(LogRig.problems(next)).isEmpty();
  }
}
