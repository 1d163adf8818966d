package io.aifs.server.engine.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.server.engine.Instants;
import io.aifs.vector.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter language; its page has the same examples. */
class ConditionParserTest {
  private static final Facts ASSET =
      new Facts(
          AssetKind.TENSOR.code(),
          1_000,
          Instants.toMicros(Instant.parse("2026-11-26T08:30:00.5Z")),
          Map.of(
              "lang", "en",
              "year", "2020",
              "ratio", "-1.5e1",
              "day", "2026-03-01",
              "title", "two words",
              "empty", "",
              "@odd", "a\"b\\c",
              "not", "x",
              "naïve key", "é",
              "url", "http://a/b?c=d,e"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lang=en",
        "  lang = en  ",
        "lang=\"en\"",
        "\"lang\"=\"en\"",
        "lang!=de",
        "missing!=de",
        "lang in (de, en)",
        "lang in(\"de\",en)",
        "has lang",
        "has \"naïve key\"",
        "\"naïve key\" = é",
        "not has missing",
        "not not has lang",
        "not lang=de",
        "not missing in (a)",
        "year>=2020",
        "year>=02020.0",
        "year<=2.02e3",
        "year>999",
        "year<10000",
        "ratio<-14",
        "ratio>=-15",
        "day>=2026-02",
        "day<2026-03-02",
        "day<=2026-03-01",
        "day>2026",
        "lang>=e",
        "lang<f",
        "title=\"two words\"",
        "empty=\"\"",
        "empty in (\"\")",
        "empty<a",
        "url=http://a/b?c=d,e",
        "\"@odd\"=\"a\\\"b\\\\c\"",
        "not=x",
        "not = x",
        "has \"not\"",
        "has not",
        "@kind=TENSOR",
        "@kind=tensor",
        "@kind!=BLOB",
        "@kind in (BLOB, TENSOR)",
        "@size=1000",
        "@size!=1001",
        "@size>=1000",
        "@size>999",
        "@size<=1000",
        "@size<1001",
        "@created=2026-11-26",
        "@created>=2026-11-26",
        "@created<=2026-11-26",
        "@created>2026-11-25",
        "@created<2026-11-27",
        "@created!=2026-11-25",
        "@created=2026-11-26T08:30:00.5Z",
        "@created>2026-11-26T08:30:00Z",
        "@created<2026-11-26T10:00:00+01:00",
      })
  void holds(String text) {
    assertThat(ConditionParser.parse(text).matches(ASSET)).isTrue();
    assertThat(ConditionParser.parse("not " + text).matches(ASSET)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lang=EN",
        "lang=de",
        "missing=de",
        "missing>=a",
        "missing<9",
        "lang!=en",
        "lang in (de, fr)",
        "has missing",
        "year=2020.0",
        "year>2020",
        "year<2020",
        "ratio>-14",
        "day<2026-03-01",
        "day>2026-03-01",
        "lang<5",
        "@kind=BLOB",
        "@kind in (BLOB)",
        "@size<1000",
        "@size>1000",
        "@created<2026-11-26",
        "@created>2026-11-26",
        "@created>2026-11-26T08:30:00.5Z",
      })
  void doesNotHold(String text) {
    assertThat(ConditionParser.parse(text).matches(ASSET)).isFalse();
  }

