package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.client.AifsClient;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ReadRequest;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssetStreamTest {
  private static final int SIZE = 1_234_567;
  private static final ReadTarget BY_PATH = new ReadTarget.ByPath(Ref.MAIN, new TreePath("a/b"));

  private final byte[] content = Seeded.bytes(SIZE);
  private final FakeContent fake = new FakeContent(content);
  private final ReadTarget byId = new ReadTarget.ById(Digest.of(content));
  private final List<TestServer> servers = new ArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(TestServer::close);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100_000, SIZE})
  void wholeContentOfAnySizeIsReadAndVerified(int count) throws IOException {
    byte[] bytes = Arrays.copyOf(content, count);
    FakeContent some = new FakeContent(bytes);
    try (InputStream in =
        client(some).assets().read(new ReadTarget.ById(some.id), 0, Optional.empty())) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void rangesAreWhatWasAskedFor() throws IOException {
    AifsClient client = client(fake);
    assertThat(read(client, byId, 5, Optional.of(300_000L)))
        .isEqualTo(Arrays.copyOfRange(content, 5, 300_005));
    assertThat(read(client, byId, SIZE - 7, Optional.empty()))
        .isEqualTo(Arrays.copyOfRange(content, SIZE - 7, SIZE));
    assertThat(read(client, byId, SIZE - 7, Optional.of(1_000L)))
        .isEqualTo(Arrays.copyOfRange(content, SIZE - 7, SIZE));
    assertThat(read(client, byId, SIZE, Optional.empty())).isEmpty();
    assertThat(read(client, byId, 9, Optional.of(0L))).isEmpty();
  }

  @Test
  void pathsAreReadUnderTheIdThatTheServerSays() throws IOException {
    assertThat(read(client(fake), BY_PATH, 0, Optional.empty())).isEqualTo(content);
    ReadRequest request = fake.requests.getFirst();
    assertThat(request.getNamespace()).isEqualTo("papers");
    assertThat(request.getBranch()).isEqualTo("main");
    assertThat(request.getPath()).isEqualTo("a/b");
    assertThat(request.hasAssetId()).isFalse();
  }

  @Test
  void byteByByteAndInPiecesGiveTheSame() throws IOException {
    byte[] bytes = Arrays.copyOf(content, 250_001);
    AifsClient client = client(new FakeContent(bytes));
    ReadTarget target = new ReadTarget.ById(Digest.of(bytes));
    ByteArrayOutputStream single = new ByteArrayOutputStream();
    try (InputStream in = client.assets().read(target, 0, Optional.empty())) {
      for (int b = in.read(); b >= 0; b = in.read()) {
        single.write(b);
      }
    }
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    try (InputStream in = client.assets().read(target, 0, Optional.empty())) {
      assertThat(in.transferTo(pieces)).isEqualTo(bytes.length);
    }
    assertThat(single.toByteArray()).isEqualTo(bytes);
    assertThat(pieces.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void contentThatIsNotWhatItsIdSaysNeverComesToItsEnd() throws IOException {
    fake.id = Digest.of(new byte[] {1});
    AifsClient client = client(fake);
    InputStream in = client.assets().read(BY_PATH, 0, Optional.empty());
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    AifsException failure =
        catchThrowableOfType(AifsException.Corrupt.class, () -> in.transferTo(taken));
    assertThat(failure.reason()).isEqualTo(Reason.ASSET_DAMAGED);
    assertThat(failure).hasMessageContaining(Digest.of(content).hex());
    assertThat(taken.size()).isLessThan(SIZE);
    assertThatThrownBy(in::read).isSameAs(failure);
  }

  @Test
  void theAnswerMustBeAboutTheAssetThatWasAskedFor() {
    ReadTarget other = new ReadTarget.ById(Digest.of(new byte[] {1}));
    assertThatThrownBy(() -> client(fake).assets().read(other, 0, Optional.empty()))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("another asset");
  }

  @Test
  void contentThatEndsEarlyIsNotTakenForWhole() {
    fake.size = SIZE + 10;
    assertThatThrownBy(() -> read(client(fake), BY_PATH, 0, Optional.empty()))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("ends at byte 1234567 of 1234577");
  }

  @Test
  void aMissingAssetShowsAtOnce() throws IOException {
    fake.breaks.add(broken(0, FakeFailures.of(Status.Code.NOT_FOUND, "no such asset")));
    assertThatThrownBy(() -> client(fake).assets().read(byId, 0, Optional.empty()))
        .isInstanceOf(AifsException.NotFound.class)
        .hasMessage("no such asset");
  }

  @Test
  void aBrokenReadGoesOnFromWhereItWas() throws IOException {
    fake.breaks.add(broken(0, FakeFailures.unavailable()));
    fake.breaks.add(broken(300_000, FakeFailures.unavailable()));
    fake.breaks.add(broken(400_000, FakeFailures.unavailable()));
    TestServer server = server(fake);
    assertThat(read(server.client(), byId, 0, Optional.empty())).isEqualTo(content);
    assertThat(fake.requests)
        .extracting(ReadRequest::getOffset)
        .containsExactly(0L, 0L, 300_000L, 700_000L);
    assertThat(server.sent(TestServer.REQUEST_ID)).hasSize(4);
    assertThat(Set.copyOf(server.sent(TestServer.REQUEST_ID))).hasSize(1);
    assertThat(server.surroundings().sleeps()).containsOnly(Duration.ofMillis(50)).hasSize(3);
  }

  @Test
  void aPathThatMovedWhileTheConnectionWasBrokenIsNotGluedTogether() throws IOException {
    fake.breaks.add(broken(300_000, FakeFailures.unavailable()));
    try (InputStream in = client(fake).assets().read(BY_PATH, 0, Optional.empty())) {
      assertThat(in.readNBytes(100_000)).hasSize(100_000);
      fake.id = Digest.of(new byte[] {1});
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(AifsException.Conflict.class)
          .hasMessageContaining("another asset");
    }
  }

  @Test
  void damageIsReportedAndNotTriedAgain() {
    fake.breaks.add(
        broken(
            200_000,
            FakeFailures.of(
                Status.Code.DATA_LOSS,
                "chunk is damaged",
                FakeFailures.info("CHUNK_DAMAGED", Map.of()))));
    AifsException failure =
        catchThrowableOfType(
            AifsException.Corrupt.class, () -> read(client(fake), byId, 0, Optional.empty()));
    assertThat(failure.reason()).isEqualTo(Reason.CHUNK_DAMAGED);
    assertThat(fake.requests).hasSize(1);
  }

  @Test
  void aServerThatFallsSilentIsAStall() throws IOException {
    fake.breaks.add(new FakeContent.Break(300_000, Optional.empty()));
    AifsClient client = server(fake).clientWithStallTimeout(Duration.ofMillis(20));
    AifsException failure =
        catchThrowableOfType(
            AifsException.Unavailable.class, () -> read(client, byId, 0, Optional.empty()));
    assertThat(failure.reason()).isEqualTo(Reason.STALLED);
    assertThat(failure).hasMessage("the test server moved no byte of Read for 20 ms");
    assertThat(fake.requests).hasSizeLessThanOrEqualTo(1);
  }

  @Test
  void closingEarlyEndsTheCallOnTheServerToo() throws Exception {
    InputStream in = client(fake).assets().read(byId, 0, Optional.empty());
    assertThat(in.readNBytes(10)).isEqualTo(Arrays.copyOf(content, 10));
    in.close();
    assertThat(fake.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
  }

  @Test
  void negativeRangesAreRefusedHere() throws IOException {
    AifsClient client = client(fake);
    assertThatThrownBy(() -> client.assets().read(byId, -1, Optional.empty()))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessage("offset is negative: -1");
    assertThatThrownBy(() -> client.assets().read(byId, 0, Optional.of(-2L)))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessage("length is negative: -2");
    assertThat(fake.requests).isEmpty();
  }

  private AifsClient client(FakeContent service) throws IOException {
    return server(service).client();
  }

  private TestServer server(FakeContent service) throws IOException {
    TestServer server = TestServer.inProcess(service);
    servers.add(server);
    return server;
  }

  private static FakeContent.Break broken(long afterBytes, RuntimeException failure) {
    return new FakeContent.Break(afterBytes, Optional.of(failure));
  }

  private static byte[] read(
      AifsClient client, ReadTarget target, long offset, Optional<Long> length) throws IOException {
    try (InputStream in = client.assets().read(target, offset, length)) {
      return in.readAllBytes();
    }
  }
}
