package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Macaroon;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.HistoryGrpc;
import io.aifs.proto.v1.IntrospectGrpc;
import io.aifs.proto.v1.IntrospectRequest;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.proto.v1.Symlink;
import io.aifs.proto.v1.TakeSnapshotRequest;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each size is taken up to its limit, and not one more: then the failure names the limit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SizeLimitsTest {
  private static final int HEADERS_BYTES_MAX = 2 * Limits.TOKEN_BYTES_MAX;

  private EdgeFixture fixture;
  private ManagedChannel tcp;
  private Channel channel;

  @BeforeAll
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    tcp = fixture.tcp();
    channel = EdgeFixture.withToken(tcp, TestTokens.admin());
  }

  @AfterAll
  void close() throws IOException {
    fixture.close();
  }

  /**
   * A size that is limited.
   *
   * @param field what the failure names; empty if the size is of what a field holds
   * @param call makes a call with this much of it
   */
  record Row(String what, int limit, String field, BiConsumer<Channel, Integer> call) {
    /** What the failure says of the limit: that of names is in their pattern. */
    String says() {
      return limit == Limits.NAME_BYTES_MAX
          ? "[a-z0-9._-]{0," + (limit - 1) + "}"
          : Integer.toString(limit);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static List<Row> rows() {
    return List.of(
        new Row(
            "metadata entries", Limits.METADATA_ENTRIES_MAX, "metadata", put(SizeLimitsTest::many)),
        new Row(
            "metadata key",
            Limits.METADATA_KEY_BYTES_MAX,
            "metadata",
            put((message, size) -> message.putMetadata(text(size), ""))),
        new Row(
            "metadata value",
            Limits.METADATA_VALUE_BYTES_MAX,
            "metadata",
            put((message, size) -> message.putMetadata("key", text(size)))),
        new Row(
            "metadata in all", Limits.METADATA_BYTES_MAX, "metadata", put(SizeLimitsTest::inAll)),
        new Row(
            "request id",
            Limits.REQUEST_ID_BYTES_MAX,
            "request_id",
            put((message, size) -> message.setRequestId(text(size)))),
        new Row(
            "path",
            Limits.PATH_BYTES_MAX,
            "path",
            putFile((file, size) -> file.setPath(longPath(size)).setData(ByteString.EMPTY))),
        new Row(
            "segment of a path",
            Limits.PATH_SEGMENT_BYTES_MAX,
            "path",
            putFile((file, size) -> file.setPath(text(size)).setData(ByteString.EMPTY))),
        new Row(
            "target of a link",
            Limits.SYMLINK_TARGET_BYTES_MAX,
            "",
            putFile(
                (file, size) ->
                    file.setPath("link").setSymlink(Symlink.newBuilder().setTarget(text(size))))),
        new Row("name", Limits.NAME_BYTES_MAX, "name", createNamespace(false)),
        new Row("description", Limits.DESCRIPTION_BYTES_MAX, "description", createNamespace(true)),
        new Row("reason", Limits.REASON_BYTES_MAX, "reason", SizeLimitsTest::setPolicy),
        new Row("message", Limits.MESSAGE_TEXT_BYTES_MAX, "", snapshot(true)),
        new Row("author", Limits.AUTHOR_BYTES_MAX, "", snapshot(false)));
  }

  private static String text(int size) {
    return "x".repeat(size);
  }

  /** Segments that are not too long. */
  private static String longPath(int size) {
    StringBuilder path = new StringBuilder();
    while (size - path.length() > Limits.PATH_SEGMENT_BYTES_MAX) {
      path.append(text(99)).append('/');
    }
    return path.append(text(size - path.length())).toString();
  }

  private static void many(PutAssetRequest.Builder message, int size) {
    for (int entry = 0; entry < size; entry++) {
      message.putMetadata("key-" + entry, "");
    }
  }

  /** Values of the greatest length but for the last, under keys of two bytes. */
  private static void inAll(PutAssetRequest.Builder message, int size) {
    int left = size;
    for (int entry = 10; left > 0; entry++) {
      int value = Math.min(left - 2, Limits.METADATA_VALUE_BYTES_MAX);
      message.putMetadata(Integer.toString(entry), text(value));
      left -= 2 + value;
    }
  }

  private static BiConsumer<Channel, Integer> put(
      BiConsumer<PutAssetRequest.Builder, Integer> fill) {
    return (channel, size) -> {
      PutAssetRequest.Builder message = Upload.message(new byte[] {1}).toBuilder();
      fill.accept(message, size);
      var _ =
          Upload.begin(channel).send(message.setNamespace(newNamespace(channel)).build()).finish();
    };
  }

  private static BiConsumer<Channel, Integer> putFile(BiConsumer<FilePut.Builder, Integer> fill) {
    return (channel, size) -> {
      FilePut.Builder file = FilePut.newBuilder();
      fill.accept(file, size);
      var _ =
          TreeGrpc.newBlockingStub(channel)
              .putFiles(
                  PutFilesRequest.newBuilder()
                      .setNamespace(newNamespace(channel))
                      .addFiles(file)
                      .build());
    };
  }

  private static BiConsumer<Channel, Integer> createNamespace(boolean described) {
    return (channel, size) -> {
      CreateNamespaceRequest.Builder request = CreateNamespaceRequest.newBuilder();
      if (described) {
        request.setName("described").setDescription(text(size));
      } else {
        request.setName(text(size));
      }
      var _ = AdminGrpc.newBlockingStub(channel).createNamespace(request.build());
    };
  }

  private static void setPolicy(Channel channel, int reasonBytes) {
    var _ =
        PoliciesGrpc.newBlockingStub(channel)
            .setPolicy(
                SetPolicyRequest.newBuilder()
                    .setDocument("{\"version\": 1}")
                    .setReason(text(reasonBytes))
                    .build());
  }

  private static BiConsumer<Channel, Integer> snapshot(boolean message) {
    return (channel, size) -> {
      TakeSnapshotRequest.Builder request =
          TakeSnapshotRequest.newBuilder().setAllowUnchanged(true);
      var _ = message ? request.setMessage(text(size)) : request.setAuthor(text(size));
      var _ = HistoryGrpc.newBlockingStub(channel).takeSnapshot(request.build());
    };
  }

  /** A namespace of its own for each call, so that none finds what another left. */
  private static String newNamespace(Channel channel) {
    String name = "n" + System.nanoTime();
    var _ =
        AdminGrpc.newBlockingStub(channel)
            .createNamespace(CreateNamespaceRequest.newBuilder().setName(name).build());
    return name;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void isTakenUpToItsLimitAndNotOneMore(Row row) {
    row.call().accept(channel, row.limit());

    WireFailure failure = WireFailure.of(() -> row.call().accept(channel, row.limit() + 1));

    assertThat(failure.exception().getStatus().getCode())
        .as(failure.status().getMessage())
        .isEqualTo(Code.INVALID_ARGUMENT);
    assertThat(failure.status().getMessage()).contains(row.says());
    failure.names(row.field());
  }

  private static void info(Channel channel) {
    var _ = IntrospectGrpc.newBlockingStub(channel).getInfo(IntrospectRequest.getDefaultInstance());
  }

  @Test
  void tokenOfTheMostCaveatsIsTaken() {
    String[] caveats = new String[Macaroon.CAVEATS_MAX];
    Arrays.fill(caveats, "methods = get");

    info(EdgeFixture.withToken(tcp, TestTokens.with(caveats)));
  }

  @Test
  void tokenThatIsTooLongIsNotLookedAt() {
    String longest = text(Limits.TOKEN_BYTES_MAX);
    WireFailure cannotBeRead =
        WireFailure.of(() -> info(EdgeFixture.withToken(tcp, longest)))
            .is(Code.PERMISSION_DENIED, Reason.TOKEN_INVALID);
    assertThat(cannotBeRead.status().getMessage()).doesNotContain("16384");

    WireFailure tooLong =
        WireFailure.of(() -> info(EdgeFixture.withToken(tcp, longest + "x")))
            .is(Code.PERMISSION_DENIED, Reason.TOKEN_INVALID);
    assertThat(tooLong.status().getMessage()).contains("over 16384 bytes");
  }

  @Test
  void headersThatAreTooManyFailTheirCallAndNoOther() {
    Upload other = Upload.begin(channel).send(Upload.message("first ".getBytes(UTF_8)));
    List<String> fits = new ArrayList<>(List.of("x-fill", text(HEADERS_BYTES_MAX / 2)));
    info(EdgeFixture.with(channel, fits.toArray(String[]::new)));

    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> info(EdgeFixture.with(channel, "x-fill", text(HEADERS_BYTES_MAX))));

    assertThat(failure).isNotNull();
    assertThat(failure.getStatus().getCode()).isNotEqualTo(Code.OK);
    info(channel);
    assertThat(other.send(Upload.message("last".getBytes(UTF_8))).finish().getSize()).isEqualTo(10);
  }

  @Test
  void manySmallHeadersAreBytesToo() {
    List<String> many = new ArrayList<>();
    for (int at = 0; at < 2_000; at++) {
      many.addAll(List.of("x-" + at, text(20)));
    }

    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> info(EdgeFixture.with(channel, many.toArray(String[]::new))));

    assertThat(failure).isNotNull();
    info(channel);
  }

  @Test
  void nameOfACallThatIsTooLongIsNotUsed() {
    String kept = text(Limits.REQUEST_ID_BYTES_MAX);
    assertThat(requestIdOfAFailure(kept)).isEqualTo(kept);

    assertThat(requestIdOfAFailure(kept + "x")).startsWith("request-");
  }

  private String requestIdOfAFailure(String sent) {
    return WireFailure.of(
            () -> info(EdgeFixture.with(tcp, "aifs-request-id", sent, "authorization", "none")))
        .info()
        .getMetadataOrThrow("request_id");
  }

  @Test
  void batchHasItsMostEntries() {
    FilePut directory =
        FilePut.newBuilder()
            .setPath("d")
            .setDirectory(io.aifs.proto.v1.Directory.getDefaultInstance())
            .build();
    WireFailure.of(
            () ->
                TreeGrpc.newBlockingStub(channel)
                    .putFiles(
                        PutFilesRequest.newBuilder()
                            .addAllFiles(
                                Collections.nCopies(Limits.BATCH_ENTRIES_MAX + 1, directory))
                            .build()))
        .is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED);
  }
}