  /** Text, the character that is named, and what is said of it. */
  static List<List<Object>> wrong() {
    return List.of(
        List.of("", 1, "a key is missing"),
        List.of("   ", 4, "a key is missing"),
        List.of("=en", 1, "a key cannot begin here"),
        List.of("lang", 5, "after the key comes one of"),
        List.of("lang en", 6, "after the key comes one of"),
        List.of("lang ~ en", 6, "after the key comes one of"),
        List.of("lang=", 6, "a value is missing"),
        List.of("lang=  ", 8, "a value is missing"),
        List.of("lang=\"en", 6, "the quote that begins here does not end"),
        List.of("\"lang=en", 1, "the quote that begins here does not end"),
        List.of("lang=e\"n", 7, "a quote is inside of a value"),
        List.of("lang=\"a\\n\"", 8, "after a backslash comes"),
        List.of("lang=\"a\\", 8, "after a backslash comes"),
        List.of("lang=en de", 9, "something follows"),
        List.of("lang=\"en\"x", 10, "something follows"),
        List.of("lang in", 8, "a '(' is missing"),
        List.of("lang in ()", 10, "a value is missing"),
        List.of("lang in (a", 11, "a ')' is missing"),
        List.of("lang in (a,", 12, "a value is missing"),
        List.of("lang in (a b)", 12, "a ')' is missing"),
        List.of("lang in (a) b", 13, "something follows"),
        List.of("has", 4, "after the key comes one of"),
        List.of("has ", 5, "a key is missing"),
        List.of("has @kind", 5, "'has' asks for metadata"),
        List.of("has lang=en", 9, "something follows"),
        List.of("not ", 5, "a key is missing"),
        List.of("@knd=BLOB", 1, "there are @kind, @size and @created"),
        List.of("@=BLOB", 1, "there are @kind, @size and @created"),
        List.of("@Kind=BLOB", 1, "there are @kind, @size and @created"),
        List.of("@kind=PICTURE", 7, "that is no kind"),
        List.of("@kind in (BLOB, x)", 17, "that is no kind"),
        List.of("@kind>BLOB", 7, "kinds have no order"),
        List.of("@size=big", 7, "that is no size"),
        List.of("@size>-1", 7, "that is no size"),
        List.of("@size>1.5", 7, "that is no size"),
        List.of("@size>1234567890123456789", 7, "that is no size"),
        List.of("@size in (1, 2)", 7, "'in' is for metadata"),
        List.of("@created>yesterday", 10, "that is no time"),
        List.of("@created>2026-13-01", 10, "that is no time"),
        List.of("@created>2026-11-26T08:00:00", 10, "that is no time"),
        List.of("@created>+999999999-01-01T00:00:00Z", 10, "that is no time"),
        List.of("@created in (2026-11-26)", 10, "'in' is for metadata"),
        List.of("é😀=", 4, "a value is missing"));
  }

  @Test
  void wrongTextIsRefusedWhereItIsWrong() {
    for (List<Object> row : wrong()) {
      assertThatThrownBy(() -> ConditionParser.parse((String) row.get(0)))
          .as("%s", row.get(0))
          .asInstanceOf(InstanceOfAssertFactories.type(AifsException.InvalidRequest.class))
          .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.FILTER_INVALID))
          .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("where"))
          .satisfies(refusal -> assertThat(refusal.hint()).isNotEmpty())
          .satisfies(
              refusal ->
                  assertThat(refusal)
                      .hasMessageContaining("at character " + row.get(1) + ": ")
                      .hasMessageContaining((String) row.get(2)));
    }
  }

  @Test
  void aConditionIsOnlySoLong() {
    String fits = "k=" + "x".repeat(Limits.SEARCH_CONDITION_BYTES_MAX - 2);
    assertThat(ConditionParser.parse(fits).matches(ASSET)).isFalse();
    assertThatThrownBy(() -> ConditionParser.parse(fits + "x"))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining(Limits.SEARCH_CONDITION_BYTES_MAX + " bytes");
  }

  @Test
  void manyNegationsTakeNoStack() {
    String text = "not ".repeat(4_000);
    assertThat(ConditionParser.parse(text + "has lang").matches(ASSET)).isTrue();
    assertThat(ConditionParser.parse("not " + text + "has lang").matches(ASSET)).isFalse();
  }

  @Test
  void allConditionsMustHold() {
    assertThat(ConditionParser.parseAll(List.of())).isEmpty();
    assertThat(ConditionParser.parseAll(List.of("lang=en")).orElseThrow().matches(ASSET)).isTrue();
    assertThat(
            ConditionParser.parseAll(List.of("lang=en", "year>2019")).orElseThrow().matches(ASSET))
        .isTrue();
    assertThat(
            ConditionParser.parseAll(List.of("lang=en", "year>2020")).orElseThrow().matches(ASSET))
        .isFalse();
  }
}
