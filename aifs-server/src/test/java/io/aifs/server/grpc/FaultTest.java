package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.client.FilePut;
import io.aifs.client.Maintenance.CheckEvent;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.proto.v1.Finding;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.VerifyRequest;
import io.aifs.server.JobSettings;
import io.aifs.server.file.FaultyDisk;
import io.aifs.server.file.FaultyDisk.Operation;
import io.grpc.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    store.move(path);
    readsWork();
  }

  private void readsWork() {
    store.get(before);
    store.getRange(before);
    store.list();
    assertThat(store.client().assets().verify(before).valid()).isTrue();
    assertThat(store.fsck()).isEmpty();
  }

  @Test
  void aSyncThatFailsRefusesPutsOnly() {
    store.disk().failAll(Operation.SYNC);
    refused(store::put, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    refused(store::putBatch, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    othersWork();
    store.disk().heal();
    store.put();
  }

  /** Nothing changes that cannot be recorded. */
  @Test
  void aWriteThatFailsRefusesWhatChangesSomething() {
    store.disk().failAll(Operation.APPEND);
    refused(store::put, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    refused(store::putBatch, Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    refused(() -> store.move(path), Reason.IO_FAILED, ExitCode.UNAVAILABLE);
    readsWork();
    store.disk().heal();
    store.move(path);
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
    store.disk().freeBytes(50_000); // what a store that serves has in reserve, for the audit log
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

  @Test
  void whoMayReadAPartIsToldOfDamageAndNotWhatElseItTouches() throws IOException {
    byte[] content = "twice".getBytes(StandardCharsets.UTF_8);
    TreePath inside = new TreePath("data/in");
    store
        .client()
        .tree()
        .putFiles(
            Name.MAIN_BRANCH,
            List.of(file(inside, content), file(new TreePath("secret/x"), content)));
    store.acknowledged().put(Digest.of(content), content);
    store.disk().flipReads();

    assertThat(damage(store.channel(), inside).toString()).contains("secret/x");
    List<Finding> told = damage(store.channel("path = data"), inside);
    assertThat(told).hasSize(1);
    assertThat(told.getFirst().getAssetIds(0)).isEqualTo(Digest.of(content).hex());
    assertThat(told.getFirst().getPathsCount()).isZero();
    assertThat(told.getFirst().getPackId()).isEmpty();
    assertThat(told.toString()).doesNotContain("secret");
  }

  private static FilePut file(TreePath path, byte[] content) {
    return new FilePut(path, new FilePut.What.Data(content), FileAttributes.PLAIN_FILE);
  }

  private static List<Finding> damage(Channel channel, TreePath path) {
    List<Finding> found = new ArrayList<>();
    MaintenanceGrpc.newBlockingStub(channel)
        .verify(VerifyRequest.newBuilder().addPaths(path.value()).build())
        .forEachRemaining(
            response -> {
              if (response.hasFinding()) {
                found.add(response.getFinding());
              }
            });
    return found;
  }
}
