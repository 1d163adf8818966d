package io.aifs.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StridesTest {
  private static final ByteBuffer COUNTED =
      ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});

  @Test
  void valuesInFortranOrderAreBroughtInOrder() {
    Strides strides = Strides.columnMajor(new TensorType(ElementType.UINT8, List.of(3L, 4L)));

    assertThat(inOrder(strides)).containsExactly(0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11);
  }

  @Test
  void stridesMayBeNegativeOrZero() {
    assertThat(inOrder(new Strides(ElementType.UINT8, List.of(2L, 3L), List.of(6L, -2L), 4)))
        .containsExactly(4, 2, 0, 10, 8, 6);
    assertThat(inOrder(new Strides(ElementType.UINT16, List.of(2L, 2L), List.of(0L, 2L), 2)))
        .containsExactly(2, 3, 4, 5, 2, 3, 4, 5);
  }

  @Test
  void permutingThereAndBackChangesNothing() {
    SeededTest.run(
        200,
        random -> {
          Tensor tensor = TensorSamples.random(ElementType.INT32, random);
          int dimensions = tensor.type().shape().size();
          List<Integer> order = new ArrayList<>(IntStream.range(0, dimensions).boxed().toList());
          Collections.shuffle(order, new Random(random.nextLong()));
          Strides there = Strides.rowMajor(tensor.type()).permuted(order);
          List<Integer> back = IntStream.range(0, dimensions).mapToObj(order::indexOf).toList();
          var moved = new TensorType(ElementType.INT32, there.shape());

          ByteBuffer result =
              Strides.rowMajor(moved).permuted(back).inOrder(there.inOrder(tensor.values()));

          assertThat(result).isEqualTo(tensor.values());
        });
  }

  @Test
  void stridesThatLeadOutsideAreRefused() {
    for (Strides strides :
        List.of(
            new Strides(ElementType.UINT8, List.of(13L), List.of(1L), 0),
            new Strides(ElementType.UINT8, List.of(2L), List.of(-1L), 0),
            new Strides(ElementType.UINT8, List.of(2L), List.of(1L), -1),
            new Strides(ElementType.UINT8, List.of(3L), List.of(Long.MAX_VALUE), 0))) {
      assertThatThrownBy(() -> strides.inOrder(COUNTED))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("strides lead outside of 12 bytes");
    }
  }

  @Test
  void orderNamesEachDimensionOnce() {
    Strides strides = Strides.rowMajor(new TensorType(ElementType.UINT8, List.of(3L, 4L)));

    for (List<Integer> order : List.of(List.of(0), List.of(0, 0), List.of(1, 2))) {
      assertThatThrownBy(() -> strides.permuted(order))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("is no order of 2 dimensions: " + order);
    }
  }

  private static byte[] inOrder(Strides strides) {
    return TensorSamples.bytes(strides.inOrder(COUNTED));
  }
}
