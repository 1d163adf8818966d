package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.JobSettings;
import io.aifs.server.file.FaultyDisk;
import io.aifs.server.file.FaultyDisk.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A disk that fails under a running server: what callers hear, and what is there afterwards. */
class FaultTest {
  private static final int CALLS = 40;

  @TempDir Path directory;

  private FaultyStore store;
  private Digest before;
  private TreePath path;

  @BeforeEach
  void fillAndOpenAgain() throws IOException {
    store = FaultyStore.create(directory, new SplittableRandom(1));
    before = store.put();
    path = store.putBatch();
  }

  @AfterEach
  void requireWhole() throws IOException {
    store.disk().heal();
    store.requireWhole();
    store.put();
    store.putBatch();
    store.requireWhole();
    store.close();
  }

  private static void refused(ThrowingCallable call, Reason reason, ExitCode exit) {
    AifsException refusal = catchThrowableOfType(AifsException.class, call);
    assertThat(refusal).as("a refusal").isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(ExitCode.of(refusal)).isEqualTo(exit);
    assertThat(refusal.hint()).isNotEmpty();
  }

  /** Calls that write no content go on; so do those that read. */
  private void othersWork() {
    store.get(before);
    store.getRange(before);
    store.list();
    store.move(path);
    assertThat(store.client().assets().verify(before).valid()).isTrue();
    assertThat(store.fsck()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"APPEND", "SYNC"})
  void aWriteThatFailsRefusesPutsOnly(Operation operation) {
    store.disk().failAll(operation);
    refused(store::put, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    refused(store::putBatch, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    othersWork();
    store.disk().heal();
    store.put();
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATE", "SYNC_DIRECTORY"})
  void aPackThatCannotBeBegunRefusesPutsOnly(Operation operation) {
    store.disk().fail(Operation.SYNC, 1); // ends the open pack
    refused(store::put, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    store.disk().failAll(operation);
    refused(store::put, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    refused(store::putBatch, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    othersWork();
  }

  @Test
  void aFullDiskRefusesPutsOnly() {
    store.disk().freeBytes(1_000);
    refused(store::put, Reason.DISK_FULL, ExitCode.EXHAUSTED);
    refused(store::putBatch, Reason.DISK_FULL, ExitCode.EXHAUSTED);
    othersWork();
    store.delete(before);
  }

  @Test
  void aBadSectorIsDataLossForWhoReadsIt() {
    store.disk().failAll(Operation.READ);
    refused(() -> store.get(before), Reason.CHUNK_DAMAGED, ExitCode.INTEGRITY);
    refused(() -> store.getRange(before), Reason.CHUNK_DAMAGED, ExitCode.INTEGRITY);
    assertThat(store.client().assets().verify(before).valid()).isFalse();
    assertThat(store.fsck()).isNotEmpty();
    store.list();
    store.move(path);
    store.put(); // needs no read
  }

  @Test
  void aFlippedBitIsNeverHandedOut() {
    store.disk().flipReads();
    refused(() -> store.get(before), Reason.CHUNK_DAMAGED, ExitCode.INTEGRITY);
    refused(() -> store.getRange(before), Reason.CHUNK_DAMAGED, ExitCode.INTEGRITY);
    assertThat(store.client().assets().verify(before).valid()).isFalse();
    assertThat(store.fsck())
        .anySatisfy(
            event -> assertThat(((CheckEvent.Finding) event).assetIds()).contains(before.hex()));
  }

  @Test
  void aStoreWhosePacksCannotBeOpenedAtFirstWorksWhenTheyCan() throws IOException {
    for (Operation operation : new Operation[] {Operation.OPEN, Operation.READ}) {
      reopen();
      store.disk().failAll(operation);
      refused(() -> store.get(before), Reason.IO_FAILED, ExitCode.UNAVAILABLE);
      refused(store::put, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
      store.list();
      store.disk().heal();
      store.requireWhole();
    }
  }

  private void reopen() throws IOException {
    Map<Digest, byte[]> acknowledged = store.acknowledged();
    store.close();
    store =
        FaultyStore.open(directory, new SplittableRandom(acknowledged.size()), JobSettings.DEFAULT);
    store.acknowledged().putAll(acknowledged);
  }

  @Test
  void aSlowDiskDelaysWritesAndNobodyElse() throws Exception {
    FaultyDisk.Gate gate = store.disk().slow(Operation.SYNC);
    CompletableFuture<Digest> slow = CompletableFuture.supplyAsync(store::put);
    gate.awaitEntered();
    store.get(before);
    store.list();
    assertThat(slow).isNotDone();
    gate.open();
    assertThat(slow.join()).isNotNull();
    store.move(path);
  }

  @Test
  void aCallThatWasRefusedLeavesNothingHalfDone() {
    SeededTest.run(
        3,
        random -> {
          store.disk().failByChance(0.2, random.split());
          for (int i = 0; i < CALLS; i++) {
            randomCall(random);
          }
          store.disk().heal();
          store.requireWhole();
        });
  }

  private void randomCall(SplittableRandom random) {
    try {
      switch (random.nextInt(4)) {
        case 0 -> store.put();
        case 1 -> store.putBatch();
        case 2 -> store.get(before);
        default -> store.list();
      }
    } catch (AifsException e) {
      assertThat(e).isInstanceOfAny(AifsException.Unavailable.class, AifsException.Corrupt.class);
    }
  }
}
