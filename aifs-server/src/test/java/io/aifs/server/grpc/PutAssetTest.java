package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.server.grpc.flow.UploadSlots;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // each test opens its own
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PutAssetTest {
  private static final int PART_BYTES = 256 << 10;
  private static final String ACTIVE = "aifs_uploads_active";
  private static final EdgeFixture.Options ONE_SLOT =
      EdgeFixture.Options.DEFAULT.withBudget(UploadSlots.UPLOAD_BYTES);

  @TempDir Path directory;
  private EdgeFixture fixture;
  private Channel channel;
  private Figures figures;

  private void open(EdgeFixture.Options options) throws IOException {
    fixture = EdgeFixture.open(directory, options);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    figures = new Figures(channel);
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static byte[] part(int seed) {
    byte[] bytes = new byte[PART_BYTES];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  /** An upload that has sent enough to hold a slot, and the server has given it one. */
  private Upload holdingASlot() {
    Upload upload = Upload.begin(channel);
    for (int at = 0; at < 3; at++) {
      upload.send(Upload.message(part(at)));
    }
    figures.await(ACTIVE, active -> active == 1);
    return upload;
  }

  @Test
  void aClientThatVanishesLetsGoOfWhatItHeld() throws IOException {
    open(ONE_SLOT);
    Upload vanishing = holdingASlot();

    vanishing.cancel();

    figures.await(ACTIVE, active -> active == 0);
    Upload next = holdingASlot();
    assertThat(next.finish().getSize()).isEqualTo(3 * PART_BYTES);
    assertThat(
            AIFSGrpc.newBlockingStub(channel)
                .listAssets(ListAssetsRequest.getDefaultInstance())
                .getAssetsCount())
        .isEqualTo(1);
  }

  @Test
  void anUploadThatWaitsInVainIsToldToTryAgain() throws IOException {
    open(ONE_SLOT.withUploadWait(50));
    Upload holding = holdingASlot();

    WireFailure failure =
        WireFailure.of(
            () -> Upload.begin(channel).send(Upload.message(new byte[2 * PART_BYTES])).finish());

    failure.is(Code.RESOURCE_EXHAUSTED, Reason.MEMORY_BUDGET);
    assertThat(failure.retryMillis()).isPositive();
    assertThat(Upload.put(channel, new byte[PART_BYTES]).getSize())
        .as("a small upload needs no slot")
        .isEqualTo(PART_BYTES);
    assertThat(holding.finish().getSize()).isEqualTo(3 * PART_BYTES);
  }

  @Test
  void anUploadThatWaitsGoesOnWhenItsTurnComes() throws IOException {
    open(ONE_SLOT);
    Upload holding = holdingASlot();
    Upload waiting = Upload.begin(channel).send(Upload.message(new byte[2 * PART_BYTES]));

    holding.finish();

    assertThat(waiting.finish().getSize()).isEqualTo(2 * PART_BYTES);
    figures.await(ACTIVE, active -> active == 0);
  }

  @Test
  void anUploadThatMovesNoByteIsEnded() throws IOException {
    open(ONE_SLOT.withStall(100));
    Upload stalled = Upload.begin(channel);
    for (int at = 0; at < 3; at++) {
      stalled.send(Upload.message(part(at)));
    }

    WireFailure.of(stalled::reply).is(Code.UNAVAILABLE, Reason.STALLED);
    figures.await(ACTIVE, active -> active == 0);
  }

  @Test
  void manyMoreUploadsThanSlotsOnOneConnectionAllArrive()
      throws IOException, InterruptedException, ExecutionException {
    open(EdgeFixture.Options.DEFAULT.withBudget(4 * UploadSlots.UPLOAD_BYTES));
    List<Future<PutAssetResponse>> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int at = 0; at < 120; at++) {
        int seed = at % 5;
        results.add(
            threads.submit(
                () -> {
                  Upload upload = Upload.begin(channel);
                  for (int part = 0; part < 4; part++) {
                    upload.send(Upload.message(part(seed * 4 + part)));
                  }
                  return upload.finish();
                }));
      }
    }

    for (Future<PutAssetResponse> result : results) {
      assertThat(result.get().getSize()).isEqualTo(4 * PART_BYTES);
    }
    assertThat(
            AIFSGrpc.newBlockingStub(channel)
                .listAssets(ListAssetsRequest.getDefaultInstance())
                .getAssetsCount())
        .isEqualTo(5);
  }
}
