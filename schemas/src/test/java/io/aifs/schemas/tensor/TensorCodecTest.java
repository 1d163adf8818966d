package io.aifs.schemas.tensor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TensorCodecTest {
  @ParameterizedTest
  @EnumSource
  void whatIsWrittenIsRead(ElementType element) {
    SeededTest.run(
        50,
        random -> {
          Tensor tensor = TensorSamples.random(element, random);

          assertThat(TensorCodec.decode(ByteSource.of(TensorSamples.file(tensor))))
              .isEqualTo(tensor);
          assertThat(TensorCodec.decode(ByteSource.of(TensorSamples.stream(tensor))))
              .isEqualTo(tensor);
        });
  }

  @Test
  void valuesLieInOnePieceAtAMultipleOfSixtyFourBytes() {
    SeededTest.run(
        200,
        random -> {
          Tensor tensor = TensorSamples.random(ElementType.INT16, random);
          byte[] head = TensorCodec.fileHead(tensor.name(), tensor.type());
          byte[] streamHead = TensorCodec.streamHead(tensor.name(), tensor.type());

          assertThat(head.length % 64).isZero();
          assertThat(streamHead.length % 64).isZero();
          TensorFile file = TensorFile.open(ByteSource.of(TensorSamples.file(tensor)));
          assertThat(file.valuesOffset()).isEqualTo(head.length);
          TensorFile stream = TensorFile.open(ByteSource.of(TensorSamples.stream(tensor)));
          assertThat(stream.valuesOffset()).isEqualTo(streamHead.length);
        });
  }

  @Test
  void tensorsOfTooManyValuesForARowAreWrittenAsRows() {
    SeededTest.run(
        200,
        random -> {
          Tensor tensor = TensorSamples.random(ElementType.UINT32, random);
          byte[] file = TensorSamples.fileOfRows(tensor, random.nextInt(1, 20));

          assertThat(TensorCodec.decode(ByteSource.of(file))).isEqualTo(tensor);
        });
  }

  @Test
  void headOfATensorBeyondMemoryIsWritten() {
    var type = new TensorType(ElementType.FLOAT32, List.of(1L, 3L, 1L << 30));

    assertThat(TensorCodec.fileHead("w", type)).hasSizeLessThan(2_000);
    assertThat(TensorCodec.fileTail("w", type)).hasSizeLessThan(2_000);
  }

  @Test
  void permutationIsUndoneByTheDecoder() throws Exception {
    var lying = new TensorType(ElementType.INT8, List.of(2L, 3L, 4L), List.of("a", "b", "c"));
    byte[] values = new byte[24];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    byte[] file =
        replaced(
            TensorSamples.file(new Tensor("w", lying, ByteBuffer.wrap(values))),
            "\"dim_names\":[\"a\",\"b\",\"c\"]}",
            "\"permutation\":[2,0,1]}    ");

    Tensor tensor = TensorCodec.decode(ByteSource.of(file));

    assertThat(tensor.type()).isEqualTo(new TensorType(ElementType.INT8, List.of(4L, 2L, 3L)));
    for (int a = 0; a < 2; a++) {
      for (int b = 0; b < 3; b++) {
        for (int c = 0; c < 4; c++) {
          assertThat(tensor.values().get(c * 6 + a * 3 + b)).isEqualTo((byte) (a * 12 + b * 4 + c));
        }
      }
    }
  }

  @Test
  void truncatedFilesAndStreamsAreRefused() throws Exception {
    var type = new TensorType(ElementType.FLOAT32, List.of(3L, 5L));
    var tensor = new Tensor("w", type, ByteBuffer.allocate(60));
    byte[] file = TensorSamples.file(tensor);
    byte[] stream = TensorSamples.stream(tensor);
    int schemaEnd = 8 + ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN).getInt(4);
    int bodyEnd = TensorCodec.streamHead("w", type).length + 64;

    for (int length = 0; length < file.length; length++) {
      assertRefused(Arrays.copyOf(file, length));
    }
    for (int length = 0; length < bodyEnd; length++) {
      if (length != schemaEnd) { // there it is a stream without rows
        assertRefused(Arrays.copyOf(stream, length));
      }
    }
  }

  private static void assertRefused(byte[] file) {
    assertThatThrownBy(() -> TensorCodec.decode(ByteSource.of(file)))
        .isInstanceOf(PayloadInvalidException.class);
  }

  static byte[] replaced(byte[] file, String old, String with) {
    String text = new String(file, ISO_8859_1);
    assertThat(text).contains(old);
    assertThat(with).hasSameSizeAs(old);
    return text.replace(old, with).getBytes(ISO_8859_1);
  }
}
