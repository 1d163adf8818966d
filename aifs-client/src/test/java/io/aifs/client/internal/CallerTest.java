package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.client.AifsClient;
import io.aifs.client.ClientOptions;
import io.aifs.client.ClientOptions.Endpoint;
import io.aifs.client.FilePut;
import io.aifs.client.Tree.Usage;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.proto.v1.PutFilesRequest;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
  private static final Usage USAGE = new Usage(1, 2, 3, 4, 5);

  private final FakeTree fake = new FakeTree();

  @Test
  void aCallIsMadeAgainUnderTheSameIdUntilItSucceeds() throws IOException {
    fake.failures.addAll(List.of(FakeFailures.unavailable(), FakeFailures.unavailable()));
    try (TestServer server = TestServer.inProcess(fake)) {
      assertThat(usage(server.client())).isEqualTo(USAGE);
      assertThat(server.sent(TestServer.REQUEST_ID))
          .hasSize(3)
          .containsOnly("00000000000000000000000000000001");
      assertThat(server.surroundings().sleeps())
          .containsExactly(Duration.ofMillis(50), Duration.ofMillis(100));
      assertThat(fake.deadlineSeen).isTrue();
    }
  }

  @Test
  void aCallIsGivenUpAfterItsLastAttempt() throws IOException {
    for (int i = 0; i < 10; i++) {
      fake.failures.add(FakeFailures.unavailable());
    }
    try (TestServer server = TestServer.inProcess(fake)) {
      assertThatThrownBy(() -> usage(server.client()))
          .isInstanceOf(AifsException.Unavailable.class)
          .hasMessage("the test server is not answering (going down)");
      assertThat(fake.requests).hasSize(5);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OK", "UNAVAILABLE", "CANCELLED"})
  void whatWillNotPassIsNotTriedAgain(Status.Code code) throws IOException {
    fake.failures.add(code.toStatus().withDescription("no").asRuntimeException());
    try (TestServer server = TestServer.inProcess(fake)) {
      assertThatThrownBy(() -> usage(server.client())).isInstanceOf(AifsException.class);
      assertThat(fake.requests).hasSize(1);
      assertThat(server.surroundings().sleeps()).isEmpty();
    }
  }

  @Test
  void aCallThatTheServerCutOffIsMadeAgain() throws IOException {
    fake.failures.add(Status.CANCELLED.withDescription("RST").asRuntimeException());
    try (TestServer server = TestServer.inProcess(fake)) {
      assertThat(usage(server.client())).isEqualTo(USAGE);
      fake.failures.add(
          FakeFailures.of(
              Status.Code.CANCELLED, "not any more", FakeFailures.info("CANCELLED", Map.of())));
      assertThatThrownBy(() -> usage(server.client()))
          .isInstanceOf(AifsException.Failed.class)
          .hasMessage("not any more");
    }
  }

  @Test
  void aCallEndsByItsDeadlineWhichTheErrorNames() throws IOException {
    fake.silent = true;
    try (TestServer server = TestServer.inProcess(fake)) {
      AifsClient client = server.clientWithDeadline(Duration.ofMillis(30));
      AifsException failure = catchThrowableOfType(AifsException.class, () -> usage(client));
      assertThat(failure)
          .isInstanceOf(AifsException.Unavailable.class)
          .hasMessage("GetUsage on the test server took longer than its deadline of 30 ms");
      assertThat(failure.reason()).isEqualTo(Reason.DEADLINE_EXCEEDED);
      assertThat(failure.requestId()).isEqualTo("00000000000000000000000000000001");
    }
  }

  @Test
  void aRetryThatWouldMissTheDeadlineIsNotWaitedFor() throws IOException {
    fake.failures.add(
        FakeFailures.of(
            Status.Code.RESOURCE_EXHAUSTED, "busy", FakeFailures.retryAfterMillis(90_000)));
    try (TestServer server = TestServer.inProcess(fake)) {
      assertThatThrownBy(() -> usage(server.client()))
          .isInstanceOf(AifsException.LimitExceeded.class)
          .hasMessage("busy");
      assertThat(server.surroundings().sleeps()).isEmpty();
    }
  }

  @Test
  void theTokenIsSentAndShownNowhere() throws IOException {
    String token = "very-secret-macaroon";
    fake.failures.add(FakeFailures.of(Status.Code.PERMISSION_DENIED, "the token has expired"));
    try (TestServer server = TestServer.inProcess(fake)) {
      AifsClient client = server.clientWithToken(" " + token + "\n");
      AifsException failure = catchThrowableOfType(AifsException.Denied.class, () -> usage(client));
      assertThat(server.sent(TestServer.AUTHORIZATION)).containsExactly("Bearer " + token);
      assertThat(failure.toString() + failure.hint() + client).doesNotContain(token);
    }
    Endpoint endpoint = new Endpoint.UnixSocket(Path.of("/nowhere"));
    assertThat(ClientOptions.of(endpoint).withToken(token).toString()).doesNotContain(token);
    assertThat(ChannelOptions.embedded(TestServer.NAMESPACE, Optional.of(token)).toString())
        .doesNotContain(token);
  }

  @Test
  void withoutATokenNoneIsSent() throws IOException {
    try (TestServer server = TestServer.inProcess(fake)) {
      usage(server.client());
      assertThat(server.sent(TestServer.AUTHORIZATION)).containsExactly("-");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two words", "line\nbreak", "schlüssel"})
  void whatCannotBeATokenIsRefusedAndNotShown(String token) {
    assertThatThrownBy(() -> ChannelOptions.embedded(TestServer.NAMESPACE, Optional.of(token)))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageNotContainingAny("words", "break", "schl")
        .extracting(e -> ((AifsException) e).reason())
        .isEqualTo(Reason.TOKEN_INVALID);
    String tooLong = "x".repeat(Limits.TOKEN_BYTES_MAX + 1);
    assertThatThrownBy(() -> BearerToken.checked(tooLong))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageNotContaining("xxx");
  }

  @Test
  void largeRequestsOverTcpAreZstdAndSmallOnesAreNot() throws IOException {
    try (TestServer server = TestServer.overTcp(fake)) {
      AifsClient client = server.client();
      List<FilePut> files = files(500);
      client.tree().putFiles(Name.MAIN_BRANCH, files);
      usage(client);
      assertThat(server.sent(TestServer.ENCODING)).containsExactly("zstd", "-");
      assertThat(server.sent(TestServer.ACCEPT_ENCODING)).allMatch(e -> e.contains("zstd"));
      PutFilesRequest received = (PutFilesRequest) fake.requests.getFirst();
      assertThat(received.getFilesList())
          .extracting(io.aifs.proto.v1.FilePut::getPath)
          .isEqualTo(files.stream().map(file -> file.path().value()).toList());
    }
  }

  @Test
  void zstdAnswersAreRead() throws IOException {
    fake.compressing = true;
    try (TestServer server = TestServer.overTcp(fake)) {
      assertThat(server.client().tree().putFiles(Name.MAIN_BRANCH, files(500)).files())
          .hasSize(500);
    }
  }

  @Test
  void nothingIsCompressedWithinOneMachineWhenTold() throws IOException {
    try (TestServer server = TestServer.overTcp(fake)) {
      server.clientWithCompression(Compression.NONE).tree().putFiles(Name.MAIN_BRANCH, files(500));
      assertThat(server.sent(TestServer.ENCODING)).containsExactly("-");
    }
  }

  private static List<FilePut> files(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new FilePut(
                    new TreePath("directory/file-" + i),
                    new FilePut.What.Directory(),
                    FileAttributes.PLAIN_DIRECTORY))
        .toList();
  }

  private static Usage usage(AifsClient client) {
    return client.tree().usage(Ref.MAIN, TreePath.ROOT);
  }
}
