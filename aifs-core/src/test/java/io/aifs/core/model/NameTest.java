package io.aifs.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "main",
        "v1.2.3",
        "a_b-c.d",
        "deadbeef",
        "snapshot",
        "snap1",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "123456789012345678901234567890123456789012345678901234567890123"
      })
  void wellFormedNameIsKept(String value) {
    assertThat(new Name(value)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A",
        "-a",
        ".a",
        "_a",
        "a b",
        "a/b",
        "a:b",
        "a~1",
        "a@b",
        "ä",
        "a\n",
        "a\0",
        "snap",
        "0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "1234567890123456789012345678901234567890123456789012345678901234"
      })
  void malformedNameIsRefused(String value) {
    assertThatThrownBy(() -> new Name(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("name ");
  }
}
