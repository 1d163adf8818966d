package io.aifs.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatisticsTest {
  private static final Offset<Double> CLOSE = within(1e-9);

  @Test
  void valuesAreDescribed() {
    var statistics = new Statistics(ElementType.FLOAT32);

    statistics.add(
        floats(1, -3, 0, -0f, 4, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));

    TensorStatistics result = statistics.result();
    assertThat(result.count()).isEqualTo(8);
    assertThat(result.nans()).isEqualTo(1);
    assertThat(result.infinities()).isEqualTo(2);
    assertThat(result.zeros()).isEqualTo(2);
    assertThat(result.min()).isEqualTo(-3);
    assertThat(result.max()).isEqualTo(4);
    assertThat(result.mean()).isEqualTo(0.4, CLOSE);
    assertThat(result.deviation()).isEqualTo(Math.sqrt(26 / 5.0 - 0.16), CLOSE);
    assertThat(result.norm()).isEqualTo(Math.sqrt(26), CLOSE);
  }

  @Test
  void nothingIsSaidOfNoValues() {
    TensorStatistics result = new Statistics(ElementType.INT8).result();

    assertThat(result)
        .isEqualTo(
            new TensorStatistics(0, 0, 0, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0));
  }

  @ParameterizedTest
  @EnumSource
  void piecesMayEndAnywhere(ElementType element) {
    SeededTest.run(
        30,
        random -> {
          byte[] bytes = SeededTest.bytes(random, random.nextInt(3_000) * element.bytes());
          var whole = new Statistics(element);
          whole.add(ByteBuffer.wrap(bytes));
          var pieces = new Statistics(element);
          split(bytes, random, (from, to) -> pieces.add(ByteBuffer.wrap(bytes, from, to - from)));

          TensorStatistics expected = whole.result();
          TensorStatistics result = pieces.result();
          assertThat(result.count()).isEqualTo(bytes.length / element.bytes());
          assertThat(result.nans()).isEqualTo(expected.nans());
          assertThat(result.infinities()).isEqualTo(expected.infinities());
          assertThat(result.zeros()).isEqualTo(expected.zeros());
          assertThat(result.min()).isEqualTo(Double.valueOf(expected.min()));
          assertThat(result.max()).isEqualTo(Double.valueOf(expected.max()));
          assertClose(result.norm(), expected.norm(), expected.norm());
          assertClose(result.mean(), expected.mean(), expected.norm());
        });
  }

  @Test
  void deviationFarFromZeroIsExact() {
    var statistics = new Statistics(ElementType.FLOAT64);
    ByteBuffer values = ByteBuffer.allocate(8 * 100_000).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 100_000; i++) {
      values.putDouble(1e9 + i % 2);
    }

    statistics.add(values.flip());

    assertThat(statistics.result().mean()).isEqualTo(1e9 + 0.5, within(1e-6));
    assertThat(statistics.result().deviation()).isEqualTo(0.5, CLOSE);
  }

  @Test
  void normOfHugeValuesIsFinite() {
    var statistics = new Statistics(ElementType.FLOAT64);
    ByteBuffer values = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    values.putDouble(1e308).putDouble(1e308);

    statistics.add(values.flip());

    assertThat(statistics.result().norm()).isEqualTo(Math.sqrt(2) * 1e308, within(1e300));
    assertThat(statistics.result().mean()).isEqualTo(1e308, within(1e300));
  }

  @Test
  void unsignedIntegersAreNotNegative() {
    for (ElementType element :
        new ElementType[] {
          ElementType.UINT8, ElementType.UINT16, ElementType.UINT32, ElementType.UINT64
        }) {
      var statistics = new Statistics(element);
      ByteBuffer ones = ByteBuffer.allocate(element.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      while (ones.hasRemaining()) {
        ones.put((byte) -1);
      }
      statistics.add(ones.flip());

      assertThat(statistics.result().min())
          .isEqualTo(Math.scalb(1.0, 8 * element.bytes()), within(1.0));
    }
  }

  @Test
  void bytesThatEndInsideAValueAreNoTensor() {
    var statistics = new Statistics(ElementType.FLOAT32);
    statistics.add(ByteBuffer.allocate(6));

    assertThatThrownBy(statistics::result)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the bytes end inside a value of FLOAT32");
  }

  private static void assertClose(double actual, double expected, double scale) {
    if (!Double.isFinite(scale) || Double.isNaN(expected)) {
      assertThat(Double.isNaN(actual)).isEqualTo(Double.isNaN(expected));
    } else {
      assertThat(actual).isEqualTo(expected, within(Math.abs(scale) * 1e-9));
    }
  }

  /** Cuts bytes into pieces of which most are short. */
  static void split(byte[] bytes, SplittableRandom random, BiConsumer<Integer, Integer> piece) {
    int at = 0;
    while (at < bytes.length) {
      int end = Math.min(bytes.length, at + random.nextInt(random.nextBoolean() ? 5 : 9_000));
      piece.accept(at, end);
      at = end;
    }
  }

  static ByteBuffer floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.flip();
  }
}
