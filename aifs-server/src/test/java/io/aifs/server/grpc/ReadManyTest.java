package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.proto.v1.AIFSGrpc;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.DeleteAssetRequest;
import io.aifs.proto.v1.RangeFrame;
import io.aifs.proto.v1.ReadManyRequest;
import io.aifs.proto.v1.ReadManyResponse;
import io.aifs.proto.v1.ReadRange;
import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadManyTest {
  private static final int BYTES = 5_000_017;

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
    id = Upload.put(channel, bytes).getAssetId();
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  /** What came of one range. */
  private static final class Answer {
    private ByteString data = ByteString.EMPTY;
    private long assetSize = -1;
    private ByteString error = ByteString.EMPTY;
    private boolean ended;

    void take(RangeFrame frame) {
      assertThat(ended).isFalse();
      if (assetSize < 0) {
        assetSize = frame.getAssetSize();
      } else {
        assertThat(frame.getAssetSize()).isZero();
      }
      data = data.concat(frame.getData());
      error = frame.getError();
      ended = frame.getLast();
    }

    WireFailure failure() throws InvalidProtocolBufferException {
      return WireFailure.of(StatusProto.toStatusRuntimeException(Status.parseFrom(error)));
    }
  }

  private List<ReadManyResponse> messages(List<ReadRange> ranges) {
    List<ReadManyResponse> messages = new ArrayList<>();
    content
        .readMany(ReadManyRequest.newBuilder().addAllRanges(ranges).build())
        .forEachRemaining(messages::add);
    return messages;
  }

  /** Asserts that every range is answered, in order. */
  private List<Answer> read(List<ReadRange> ranges) {
    List<Answer> answers = new ArrayList<>();
    for (ReadManyResponse message : messages(ranges)) {
      assertThat(message.getSerializedSize()).isLessThan(2 * Limits.FRAME_BYTES);
      for (RangeFrame frame : message.getFramesList()) {
        if (answers.isEmpty() || answers.getLast().ended) {
          answers.add(new Answer());
        }
        assertThat(frame.getRange()).isEqualTo(answers.size() - 1);
        answers.getLast().take(frame);
      }
    }
    assertThat(answers).hasSize(ranges.size()).allMatch(answer -> answer.ended);
    return answers;
  }

  private static ReadRange range(String asset, long offset, long length) {
    return ReadRange.newBuilder().setAssetId(asset).setOffset(offset).setLength(length).build();
  }

  private static ReadRange whole(String asset) {
    return ReadRange.newBuilder().setAssetId(asset).build();
  }

  @Test
  void rangesOfAnySizeComeInTheirOrder() {
    SeededTest.run(3, this::readRandomRanges);
  }

  private void readRandomRanges(SplittableRandom random) {
    String small = Upload.put(channel, Arrays.copyOf(bytes, 1_000)).getAssetId();
    List<ReadRange> ranges = new ArrayList<>();
    List<byte[]> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      boolean large = random.nextInt(4) > 0;
      int size = large ? BYTES : 1_000;
      int from = random.nextInt(size + 1);
      int length = random.nextInt(random.nextBoolean() ? 5_000 : size);
      ranges.add(range(large ? id : small, from, length));
      expected.add(Arrays.copyOfRange(bytes, from, Math.min(size, from + length)));
    }
    List<Answer> answers = read(ranges);
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).data.toByteArray()).isEqualTo(expected.get(i));
      assertThat(answers.get(i).error).isEmpty();
      assertThat(answers.get(i).assetSize)
          .isEqualTo(ranges.get(i).getAssetId().equals(id) ? BYTES : 1_000);
    }
  }

  @Test
  void withoutALengthARangeGoesToTheEnd() {
    String empty = Upload.put(channel, new byte[0]).getAssetId();
    ReadRange tail = ReadRange.newBuilder().setAssetId(id).setOffset(BYTES - 3).build();
    List<Answer> answers = read(List.of(whole(id), whole(empty), tail));
    assertThat(answers.get(0).data.toByteArray()).isEqualTo(bytes);
    assertThat(answers.get(1).data).isEmpty();
    assertThat(answers.get(2).data.toByteArray())
        .isEqualTo(Arrays.copyOfRange(bytes, BYTES - 3, BYTES));
    assertThat(read(List.of())).isEmpty();
  }

  @Test
  void smallRangesTravelTogether() {
    List<ReadRange> ranges = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      ranges.add(range(id, i * 4_096L, 4_096));
    }
    assertThat(messages(ranges)).hasSizeLessThanOrEqualTo(17);
  }

  @Test
  void whatIsWrongWithARangeIsItsOwn() throws IOException {
    String deleted = Upload.put(channel, new byte[] {1}).getAssetId();
    DeleteAssetRequest delete = DeleteAssetRequest.newBuilder().setAssetId(deleted).build();
    assertThat(AIFSGrpc.newBlockingStub(channel).deleteAsset(delete).getSuccess()).isTrue();
    List<Answer> answers =
        read(
            List.of(
                range(id, 0, 5),
                whole(Digest.of(new byte[] {9}).hex()),
                whole(deleted),
                range(id, BYTES + 1, 1),
                range(id, 0, -1),
                range(id, -1, 1),
                range(id, BYTES - 5, 100)));
    assertThat(answers.get(0).data.toByteArray()).isEqualTo(Arrays.copyOf(bytes, 5));
    answers.get(1).failure().is(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND);
    answers.get(2).failure().is(Code.NOT_FOUND, Reason.ASSET_DELETED);
    answers.get(3).failure().is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID).names("offset");
    answers.get(4).failure().is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID).names("length");
    answers.get(5).failure().is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID).names("offset");
    assertThat(answers.get(6).data.toByteArray())
        .isEqualTo(Arrays.copyOfRange(bytes, BYTES - 5, BYTES));
  }

  @Test
  void aCallThatMakesNoSenseIsRefusedAsAWhole() {
    WireFailure.of(() -> messages(List.of(whole(id), whole("nonsense"))))
        .is(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID)
        .names("ranges[1].asset_id");
    WireFailure.of(
            () -> messages(Collections.nCopies(Limits.BATCH_ENTRIES_MAX + 1, range(id, 0, 1))))
        .is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED)
        .names("ranges");
  }
}
