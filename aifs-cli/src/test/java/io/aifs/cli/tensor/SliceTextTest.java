package io.aifs.cli.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.schemas.tensor.SliceRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceTextTest {
  private static final List<Long> SHAPE = List.of(20L, 5L, 7L, 9L);

  private static List<SliceRange> ranges(String text) {
    return SliceText.parse(text).of(SHAPE);
  }

  private static SliceRange range(long start, long end) {
    return new SliceRange(start, end, true);
  }

  @Test
  void readsWhatNumpyWrites() {
    assertThat(ranges("0:10,3,:,-5:"))
        .containsExactly(range(0, 10), new SliceRange(3, 4, false), range(0, 7), range(4, 9));
    assertThat(ranges(":")).containsExactly(range(0, 20));
    assertThat(ranges(" -1 , :-2")).containsExactly(new SliceRange(19, 20, false), range(0, 3));
    assertThat(ranges("5:5")).containsExactly(range(5, 5));
    assertThat(ranges("20:")).containsExactly(range(20, 20));
    assertThat(ranges("-20:-19")).containsExactly(range(0, 1));
  }

  @Test
  void refusesWhatIsOutside() {
    for (String text : List.of("0:21", "20", "-21", "-21:", "5:4", ":,:,:,:,:", "0,5")) {
      assertThatThrownBy(() -> ranges(text)).as(text).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> ranges(":,6:"))
        .hasMessage("'6:' is outside dimension 1, which has 5 places");
  }

  @Test
  void refusesWhatIsNoSlice() {
    for (String text : List.of("", ",", "1,", "a", "1:2:3", "...", "+1", "--1", "1.5", "1 2")) {
      assertThatThrownBy(() -> SliceText.parse(text))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> SliceText.parse(":,".repeat(64) + ":"))
        .hasMessageContaining("64 dimensions");
  }

  @Test
  void isWrittenAsItWasRead() {
    assertThat(SliceText.parse("0:10,3,:,-5:").parts())
        .map(Object::toString)
        .containsExactly("0:10", "3", ":", "-5:");
  }
}
