package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.internal.ChannelClients;
import io.aifs.client.internal.ChannelOptions;
import io.aifs.client.internal.Compression;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.ListAssetsRequest;
import io.aifs.proto.v1.ProtectBranchRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.RefsGrpc;
import io.aifs.proto.v1.RotateSigningKeyRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.Status.Code;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer carries a version, and every call may demand one. */
class VersionTokenTest {
  private static final Metadata.Key<String> VERSION =
      Metadata.Key.of("aifs-version", Metadata.ASCII_STRING_MARSHALLER);

  private EdgeFixture fixture;
  private Channel channel;
  private final AtomicReference<Metadata> headers = new AtomicReference<>();
  private final AtomicReference<Metadata> trailers = new AtomicReference<>();
  private Channel watched;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    watched =
        ClientInterceptors.intercept(
            channel, MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  /** What the last answer carried, with its first message and with its end. */
  private long carried() {
    String version = headers.get().get(VERSION);
    assertThat(trailers.get().get(VERSION)).isEqualTo(version);
    return version == null ? -1 : Long.parseLong(version);
  }

  private static Channel demanding(Channel channel, String version) {
    return EdgeFixture.with(channel, "aifs-min-version", version);
  }

  private static void list(Channel channel) {
    var _ = AIFSGrpc.newBlockingStub(channel).listAssets(ListAssetsRequest.getDefaultInstance());
  }

  @Test
  void everyWriteMovesTheVersion() {
    list(watched);
    long before = carried();
    var _ =
        io.aifs.proto.v1.AdminGrpc.newBlockingStub(watched)
            .createNamespace(CreateNamespaceRequest.newBuilder().setName("other").build());
    long created = carried();
    PutAssetResponse put = Upload.put(watched, "some bytes".getBytes(UTF_8));
    list(watched);
    long stored = carried();
    var _ =
        RefsGrpc.newBlockingStub(watched)
            .protectBranch(
                ProtectBranchRequest.newBuilder().setName("main").setProtected(true).build());
    long guarded = carried();
    var _ =
        RefsGrpc.newBlockingStub(watched)
            .rotateSigningKey(RotateSigningKeyRequest.getDefaultInstance());
    long rotated = carried();
    list(watched);

    assertThat(created).isGreaterThan(before);
    assertThat(stored).isGreaterThan(created).isGreaterThanOrEqualTo(put.getVersion());
    assertThat(guarded).isGreaterThan(stored);
    assertThat(rotated).isGreaterThan(guarded).isEqualTo(carried());
  }

  @Test
  void whatChangesNothingHasTheVersionThatShowsWhatItFound() {
    byte[] bytes = "put again".getBytes(UTF_8);
    PutAssetResponse first = Upload.put(channel, bytes);
    PutAssetResponse again = Upload.put(channel, bytes);

    assertThat(again.getVersion()).isEqualTo(first.getVersion());
  }

  @Test
  void whatIsThereIsNotWaitedFor() {
    PutAssetResponse put = Upload.put(channel, "some bytes".getBytes(UTF_8));

    Channel strict = demanding(channel, Long.toString(put.getVersion()));
    list(strict);
    ReadRequest read = ReadRequest.newBuilder().setAssetId(put.getAssetId()).setLength(4).build();
    assertThat(ContentGrpc.newBlockingStub(strict).read(read).next().getData().toStringUtf8())
        .isEqualTo("some");
  }

  @Test
  void callThatDemandsAVersionToComeWaitsForIt() throws Exception {
    PutAssetResponse first = Upload.put(channel, "one".getBytes(UTF_8));
    long next = first.getVersion() + 1;
    Channel strict = demanding(channel, Long.toString(next));
    ReadRequest read = ReadRequest.newBuilder().setAssetId(first.getAssetId()).build();
    CompletableFuture<String> waiting =
        CompletableFuture.supplyAsync(
            () -> ContentGrpc.newBlockingStub(strict).read(read).next().getData().toStringUtf8());

    PutAssetResponse second = Upload.put(channel, "two".getBytes(UTF_8));

    assertThat(second.getVersion()).isGreaterThanOrEqualTo(next);
    assertThat(waiting.get(30, TimeUnit.SECONDS)).isEqualTo("one");
  }

  @Test
  void versionThatDoesNotComeIsRefusedBeforeTheDeadline() {
    list(watched);
    Channel strict = demanding(channel, Long.toString(carried() + 1_000));
    AIFSGrpc.AIFSBlockingStub hasty =
        AIFSGrpc.newBlockingStub(strict).withDeadlineAfter(2, TimeUnit.SECONDS);

    WireFailure.of(() -> hasty.listAssets(ListAssetsRequest.getDefaultInstance()))
        .is(Code.UNAVAILABLE, Reason.VERSION_NOT_REACHED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.5", "abc", "99999999999999999999", "0x10", "１"})
  void whatIsNoVersionIsRefused(String version) {
    Channel strict =
        version.chars().allMatch(c -> c < 128)
            ? demanding(channel, version)
            : demanding(channel, "?");
    WireFailure.of(() -> list(strict))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("aifs-min-version");
  }

  @Test
  void whoHasNoTokenLearnsNoVersionAndWaitsForNone() throws IOException {
    Channel bare =
        ClientInterceptors.intercept(
            demanding(fixture.tcp(), "999999"),
            MetadataUtils.newCaptureMetadataInterceptor(headers, trailers));

    var _ =
        io.aifs.proto.v1.HealthGrpc.newBlockingStub(bare)
            .check(io.aifs.proto.v1.HealthCheckRequest.getDefaultInstance());
    assertThat(carried()).isEqualTo(-1);
    WireFailure.of(() -> list(bare)).is(Code.UNAUTHENTICATED, Reason.TOKEN_MISSING);
  }

  private AifsClient client() throws IOException {
    return ChannelClients.over(
        fixture.tcp(),
        new ChannelOptions(
            "the test",
            Name.DEFAULT_NAMESPACE,
            Optional.of(TestTokens.admin()),
            java.time.Duration.ofSeconds(2),
            java.time.Duration.ofSeconds(2),
            io.aifs.client.ClientOptions.Retries.DEFAULT,
            Compression.NONE,
            false,
            Optional.empty()),
        () -> {});
  }

  @Test
  void clientDemandsWhatItHasSeen() throws IOException {
    try (AifsClient one = client();
        AifsClient two = client()) {
      assertThat(one.versions().newest()).isZero();
      one.namespaces().create(new Name("other"), "", Map.of());
      long seen = one.versions().newest();
      assertThat(seen).isPositive();

      two.versions().require(seen);
      assertThat(two.namespaces().list()).hasSize(2);
      two.versions().require(seen + 1_000);

      Assertions.assertThatThrownBy(() -> two.namespaces().list())
          .isInstanceOfSatisfying(
              AifsException.Unavailable.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.VERSION_NOT_REACHED));
      Assertions.assertThatThrownBy(() -> one.versions().require(-1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
