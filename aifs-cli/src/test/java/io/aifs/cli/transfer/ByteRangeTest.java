package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "0-0, 10, 0, 1",
    "0-99, 10, 0, 10",
    "3-5, 10, 3, 3",
    "10-, 10, 10, 0",
    "4-, 10, 4, 6",
    "-3, 10, 7, 3",
    "-99, 10, 0, 10",
    "0-, 0, 0, 0",
    "-5, 0, 0, 0",
  })
  void meansAPartOfTheContent(String text, long size, long offset, long length) {
    assertThat(ByteRange.parse(text).of(size)).isEqualTo(new ByteRange.Slice(offset, length));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "5", "5-3", "a-b", "1-2-3", " 1-2", "1 - 2", "--5", "0x1-2"})
  void refusesWhatIsNoRange(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> ByteRange.parse(text));
  }

  @Test
  void refusesToBeginBehindTheEnd() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ByteRange.parse("11-").of(10))
        .withMessageContaining("10");
  }
}
