package io.aifs.server.engine.search;

import io.aifs.vector.Condition;
import io.aifs.vector.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Conditions on metadata. What is compared for order compares as numbers if both sides are, and
 * else as text; equality is that of text.
 */
final class MetadataConditions {
  private MetadataConditions() {}

  static Condition in(String key, Set<ConditionText.Word> values) {
    return new Condition.ValueIn(key, Set.copyOf(ConditionParser.texts(values)));
  }

  static Condition compare(String key, Comparison comparison, String value) {
    return switch (comparison) {
      case EQUAL -> equal(key, value);
      case DIFFERENT -> new Condition.Not(equal(key, value));
      case LEAST, ABOVE, MOST, BELOW -> ordered(key, comparison, value);
    };
  }

  static Condition equal(String key, String value) {
    return new Condition.ValueIn(key, Set.of(value));
  }

  private static Condition ordered(String key, Comparison comparison, String value) {
    Condition asText = text(key, comparison, value);
    OptionalDouble number = Numbers.parse(value);
    if (number.isEmpty()) {
      return asText;
    }
    Condition asNumber = number(key, comparison, number.getAsDouble());
    Condition isNumber =
        new Condition.NumberBetween(key, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    Condition otherwise = new Condition.All(List.of(asText, new Condition.Not(isNumber)));
    return new Condition.Not(
        new Condition.All(
            List.of(new Condition.Not(asNumber), new Condition.Not(otherwise)))); // one of the two
  }

  private static Condition number(String key, Comparison comparison, double value) {
    double least =
        switch (comparison) {
          case LEAST -> value;
          case ABOVE -> Math.nextUp(value);
          default -> Double.NEGATIVE_INFINITY;
        };
    double most =
        switch (comparison) {
          case MOST -> value;
          case BELOW -> Math.nextDown(value);
          default -> Double.POSITIVE_INFINITY;
        };
    return new Condition.NumberBetween(key, least, most);
  }

  private static Condition text(String key, Comparison comparison, String value) {
    String behind = value + '\0'; // the lowest text above it
    return switch (comparison) {
      case LEAST -> new Condition.TextBetween(key, Optional.of(value), Optional.empty());
      case ABOVE -> new Condition.TextBetween(key, Optional.of(behind), Optional.empty());
      case MOST -> new Condition.TextBetween(key, Optional.empty(), Optional.of(behind));
      default -> new Condition.TextBetween(key, Optional.empty(), Optional.of(value));
    };
  }
}
