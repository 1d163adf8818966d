package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.ReadResponse;
import io.aifs.proto.v1.ResolvePrefixRequest;
import io.aifs.proto.v1.StatAssetsRequest;
import io.grpc.Channel;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentGrpcServiceTest {
  private static final int BYTES = 3_000_017;

  private EdgeFixture fixture;
  private Channel channel;
  private ContentGrpc.ContentBlockingStub content;
  private byte[] bytes;
  private String id;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    channel = EdgeFixture.withToken(fixture.tcp(), TestTokens.admin());
    content = ContentGrpc.newBlockingStub(channel);
    bytes = new byte[BYTES];
    new Random(42).nextBytes(bytes);
    id =
        Upload.begin(channel)
            .send(Upload.message(bytes).toBuilder().setPath("dir/file").build())
            .finish()
            .getAssetId();
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private byte[] read(ReadRequest request) {
    Iterator<ReadResponse> replies = content.read(request);
    ReadResponse head = replies.next();
    assertThat(head.getMetadata().getAssetId()).isEqualTo(id);
    assertThat(head.getOffset()).isEqualTo(request.getOffset());
    ByteString all = head.getData();
    while (replies.hasNext()) {
      ByteString data = replies.next().getData();
      assertThat(data.size()).isBetween(1, Limits.FRAME_BYTES);
      all = all.concat(data);
    }
    assertThat(all.size()).isEqualTo((int) head.getLength());
    return all.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({"0,3000017", "1,1", "65535,2", "2999999,18", "3000017,0", "100,2000000"})
  void aRangeIsReadById(int offset, int length) {
    ReadRequest request =
        ReadRequest.newBuilder().setAssetId(id).setOffset(offset).setLength(length).build();

    assertThat(read(request)).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Test
  void withoutALengthItIsReadToTheEndAndMoreThanThereIsMeansTheSame() {
    byte[] expected = Arrays.copyOfRange(bytes, BYTES - 1_000, BYTES);
    ReadRequest toTheEnd =
        ReadRequest.newBuilder().setPath("dir/file").setOffset(BYTES - 1_000).build();

    assertThat(read(toTheEnd)).isEqualTo(expected);
    assertThat(read(toTheEnd.toBuilder().setLength(Long.MAX_VALUE).build())).isEqualTo(expected);
  }

  @Test
  void whatCannotBeReadIsNamed() {
    refused(ReadRequest.getDefaultInstance())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING)
        .names("asset_id");
    refused(ReadRequest.newBuilder().setAssetId(id).setOffset(BYTES + 1).build())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("offset");
    refused(ReadRequest.newBuilder().setAssetId(id).setLength(-1).build())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("length");
    refused(ReadRequest.newBuilder().setPath("dir").build())
        .is(Code.FAILED_PRECONDITION, Reason.IS_A_DIRECTORY);
    refused(ReadRequest.newBuilder().setPath("dir/none").build())
        .is(Code.NOT_FOUND, Reason.PATH_NOT_FOUND);
    refused(ReadRequest.newBuilder().setPath("dir/file").setBranch("other").build())
        .is(Code.NOT_FOUND, Reason.REF_NOT_FOUND);
  }

  private WireFailure refused(ReadRequest request) {
    return WireFailure.of(() -> content.read(request).next());
  }

  @Test
  void manyAssetsAreDescribedAtOnceWithoutTheUnknown() {
    String other = Upload.put(channel, new byte[] {1, 2, 3}).getAssetId();
    StatAssetsRequest request =
        StatAssetsRequest.newBuilder()
            .addAssetIds(other)
            .addAssetIds("ab".repeat(32))
            .addAssetIds(id)
            .build();

    assertThat(content.statAssets(request).getAssetsList())
        .extracting(asset -> asset.getAssetId())
        .containsExactly(other, id);
    StatAssetsRequest tooMany =
        StatAssetsRequest.newBuilder()
            .addAllAssetIds(Collections.nCopies(Limits.BATCH_ENTRIES_MAX + 1, id))
            .build();
    WireFailure.of(() -> content.statAssets(tooMany))
        .is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED)
        .names("asset_ids");
  }

  @Test
  void aPrefixFindsItsAssets() {
    ResolvePrefixRequest request =
        ResolvePrefixRequest.newBuilder().setPrefix(id.substring(0, 8)).build();

    assertThat(content.resolvePrefix(request).getAssetIdsList()).containsExactly(id);
    WireFailure.of(
            () -> content.resolvePrefix(ResolvePrefixRequest.newBuilder().setPrefix("abc").build()))
        .is(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID)
        .names("prefix");
  }
}
