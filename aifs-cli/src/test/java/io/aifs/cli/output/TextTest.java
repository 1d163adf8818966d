package io.aifs.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.terminal.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "102400, 100 KiB",
    "1048575, 1.0 MiB",
    "1048576, 1.0 MiB",
    "5368709120, 5.0 GiB",
    "9223372036854775807, 8.0 EiB",
  })
  void bytesAreShort(long count, String expected) {
    assertThat(Sizes.bytes(count)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.0 s", "1234, 1.2 s", "59999, 59 s", "185000, 3m05s", "7620000, 2h07m"})
  void durationsAreShort(long millis, String expected) {
    assertThat(Sizes.duration(Duration.ofMillis(millis))).isEqualTo(expected);
  }

  @Test
  void countsHaveTheirNouns() {
    assertThat(Sizes.count(1, "file")).isEqualTo("1 file");
    assertThat(Sizes.count(2_000, "directory")).isEqualTo("2,000 directories");
    assertThat(Sizes.share(1, 4)).isEqualTo("25 %");
    assertThat(Sizes.share(1, 3)).isEqualTo("33.3 %");
    assertThat(Sizes.share(0, 0)).isEqualTo("100 %");
  }

  @Test
  void nothingPrintedMovesTheCursor() {
    assertThat(Printable.of("plain ü 文 😀")).isEqualTo("plain ü 文 😀");
    assertThat(Printable.of("a\nb\r\t\u001b[31m\u0085")).isEqualTo("a\\nb\\r\\t\\x1b[31m\\x85");
    assertThat(Printable.of("x\u202egnp.exe")).isEqualTo("x\\u{202e}gnp.exe");
    assertThat(Printable.of("\ud800")).isEqualTo("\\u{d800}");
  }

  private static String written(OutputMode mode, boolean summary) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output output = new Output(mode, bytes);
    try (Rows rows = output.rows("things")) {
      rows.add("line", Fields.of("a", 1).with("b", Optional.empty()));
      rows.add("", Fields.of("c", List.of("x", Map.of("d", true))));
      if (summary) {
        rows.summary("end", Fields.of("count", 2L));
      }
    }
    output.flush();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void rowsLookDifferentInEachMode() throws IOException {
    assertThat(written(OutputMode.TABLE, true)).isEqualTo("line\nend\n");
    assertThat(written(OutputMode.JSONL, true))
        .isEqualTo(
            "{\"a\":1,\"b\":null}\n{\"c\":[\"x\",{\"d\":true}]}\n{\"summary\":{\"count\":2}}\n");
    assertThat(written(OutputMode.JSON, true).replaceAll("\\s", ""))
        .isEqualTo("{\"things\":[{\"a\":1,\"b\":null},{\"c\":[\"x\",{\"d\":true}]}],\"count\":2}");
    assertThat(written(OutputMode.JSON, false).replaceAll("\\s", "")).endsWith("]}");
  }

  @Test
  void textOfPathsAndControlCharactersIsExactInJson() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Output output = new Output(OutputMode.JSONL, bytes);
    output.object(Fields.of("path", Path.of("/a/b")).with("name", "x\ny"));
    output.line("not in this mode");
    output.flush();
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("{\"path\":\"/a/b\",\"name\":\"x\\ny\"}\n");
  }

  @Test
  void tablesAreAligned() {
    Table table = Table.headed("A", "B", "C").row("long", "ü", "x").row("1", "22");
    assertThat(table.lines()).containsExactly("A     B   C", "long  ü   x", "1     22");
  }
}
