package io.aifs.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a/b",
        "...",
        "a/.b",
        ".../c",
        "a b",
        " ",
        "a\\b",
        "a:b",
        "%2e%2e",
        "?",
        "#",
        "e\u0301",
        "\u00e9",
        "日本語/ファイル",
        "\ud83d\ude00",
        "a\nb",
        "-rf",
        "~",
        "CON"
      })
  void wellFormedPathIsKeptAsItIs(String value) {
    assertThat(new TreePath(value).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/..",
        "../a",
        "a/../b",
        "a/./b",
        "./a",
        "a\0b",
        "\ud83d",
        "\ude00",
        "a\ud83db",
        "\ude00\ud83d"
      })
  void malformedPathIsRefused(String value) {
    assertThatThrownBy(() -> new TreePath(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("path ");
  }

  @Test
  void lengthsAreCountedInUtf8Bytes() {
    String segment = "é".repeat(127) + "e";
    assertThat(new TreePath(segment).name()).isEqualTo(segment);
    assertThatThrownBy(() -> new TreePath("é".repeat(128)))
        .hasMessageContaining("segment over 255 bytes");
    assertThat(new TreePath("a/".repeat(2_047) + "aa").toUtf8()).hasSize(4_096);
    assertThatThrownBy(() -> new TreePath("a/".repeat(2_048) + "a"))
        .hasMessage("path is over 4096 bytes");
    assertThatThrownBy(() -> new TreePath((segment + "/").repeat(17) + "a"))
        .hasMessage("path is over 4096 bytes");
  }

  @Test
  void messageHoldsNoControlCharacters() {
    assertThatThrownBy(() -> new TreePath("\u001b[2J/../x"))
        .hasMessage("path has a '..' segment: ?[2J/../x");
  }

  @Test
  void partsOfAPath() {
    TreePath path = new TreePath("a/b/c");
    assertThat(path.name()).isEqualTo("c");
    assertThat(path.parent()).isEqualTo(new TreePath("a/b"));
    assertThat(new TreePath("a").parent()).isEqualTo(TreePath.ROOT);
    assertThat(TreePath.ROOT.parent()).isEqualTo(TreePath.ROOT);
    assertThat(TreePath.ROOT.isRoot()).isTrue();
    assertThat(TreePath.ROOT.resolve("a")).isEqualTo(new TreePath("a"));
    assertThat(path.resolve("d/e")).isEqualTo(new TreePath("a/b/c/d/e"));
    assertThat(path.resolve("")).isEqualTo(path);
  }

  @Test
  void directoryContainsWhatLiesBelowAndNotItsNamesakes() {
    TreePath directory = new TreePath("a/b");
    assertThat(directory.contains(directory)).isTrue();
    assertThat(directory.contains(new TreePath("a/b/c"))).isTrue();
    assertThat(directory.contains(new TreePath("a/bc"))).isFalse();
    assertThat(directory.contains(new TreePath("a"))).isFalse();
    assertThat(TreePath.ROOT.contains(directory)).isTrue();
  }

  @Test
  void orderIsThatOfUtf8Bytes() {
    SeededTest.run(
        500,
        random -> {
          TreePath left = randomPath(random);
          TreePath right = randomPath(random);
          int expected = Arrays.compareUnsigned(left.toUtf8(), right.toUtf8());
          assertThat(Integer.signum(left.compareTo(right))).isEqualTo(Integer.signum(expected));
        });
  }

  private static TreePath randomPath(SplittableRandom random) {
    int[] letters = {'a', 'b', 0x7f, 0x80, 0x7ff, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return new TreePath(text.toString());
  }
}
