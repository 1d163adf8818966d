package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.Reason;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short reads of what was read before come from memory, and tell no old tale. */
class RecentReadTest {
  private static final byte[] BYTES = "what is read again and again".getBytes(UTF_8);

  private EdgeFixture fixture;
  private Channel channel;
  private String id;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    id = Upload.put(channel, BYTES).getAssetId();
    assertThat(read(0, BYTES.length)).isEqualTo(BYTES); // from now on it is in memory
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private byte[] read(int offset, int length) {
    Iterator<ReadResponse> replies =
        ContentGrpc.newBlockingStub(channel).read(range(offset, length));
    ReadResponse reply = replies.next();
    assertThat(replies.hasNext()).isFalse();
    assertThat(reply.getMetadata().getAssetId()).isEqualTo(id);
    assertThat(reply.getOffset()).isEqualTo(offset);
    assertThat(reply.getLength()).isEqualTo(reply.getData().size());
    return reply.getData().toByteArray();
  }

  private ReadRequest range(int offset, int length) {
    return ReadRequest.newBuilder().setAssetId(id).setOffset(offset).setLength(length).build();
  }

  private WireFailure refused(Channel by, ReadRequest request) {
    return WireFailure.of(() -> ContentGrpc.newBlockingStub(by).read(request).next());
  }

  @Test
  void rangesAreCutOut() {
    assertThat(read(5, 2)).isEqualTo("is".getBytes(UTF_8));
    assertThat(read(BYTES.length - 5, 100)).isEqualTo("again".getBytes(UTF_8));
    assertThat(read(BYTES.length, 1)).isEmpty();
    refused(channel, range(BYTES.length + 1, 1)).is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
  }

  @Test
  void deletedContentIsNotReadUntilItIsPutAgain() {
    var _ =
        AIFSGrpc.newBlockingStub(channel)
            .deleteAsset(DeleteAssetRequest.newBuilder().setAssetId(id).setForce(true).build());
    refused(channel, range(0, 1)).is(Code.NOT_FOUND, Reason.ASSET_DELETED);

    assertThat(Upload.put(channel, BYTES).getAssetId()).isEqualTo(id);
    assertThat(read(0, BYTES.length)).isEqualTo(BYTES);
  }

  @Test
  void changedMetadataIsSeenAtOnce() {
    var _ =
        Upload.begin(channel)
            .send(Upload.message(BYTES).toBuilder().putMetadata("lang", "en").build())
            .finish();

    ReadResponse reply = ContentGrpc.newBlockingStub(channel).read(range(0, 1)).next();
    assertThat(reply.getMetadata().getMetadataMap()).containsEntry("lang", "en");
  }

  @Test
  void memoryOpensNothingToWhoMayNotRead() throws IOException {
    Channel other = EdgeFixture.withToken(fixture.tcp(), TestTokens.with("namespace = other"));
    refused(other, range(0, 1).toBuilder().setNamespace("default").build())
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
    refused(EdgeFixture.withToken(fixture.tcp(), TestTokens.with("methods = put")), range(0, 1))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);
  }
}
