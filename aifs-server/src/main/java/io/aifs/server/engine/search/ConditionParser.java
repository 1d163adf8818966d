package io.aifs.server.engine.search;

import io.aifs.core.Limits;
import io.aifs.vector.Condition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads conditions as {@code docs/format/filter.md} describes them. */
public final class ConditionParser {
  private static final String NOT = "not";
  private static final String HAS = "has";
  private static final String IN = "in";

  private final ConditionText text;

  private ConditionParser(ConditionText text) {
    this.text = text;
  }

  /**
   * Reads one condition.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest saying what is wrong where
   */
  public static Condition parse(String text) {
    ConditionText input = new ConditionText(text);
    if (text.getBytes(StandardCharsets.UTF_8).length > Limits.SEARCH_CONDITION_BYTES_MAX) {
      throw input.wrong(
          0, "it is over " + Limits.SEARCH_CONDITION_BYTES_MAX + " bytes, which is the limit");
    }
    return new ConditionParser(input).whole();
  }

  /**
   * Reads conditions that all must hold.
   *
   * @return empty if there are none
   * @throws io.aifs.core.AifsException.InvalidRequest saying what is wrong where
   */
  public static Optional<Condition> parseAll(List<String> texts) {
    return all(texts.stream().map(ConditionParser::parse).toList());
  }

  /** The condition that all of these hold; empty if there are none. */
  static Optional<Condition> all(List<Condition> conditions) {
    return switch (conditions.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(conditions.getFirst());
      default -> Optional.of(new Condition.All(conditions));
    };
  }

  private Condition whole() {
    boolean holds = true;
    while (keyword(NOT)) { // no recursion: there may be thousands
      holds = !holds;
    }
    Condition condition = keyword(HAS) ? has() : comparison();
    text.requireEnd();
    return holds ? condition : new Condition.Not(condition);
  }

  /** Goes past a word that is no key: behind it is a space, and then no operator. */
  private boolean keyword(String word) {
    text.skipSpaces();
    int start = text.at();
    if (!text.skipWord(word) || !text.skipSpaces()) {
      text.back(start);
      return false;
    }
    boolean isKey = text.operator().isPresent();
    if (isKey) {
      text.back(start);
    }
    return !isKey;
  }

  private Condition has() {
    ConditionText.Word key = key();
    if (key.isField()) {
      throw text.wrong(key.at(), "'has' asks for metadata, and " + key.text() + " is none");
    }
    return new Condition.Has(key.text());
  }

  private Condition comparison() {
    ConditionText.Word key = key();
    Optional<ConditionField> field =
        key.isField() ? Optional.of(ConditionField.of(key, text)) : Optional.empty();
    boolean spaced = text.skipSpaces();
    int start = text.at();
    if (spaced && text.skipWord(IN)) {
      Set<ConditionText.Word> values = values();
      return field.isPresent()
          ? field.get().in(values, start, text)
          : MetadataConditions.in(key.text(), values);
    }
    Comparison comparison =
        text.operator()
            .orElseThrow(
                () ->
                    text.wrong(
                        start,
                        "after the key comes one of = != >= > <= <, or 'in' and values in"
                            + " parentheses"));
    ConditionText.Word value = text.value(false);
    return field.isPresent()
        ? field.get().compare(comparison, value, text)
        : MetadataConditions.compare(key.text(), comparison, value.text());
  }

  private ConditionText.Word key() {
    text.skipSpaces();
    return text.key();
  }

  private Set<ConditionText.Word> values() {
    Set<ConditionText.Word> values = new LinkedHashSet<>();
    text.skipSpaces();
    text.require('(');
    boolean more = true;
    while (more) {
      values.add(text.value(true));
      text.skipSpaces();
      more = text.skip(',');
    }
    text.require(')');
    return values;
  }

  /** As texts, in order. */
  static List<String> texts(Set<ConditionText.Word> words) {
    List<String> texts = new ArrayList<>();
    words.forEach(word -> texts.add(word.text()));
    return texts;
  }
}
