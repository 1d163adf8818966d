package io.aifs.cli.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {
  @ParameterizedTest(name = "{0} on {1} (directory: {2}) ignores: {3}")
  @CsvSource({
    "*.tmp, a.tmp, false, true",
    "*.tmp, d/e/a.tmp, false, true",
    "*.tmp, a.tmpx, false, false",
    "/a, a, false, true",
    "/a, d/a, false, false",
    "d/a, d/a, false, true",
    "d/a, x/d/a, false, false",
    "**/d/a, x/y/d/a, false, true",
    "**/d/a, d/a, false, true",
    "d/**, d/x/y, false, true",
    "d/**, d, true, false",
    "a/**/b, a/b, false, true",
    "a/**/b, a/x/y/b, false, true",
    "a/**/b, ax/b, false, false",
    "build/, build, true, true",
    "build/, build, false, false",
    "build/, x/build, true, true",
    "a?c, abc, false, true",
    "a?c, a/c, false, false",
    "[a-c]x, bx, false, true",
    "[!a-c]x, bx, false, false",
    "[!a-c]x, dx, false, true",
    "[^a-c]x, dx, false, true",
    "[]]x, ]x, false, true",
    "'[a', '[a', false, true",
    "\\#x, #x, false, true",
    "\\!x, !x, false, true",
    "\\*, *, false, true",
    "\\*, a, false, false",
    "a**b, axxb, false, true",
    "a**b, a/b, false, false",
    "ü*, üö, false, true",
    "😀?, 😀😀, false, true",
    "'x  ', x, false, true",
    "#c, #c, false, false",
    "a.b, axb, false, false",
    "a+(b), a+(b), false, true",
    "/, x, true, false",
  })
  void readsPatternsAsGitDoes(String pattern, String path, boolean directory, boolean ignored) {
    assertThat(IgnoreRules.of(List.of(pattern)).ignores(path, directory)).isEqualTo(ignored);
  }

  @Test
  void theLaterLineGoesFirst() {
    IgnoreRules rules = IgnoreRules.of(List.of()).with("", List.of("*.log", "!keep.log"));
    assertThat(rules.ignores("a.log", false)).isTrue();
    assertThat(rules.ignores("keep.log", false)).isFalse();
    IgnoreRules reversed = IgnoreRules.of(List.of()).with("", List.of("!keep.log", "*.log"));
    assertThat(reversed.ignores("keep.log", false)).isTrue();
  }

  @Test
  void theNearerFileGoesFirst() {
    IgnoreRules rules =
        IgnoreRules.of(List.of()).with("", List.of("*.log")).with("d", List.of("!*.log", "/top"));
    assertThat(rules.ignores("d/a.log", false)).isFalse();
    assertThat(rules.ignores("d/e/a.log", false)).isFalse();
    assertThat(rules.ignores("d/top", false)).isTrue();
    assertThat(rules.ignores("d/e/top", false)).isFalse();
  }

  @Test
  void theCommandLineGoesBeforeAllFiles() {
    IgnoreRules rules =
        IgnoreRules.of(List.of("*.tmp", "!keep.log")).with("", List.of("!*.tmp", "keep.log"));
    assertThat(rules.ignores("a.tmp", false)).isTrue();
    assertThat(rules.ignores("keep.log", false)).isFalse();
  }

  @Test
  void linesOfWindowsFilesAndBlankOnesAreRead() {
    IgnoreRules rules = IgnoreRules.of(List.of("a\r", "", "   ", "b\\ "));
    assertThat(rules.ignores("a", false)).isTrue();
    assertThat(rules.ignores("b ", false)).isTrue();
    assertThat(rules.ignores("", false)).isFalse();
  }
}
