package io.aifs.schemas.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.VectorMetric;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Payloads that lie, each with one word changed, and what is said of them. The places: root 0,
 * identifier 4, vtable 8 (its fields from 12 on), table 24, model 48, vectors 56, sources 84.
 */
class EmbedMalformedTest {
  private static final byte[] VALID =
      EmbedCodec.encode(
          new Embed(
              new EmbedHeader("abc", 3, VectorMetric.COSINE),
              List.of(new float[] {1, 2, 3}, new float[] {4, 5, 6}),
              List.of("one", "two")));

  record Lie(String name, Consumer<ByteBuffer> change, String message) {
    @Override
    public String toString() {
      return name;
    }
  }

  @ParameterizedTest
  @MethodSource("lies")
  void isRefusedWithPlaceAndReason(Lie lie) {
    byte[] payload = VALID.clone();
    lie.change.accept(ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN));

    assertThatThrownBy(() -> EmbedValidator.validate(ByteSource.of(payload)))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessage(lie.message);
    assertThatThrownBy(() -> EmbedCodec.decode(payload))
        .isInstanceOf(PayloadInvalidException.class)
        .hasMessage(lie.message);
  }

  static Stream<Lie> lies() {
    return Stream.of(offsets(), tables(), vectors(), texts()).flatMap(List::stream);
  }

  private static List<Lie> offsets() {
    return List.of(
        new Lie(
            "another identifier",
            to -> to.putInt(4, 0x46464941),
            "byte 4: there is no AIFE, so that it is no Embed payload of FlatBuffers"),
        new Lie(
            "a root behind the end",
            to -> to.putInt(0, 0x7ffffffc),
            "byte 2147483644: the root table of 4 bytes ends outside the content of "
                + VALID.length),
        new Lie(
            "a root at an odd byte",
            to -> to.putInt(0, 25),
            "byte 0: the offset of the root table leads to byte 25, which cannot be"),
        new Lie(
            "a root that is itself",
            to -> to.putInt(0, 0),
            "byte 0: the offset of the root table leads to byte 0, which cannot be"),
        new Lie(
            "an offset of 4 GiB",
            to -> to.putInt(32, -4),
            "byte 4294967324: the vectors of 4 bytes ends outside the content of " + VALID.length),
        new Lie(
            "sources at the end",
            to -> to.putInt(36, VALID.length - 36),
            "byte 112: the source ids of 4 bytes ends outside the content of 112"),
        new Lie(
            "a source id behind the end",
            to -> to.putInt(88, 0x1000),
            "byte 4184: the source id of vector 0 of 4 bytes ends outside the content of 112"));
  }

  private static List<Lie> tables() {
    return List.of(
        new Lie(
            "a vtable before the beginning",
            to -> to.putInt(24, 1_000),
            "byte -976: the vtable of 4 bytes ends outside the content of 112"),
        new Lie(
            "a vtable behind the end",
            to -> to.putInt(24, Integer.MIN_VALUE),
            "byte 2147483672: the vtable of 4 bytes ends outside the content of 112"),
        new Lie(
            "a vtable at an odd byte",
            to -> to.putInt(24, 15),
            "byte 24: the vtable is at an odd byte"),
        new Lie(
            "a vtable of no length",
            to -> to.putShort(8, (short) 0),
            "byte 8: the vtable has an impossible length: 0"),
        new Lie(
            "a vtable of odd length",
            to -> to.putShort(8, (short) 13),
            "byte 8: the vtable has an impossible length: 13"),
        new Lie(
            "a vtable of 64 KiB",
            to -> to.putShort(8, (short) -2),
            "byte 8: the vtable of 65534 bytes ends outside the content of 112"),
        new Lie(
            "a table of 64 KiB",
            to -> to.putShort(10, (short) -1),
            "byte 24: the root table of 65535 bytes ends outside the content of 112"),
        new Lie(
            "a table of 2 bytes",
            to -> to.putShort(10, (short) 2),
            "byte 10: the table has an impossible length: 2"),
        new Lie(
            "a field behind its table",
            to -> to.putShort(18, (short) 24),
            "byte 18: field 3 lies outside its table: 24"),
        new Lie(
            "a field over the table's offset",
            to -> to.putShort(14, (short) 2),
            "byte 14: field 1 lies outside its table: 2"),
        new Lie(
            "a field that is not aligned",
            to -> to.putShort(14, (short) 17),
            "byte 14: field 1 is not aligned: 41"));
  }

  private static List<Lie> vectors() {
    return List.of(
        new Lie(
            "no dimension",
            to -> to.putShort(14, (short) 0),
            "dimension: dimension is not from 1 to 4096: 0"),
        new Lie(
            "a great dimension",
            to -> to.putInt(40, -1),
            "dimension: dimension is not from 1 to 4096: 4294967295"),
        new Lie(
            "a dimension that does not fit",
            to -> to.putInt(40, 4),
            "vectors: there are 6 values, which are no number of vectors of 4"),
        new Lie("a metric", to -> to.put(44, (byte) 3), "metric: there is no metric 3"),
        new Lie(
            "more values than bytes",
            to -> to.putInt(56, 0x40000000),
            "byte 60: the vectors of 4294967296 bytes ends outside the content of 112"),
        new Lie(
            "values to the end",
            to -> to.putInt(56, -1),
            "byte 60: the vectors of 17179869180 bytes ends outside the content of 112"),
        new Lie(
            "a value that is no number",
            to -> to.putFloat(76, Float.NaN),
            "vector 1: value 1 of the vector is NaN"),
        new Lie(
            "an infinite value",
            to -> to.putFloat(60, Float.NEGATIVE_INFINITY),
            "vector 0: value 0 of the vector is -Infinity"),
        new Lie(
            "a vector too long",
            to -> to.putFloat(60, Float.MAX_VALUE).putFloat(64, Float.MAX_VALUE),
            "vector 0: the vector is too long to be compared"),
        new Lie(
            "a zero vector under cosine",
            to -> to.putFloat(72, 0).putFloat(76, 0).putFloat(80, 0),
            "vector 1: the vector is zero, which has no direction"),
        new Lie(
            "fewer sources than vectors",
            to -> to.putInt(84, 1),
            "sources: there are 1 source ids for 2 vectors"),
        new Lie(
            "more sources than bytes",
            to -> to.putInt(84, 0x10000000),
            "byte 88: the source ids of 1073741824 bytes ends outside the content of 112"));
  }

  private static List<Lie> texts() {
    return List.of(
        new Lie(
            "a model that is long",
            to -> to.putInt(48, 0x7fffffff),
            "byte 52: the model of 2147483648 bytes ends outside the content of 112"),
        new Lie(
            "a model without its zero",
            to -> to.putInt(48, 2),
            "byte 54: the model does not end in a zero byte"),
        new Lie(
            "a model that is no text",
            to -> to.put(53, (byte) 0xff),
            "byte 52: the model is not valid UTF-8"),
        new Lie(
            "a source id that is no text",
            to -> to.put(109, (byte) 0xc0),
            "byte 108: the source id of vector 1 is not valid UTF-8"),
        new Lie(
            "a source id without its zero",
            to -> to.put(111, (byte) 'x'),
            "byte 111: the source id of vector 1 does not end in a zero byte"));
  }

  @Test
  void everyTruncationIsRefused() {
    for (int length = 0; length < VALID.length; length++) {
      byte[] cut = Arrays.copyOf(VALID, length);
      assertThatThrownBy(() -> EmbedValidator.validate(ByteSource.of(cut)))
          .isInstanceOf(PayloadInvalidException.class);
    }
  }

  @Test
  void aLongModelAndALongSourceAreRefused() {
    String text = "x".repeat(1_024);
    byte[] payload =
        EmbedCodec.encode(
            new Embed(
                new EmbedHeader("", 1, VectorMetric.COSINE),
                List.of(new float[] {1}),
                List.of(text)));
    ByteBuffer words = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(words.getInt(72)).as("length of the source id").isEqualTo(1_024);
    words.putInt(28, 72 - 28); // the model's offset

    assertThatThrownBy(() -> EmbedCodec.decode(payload))
        .hasMessage("byte 72: the model is over 256 bytes: 1024");
    byte[] longer = Arrays.copyOf(payload, payload.length + 8);
    ByteBuffer.wrap(longer).order(ByteOrder.LITTLE_ENDIAN).putInt(28, 48 - 28).putInt(72, 1_025);
    assertThatThrownBy(() -> EmbedValidator.validate(ByteSource.of(longer)))
        .hasMessage("byte 72: the source id of vector 0 is over 1024 bytes: 1025");
  }

  @Test
  void whatIsOverTwoGigabytesIsRefusedUnread() {
    ByteSource endless =
        new ByteSource() {
          @Override
          public long size() {
            return 1L << 31;
          }

          @Override
          public byte[] read(long offset, int length) {
            throw new AssertionError("it is read");
          }
        };

    assertThatThrownBy(() -> EmbedReader.open(endless))
        .hasMessageContaining("FlatBuffers end at 2 GiB");
  }
}
