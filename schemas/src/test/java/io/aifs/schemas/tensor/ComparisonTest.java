package io.aifs.schemas.tensor;

import static io.aifs.schemas.tensor.StatisticsTest.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComparisonTest {
  @Test
  void changeIsOfTheRightFromTheLeft() {
    var comparison = new Comparison(ElementType.FLOAT32);

    comparison.add(floats(1, 2, 3, Float.NaN, 0), floats(1, 5, -1, 7, -0f));

    TensorDifference.Change change = comparison.result();
    assertThat(change.maxAbs()).isEqualTo(4);
    assertThat(change.mean()).isEqualTo(-0.25, within(1e-12)); // of the four that are numbers
    assertThat(change.norm()).isEqualTo(5, within(1e-12));
    assertThat(change.changedValues()).isEqualTo(4);
  }

  @ParameterizedTest
  @EnumSource
  void equalBytesAreNoChange(ElementType element) {
    SeededTest.run(
        20,
        random -> {
          byte[] bytes = SeededTest.bytes(random, random.nextInt(3_000) * element.bytes());
          var comparison = new Comparison(element);
          StatisticsTest.split(
              bytes,
              random,
              (from, to) ->
                  comparison.add(
                      ByteBuffer.wrap(bytes, from, to - from),
                      ByteBuffer.wrap(bytes.clone(), from, to - from)));

          assertThat(comparison.result()).isEqualTo(new TensorDifference.Change(0, 0, 0, 0));
        });
  }

  @Test
  void onlyWhatChangedIsCounted() {
    SeededTest.run(
        50,
        random -> {
          int values = random.nextInt(1, 5_000);
          byte[] left = SeededTest.bytes(random, 2 * values);
          byte[] right = left.clone();
          int at = random.nextInt(values);
          right[2 * at] = (byte) (right[2 * at] + 1);
          double difference = (right[2 * at] & 0xff) - (left[2 * at] & 0xff);
          var comparison = new Comparison(ElementType.INT16);
          StatisticsTest.split(
              left,
              random,
              (from, to) ->
                  comparison.add(
                      ByteBuffer.wrap(left, from, to - from),
                      ByteBuffer.wrap(right, from, to - from)));

          TensorDifference.Change change = comparison.result();
          assertThat(change.changedValues()).isEqualTo(1);
          assertThat(change.maxAbs()).isEqualTo(Math.abs(difference));
          assertThat(change.mean()).isEqualTo(difference / values, within(1e-9));
          assertThat(change.norm()).isEqualTo(Math.abs(difference), within(1e-9));
        });
  }

  @Test
  void sidesOfOtherLengthsAreRefused() {
    var comparison = new Comparison(ElementType.FLOAT32);

    assertThatThrownBy(() -> comparison.add(floats(1), floats(1, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 4 bytes to compare with 8");
  }
}
