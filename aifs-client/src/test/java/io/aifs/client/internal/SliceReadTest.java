package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.aifs.client.ReadTarget;
import io.aifs.client.Tensors;
import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.ElementType;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.ReadSliceResponse;
import io.aifs.proto.v1.TensorInfo;
import io.aifs.schemas.tensor.SliceRange;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parts of tensors, put together from an Arrow stream. */
class SliceReadTest {
  private static final Optional<Status> OK = Optional.of(Status.OK);
  private static final ReadTarget TARGET = new ReadTarget.ById(Digest.of(new byte[] {1}));
  private static final TensorType TYPE =
      new TensorType(io.aifs.schemas.tensor.ElementType.INT16, List.of(2L, 3L));
  private static final byte[] VALUES = {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0};
  private static final List<SliceRange> RANGES =
      List.of(new SliceRange(4, 6, true), new SliceRange(7, 8, false));

  private final FakeTensors fake = new FakeTensors();
  private TestServer server;
  private Tensors tensors;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake);
    tensors = server.client().tensors();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] stream(TensorType type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(TensorCodec.streamHead("w", type));
    out.writeBytes(VALUES);
    out.writeBytes(TensorCodec.streamTail("w", type));
    return out.toByteArray();
  }

  private static TensorInfo.Builder info() {
    return TensorInfo.newBuilder()
        .setName("w")
        .setElement(ElementType.INT16)
        .addShape(2)
        .addShape(3)
        .setOffset(64)
        .setBytes(12);
  }

  /** Messages of a few bytes each. */
  private static Object[] messages(TensorInfo.Builder info, byte[] stream, int piece) {
    List<ReadSliceResponse> messages = new ArrayList<>();
    messages.add(ReadSliceResponse.newBuilder().setSlice(info).build());
    for (int at = 0; at < stream.length; at += piece) {
      messages.add(
          ReadSliceResponse.newBuilder()
              .setData(ByteString.copyFrom(stream, at, Math.min(piece, stream.length - at)))
              .build());
    }
    return messages.toArray();
  }

  @Test
  void theValuesAreThoseOfTheStream() {
    fake.scripts.then(OK, messages(info(), stream(TYPE), 7));

    Tensor part = tensors.slice(TARGET, "w", RANGES);

    assertThat(part.name()).isEqualTo("w");
    assertThat(part.type()).isEqualTo(TYPE);
    byte[] values = new byte[part.values().remaining()];
    part.values().get(values);
    assertThat(values).isEqualTo(VALUES);
    ReadSliceRequest asked = (ReadSliceRequest) fake.scripts.requests.getFirst();
    assertThat(asked.getName()).isEqualTo("w");
    assertThat(asked.getRanges(0).getStart()).isEqualTo(4);
    assertThat(asked.getRanges(0).getEnd()).isEqualTo(6);
    assertThat(asked.getRanges(0).getDrop()).isFalse();
    assertThat(asked.getRanges(1).getDrop()).isTrue();
  }

  @Test
  void aBrokenStreamIsReadAgainFromItsBeginning() {
    Object[] all = messages(info(), stream(TYPE), 50);
    fake.scripts.then(Optional.of(Status.UNAVAILABLE), all[0], all[1]);
    fake.scripts.then(OK, all);

    assertThat(tensors.slice(TARGET, "w", RANGES).values().get(0)).isEqualTo((byte) 1);
  }

  private void refuses(String why, Object... messages) {
    fake.scripts.then(OK, messages);
    assertThatThrownBy(() -> tensors.slice(TARGET, "w", RANGES))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("ReadSlice")
        .hasMessageContaining(why);
  }

  @Test
  void aStreamThatIsNotWhatWasAnnouncedIsRefused() {
    TensorType other = new TensorType(io.aifs.schemas.tensor.ElementType.UINT16, TYPE.shape());
    byte[] stream = stream(TYPE);
    byte[] cut = Arrays.copyOf(stream, stream.length / 2);
    refuses("was announced", messages(info(), stream(other), 1_000));
    refuses("Arrow", messages(info(), cut, 1_000));
    refuses("Arrow", messages(info(), new byte[100], 1_000));
    refuses("more bytes", messages(info(), new byte[2 << 20], 1 << 20));
  }

  @Test
  void anAnswerToAnotherQuestionIsRefused() {
    byte[] stream = stream(TYPE);
    refuses("no message");
    refuses("what comes", ReadSliceResponse.getDefaultInstance());
    refuses("tensor 'v'", messages(info().setName("v"), stream, 100));
    refuses("shape [3, 2]", messages(info().setShape(0, 3).setShape(1, 2), stream, 100));
    refuses("11 bytes", messages(info().setBytes(11), stream, 100));
  }

  @Test
  void aPartThatNoArrayHoldsIsRefused() {
    TensorInfo.Builder huge = info().setShape(1, 1L << 30).setBytes(1L << 32);
    fake.scripts.then(OK, messages(huge, new byte[0], 1));

    assertThatThrownBy(() -> tensors.slice(TARGET, "w", RANGES))
        .isInstanceOf(AifsException.LimitExceeded.class)
        .hasMessageContaining("4294967296 bytes");
  }
}
