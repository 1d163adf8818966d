package io.aifs.vector;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a search asks of the assets that it may find. {@link #matches} is what counts; an index
 * answers the same from what it holds.
 */
public sealed interface Condition {
  boolean matches(Facts facts);

  /** All of them hold. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }

    @Override
    public boolean matches(Facts facts) {
      return conditions.stream().allMatch(one -> one.matches(facts));
    }
  }

  /** It does not hold. */
  record Not(Condition condition) implements Condition {
    public Not {
      requireNonNull(condition, "condition is null");
    }

    @Override
    public boolean matches(Facts facts) {
      return !condition.matches(facts);
    }
  }

  /** The kind is one of these. */
  record KindIn(Set<Integer> kinds) implements Condition {
    public KindIn {
      kinds = Set.copyOf(kinds);
    }

    @Override
    public boolean matches(Facts facts) {
      return kinds.contains(facts.kind());
    }
  }

  /** The size of the content is in a range, both ends in it. */
  record SizeBetween(long least, long most) implements Condition {
    @Override
    public boolean matches(Facts facts) {
      return least <= facts.bytes() && facts.bytes() <= most;
    }
  }

  /** It became visible in a span of time, both ends in it, in microseconds since 1970 UTC. */
  record CreatedBetween(long firstMicros, long lastMicros) implements Condition {
    @Override
    public boolean matches(Facts facts) {
      return firstMicros <= facts.createdMicros() && facts.createdMicros() <= lastMicros;
    }
  }

  /** Metadata has the key. */
  record Has(String key) implements Condition {
    public Has {
      requireNonNull(key, "key is null");
    }

    @Override
    public boolean matches(Facts facts) {
      return facts.metadata().containsKey(key);
    }
  }

  /** Metadata has the key with one of these values. */
  record ValueIn(String key, Set<String> values) implements Condition {
    public ValueIn {
      requireNonNull(key, "key is null");
      values = Set.copyOf(values);
    }

    @Override
    public boolean matches(Facts facts) {
      String value = facts.metadata().get(key);
      return value != null && values.contains(value);
    }
  }

  /**
   * Metadata has the key with a value that is a number in a range, both ends in it. What is a
   * number says {@link Numbers}.
   */
  record NumberBetween(String key, double least, double most) implements Condition {
    public NumberBetween {
      requireNonNull(key, "key is null");
      if (Double.isNaN(least) || Double.isNaN(most)) {
        throw new IllegalArgumentException("an end of the range is no number");
      }
    }

    @Override
    public boolean matches(Facts facts) {
      return Optional.ofNullable(facts.metadata().get(key))
          .map(Numbers::parse)
          .filter(value -> value.isPresent())
          .filter(value -> least <= value.getAsDouble() && value.getAsDouble() <= most)
          .isPresent();
    }
  }

  /**
   * Metadata has the key with a value in a range of text, in the order of UTF-8 bytes.
   *
   * @param least the first that is in it; empty for no bound
   * @param end the first that is not; empty for no bound
   */
  record TextBetween(String key, Optional<String> least, Optional<String> end)
      implements Condition {
    public TextBetween {
      requireNonNull(key, "key is null");
      Objects.requireNonNull(least, "least is null");
      Objects.requireNonNull(end, "end is null");
    }

    @Override
    public boolean matches(Facts facts) {
      String value = facts.metadata().get(key);
      return value != null && holds(value);
    }

    /** Whether a value is in the range. */
    boolean holds(String value) {
      return least.filter(bound -> Numbers.compareUtf8(value, bound) < 0).isEmpty()
          && end.filter(bound -> Numbers.compareUtf8(value, bound) >= 0).isEmpty();
    }
  }
}
