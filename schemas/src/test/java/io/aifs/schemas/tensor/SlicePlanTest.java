package io.aifs.schemas.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.tensor.SlicePlan.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlicePlanTest {
  @Test
  void runsHoldWhatIsInsideAllRanges() {
    SeededTest.run(
        2_000,
        random -> {
          TensorType type = TensorSamples.random(ElementType.INT16, random).type();
          List<SliceRange> ranges = ranges(type, random);
          SlicePlan plan = SlicePlan.of(type, ranges);

          List<Long> values = new ArrayList<>();
          Run last = new Run(-1, 0);
          long runs = 0;
          for (Run run : plan) {
            assertThat(run.length()).isEqualTo(plan.runBytes()).isPositive();
            assertThat(run.offset()).isGreaterThan(last.end());
            for (long at = run.offset(); at < run.end(); at += 2) {
              values.add(at / 2);
            }
            last = run;
            runs++;
          }
          assertThat(runs).isEqualTo(plan.runs());
          assertThat(values).isEqualTo(inside(type, ranges));
          assertThat(plan.type().elements()).isEqualTo(values.size());
        });
  }

  private static List<SliceRange> ranges(TensorType type, SplittableRandom random) {
    List<SliceRange> ranges = new ArrayList<>();
    for (int i = random.nextInt(type.shape().size() + 1); i > 0; i--) {
      long length = type.shape().get(ranges.size());
      long start = random.nextLong(length + 1);
      long end = random.nextLong(start, length + 1);
      ranges.add(
          random.nextInt(3) == 0
              ? new SliceRange(0, length, true)
              : new SliceRange(start, end, end - start != 1 || random.nextBoolean()));
    }
    return ranges;
  }

  /** Looks at every value by itself. */
  private static List<Long> inside(TensorType type, List<SliceRange> ranges) {
    List<Long> inside = new ArrayList<>();
    for (long value = 0; value < type.elements(); value++) {
      long rest = value;
      boolean all = true;
      for (int i = type.shape().size() - 1; i >= 0; i--) {
        long place = rest % type.shape().get(i);
        rest /= type.shape().get(i);
        all &=
            i >= ranges.size() || (place >= ranges.get(i).start() && place < ranges.get(i).end());
      }
      if (all) {
        inside.add(value);
      }
    }
    return inside;
  }

  @Test
  void dimensionsOfAnIndexGoAndNamesStay() {
    var type = new TensorType(ElementType.FLOAT32, List.of(4L, 5L, 6L), List.of("a", "b", "c"));

    SlicePlan plan =
        SlicePlan.of(type, List.of(new SliceRange(2, 3, false), new SliceRange(1, 3, true)));

    assertThat(plan.type())
        .isEqualTo(new TensorType(ElementType.FLOAT32, List.of(2L, 6L), List.of("b", "c")));
    assertThat(plan).containsExactly(new Run((2 * 30 + 6) * 4, 2 * 6 * 4));
  }

  @Test
  void planOfManyRunsIsSmall() {
    var type = new TensorType(ElementType.FLOAT32, List.of(1L << 40, 1L << 10));

    SlicePlan plan =
        SlicePlan.of(type, List.of(new SliceRange(0, 1L << 40, true), new SliceRange(7, 8, false)));

    assertThat(plan.runs()).isEqualTo(1L << 40);
    assertThat(plan.iterator().next()).isEqualTo(new Run(28, 4));
  }

  @Test
  void rangesOutsideAreRefused() {
    var type = new TensorType(ElementType.UINT8, List.of(3L));

    assertThatThrownBy(() -> SlicePlan.of(type, List.of(new SliceRange(1, 4, true))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("range 1:4 is not inside dimension 0, which is 3 long");
    var one = new SliceRange(0, 1, true);
    assertThatThrownBy(() -> SlicePlan.of(type, List.of(one, one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there are 2 ranges for 1 dimensions");
  }
}
