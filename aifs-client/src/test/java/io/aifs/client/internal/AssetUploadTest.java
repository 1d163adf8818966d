package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.PutAssetRequest;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetUploadTest {
  private static final int MANY_FRAMES_BYTES = 5 * Limits.FRAME_BYTES + 321;

  private final FakeAssets assets = new FakeAssets();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(assets);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, Limits.FRAME_BYTES - 1, Limits.FRAME_BYTES, MANY_FRAMES_BYTES})
  void contentOfAnySizeArrives(int count) {
    byte[] bytes = Seeded.bytes(count);
    PutOutcome outcome = put(Content.of(bytes));
    assertThat(outcome)
        .isEqualTo(new PutOutcome(Digest.of(bytes), bytes.length, bytes.length / 2, 4, 2, 7));
    assertThat(assets.largestMessageBytes).isLessThan(Limits.FRAME_BYTES + 1_000);
  }

  @Test
  void theFirstMessageSaysEverythingElse() {
    Digest parent = Digest.of(new byte[] {9});
    PutOptions options =
        new PutOptions(
                AssetKind.TENSOR,
                Map.of("author", "Ünal"),
                List.of(new ParentEdge(parent, "resize", "v1")),
                new float[] {1.5f, -2},
                Optional.empty())
            .at(new Name("main"), new TreePath("a/b"), new FileAttributes(0600, 1_234));
    server.client().assets().put(options, Content.of(new byte[] {1}));

    PutAssetRequest opening = assets.openings.getFirst();
    assertThat(opening.getNamespace()).isEqualTo("papers");
    assertThat(opening.getKindValue()).isEqualTo(AssetKind.TENSOR.code());
    assertThat(opening.getMetadataMap()).containsEntry("author", "Ünal");
    assertThat(opening.getParents(0).getParentAssetId()).isEqualTo(parent.hex());
    assertThat(opening.getParents(0).getTransformName()).isEqualTo("resize");
    assertThat(opening.getParents(0).getTransformDigest()).isEqualTo("v1");
    ByteBuffer embedding =
        opening.getEmbedding().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    assertThat(embedding.getFloat()).isEqualTo(1.5f);
    assertThat(embedding.getFloat()).isEqualTo(-2f);
    assertThat(opening.getBranch()).isEqualTo("main");
    assertThat(opening.getPath()).isEqualTo("a/b");
    assertThat(opening.getMode()).isEqualTo(0100000 | 0600);
    assertThat(opening.getMtimeNanos()).isEqualTo(1_234);
  }

  @Test
  void anAnswerThatTakesLongIsAwaitedWhereTheServerLooksIntoContent() {
    Duration stall = Duration.ofSeconds(60);
    assertThat(AnswerPatience.of(stall, AssetKind.BLOB, 1L << 40)).isEqualTo(stall);
    assertThat(AnswerPatience.of(stall, AssetKind.TENSOR, 0)).isEqualTo(stall);
    assertThat(AnswerPatience.of(stall, AssetKind.ARTIFACT, 16L << 30))
        .isEqualTo(Duration.ofSeconds(60 + 1_024));
  }

  @Test
  void aBrokenPutIsMadeAgainAsAWholeUnderTheSameRequestId() {
    assets.breaks.add(new FakeAssets.Break(0, FakeFailures.unavailable()));
    assets.breaks.add(new FakeAssets.Break(600_000, FakeFailures.unavailable()));
    byte[] bytes = Seeded.bytes(MANY_FRAMES_BYTES);

    assertThat(put(Content.of(bytes)).id()).isEqualTo(Digest.of(bytes));

    assertThat(assets.openings).hasSize(3);
    assertThat(assets.openings).extracting(PutAssetRequest::getRequestId).hasSize(3);
    String id = assets.openings.getFirst().getRequestId();
    assertThat(assets.openings).allMatch(opening -> opening.getRequestId().equals(id));
    assertThat(server.sent(TestServer.REQUEST_ID)).containsExactly(id, id, id);
    assertThat(server.surroundings().sleeps())
        .containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
  }

  @Test
  void twoPutsHaveTwoRequestIds() {
    put(Content.of(new byte[] {1}));
    put(Content.of(new byte[] {1}));
    assertThat(server.sent(TestServer.REQUEST_ID)).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void contentThatCanBeReadOnceIsNotPutAgain() {
    assets.breaks.add(new FakeAssets.Break(600_000, FakeFailures.unavailable()));
    InputStream once = new ByteArrayInputStream(Seeded.bytes(MANY_FRAMES_BYTES));
    assertThatThrownBy(() -> put(Content.once(once)))
        .isInstanceOf(AifsException.Unavailable.class)
        .hasMessageContaining("not answering");
    assertThat(assets.openings).hasSize(1);
  }

  @Test
  void aRefusedPutIsNotMadeAgain() {
    assets.breaks.add(
        new FakeAssets.Break(
            300_000,
            FakeFailures.of(
                Status.Code.RESOURCE_EXHAUSTED,
                "the disk is full",
                FakeFailures.info("DISK_FULL", Map.of("hint", "make room")))));
    AifsException failure =
        catchThrowableOfType(
            AifsException.class, () -> put(Content.of(Seeded.bytes(MANY_FRAMES_BYTES))));
    assertThat(failure)
        .isInstanceOf(AifsException.LimitExceeded.class)
        .hasMessage("the disk is full");
    assertThat(failure.reason()).isEqualTo(Reason.DISK_FULL);
    assertThat(failure.requestId()).isEqualTo(assets.openings.getFirst().getRequestId());
    assertThat(assets.openings).hasSize(1);
  }

  @Test
  void aBusyServerIsAskedAgainWhenItSays() {
    assets.breaks.add(
        new FakeAssets.Break(
            0,
            FakeFailures.of(
                Status.Code.RESOURCE_EXHAUSTED,
                "busy",
                FakeFailures.info("MEMORY_BUDGET", Map.of()),
                FakeFailures.retryAfterMillis(700))));
    put(Content.of(new byte[] {1}));
    assertThat(server.surroundings().sleeps()).containsExactly(Duration.ofMillis(750));
  }

  @Test
  void aStoreThatTookOtherBytesIsFoundOut() {
    assets.lie = Optional.of(Digest.of(new byte[] {2}));
    AifsException failure =
        catchThrowableOfType(AifsException.class, () -> put(Content.of(new byte[] {1})));
    assertThat(failure)
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining(Digest.of(new byte[] {1}).hex())
        .hasMessageContaining(Digest.of(new byte[] {2}).hex());
    assertThat(failure.reason()).isEqualTo(Reason.ASSET_DAMAGED);
  }

  @Test
  void aSourceThatFailsEndsTheCallOnTheServerToo() throws InterruptedException {
    byte[] begin = Seeded.bytes(3 * Limits.FRAME_BYTES);
    Content failing =
        Content.once(new SequenceInputStream(new ByteArrayInputStream(begin), new GoneDisk()));
    assertThatThrownBy(() -> put(failing))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessage("the content cannot be read: the disk went away")
        .hasCauseInstanceOf(IOException.class);
    assertThat(assets.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aServerThatTakesNothingIsAStallAndLittleIsReadAheadOfIt() {
    assets.deaf = true;
    AtomicInteger taken = new AtomicInteger();
    Content endless = Content.once(new Zeros(Long.MAX_VALUE, taken::addAndGet));
    AifsException failure =
        catchThrowableOfType(
            AifsException.class,
            () ->
                server
                    .clientWithStallTimeout(Duration.ofMillis(20))
                    .assets()
                    .put(PutOptions.blob(), endless));
    assertThat(failure)
        .isInstanceOf(AifsException.Unavailable.class)
        .hasMessage("the test server moved no byte of PutAsset for 20 ms");
    assertThat(failure.reason()).isEqualTo(Reason.STALLED);
    assertThat(taken.get()).isLessThanOrEqualTo(4 * Limits.FRAME_BYTES);
  }

  @Test
  void theStreamIsClosedAfterwards() {
    AtomicInteger closes = new AtomicInteger();
    Content content =
        Content.once(
            new ByteArrayInputStream(new byte[10]) {
              @Override
              public void close() {
                closes.incrementAndGet();
              }
            });
    put(content);
    assertThat(closes).hasValue(1);
  }

  @Test
  void anInterruptedPutEndsAndKeepsTheInterrupt() {
    assets.deaf = true;
    Thread.currentThread().interrupt();
    AifsException failure =
        catchThrowableOfType(
            AifsException.class, () -> put(Content.once(new Zeros(Long.MAX_VALUE, _ -> {}))));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.reason()).isEqualTo(Reason.CANCELLED);
  }

  private PutOutcome put(Content content) {
    return server.client().assets().put(PutOptions.blob(), content);
  }

  private static final class GoneDisk extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("the disk went away");
    }

    @Override
    public int read(byte[] out, int offset, int length) throws IOException {
      throw new IOException("the disk went away");
    }
  }
}
