package io.aifs.server.engine.policy;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions of policies, in Java's syntax: found anywhere in a value, in bounded time.
 */
final class Patterns implements RegularExpressionFactory {
  private static final int CHARACTERS_MAX = 1_024;

  /** What counted repetitions inside each other may come to: empty ones look at no character. */
  private static final long REPETITIONS_MAX = 100_000;

  private static final Pattern COUNTS = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  /** Beyond, what is done between two looks at characters is too much. */
  private static final double WORK_MAX = 10_000;

  /** What is done between two looks counts as a step for each so many nodes of the expression. */
  private static final double WORK_PER_STEP = 256;

  @Override
  public RegularExpression getRegularExpression(String regex) {
    Pattern pattern = Pattern.compile(regex);
    PatternWork work = work(regex);
    return value -> found(pattern, work, value);
  }

  /** An expression that {@link #requireValid} refuses, in a schema of the library, costs all. */
  private static PatternWork work(String regex) {
    try {
      return PatternReader.read(regex);
    } catch (PatternReader.UnclearException _) {
      return PatternWork.UNKNOWN;
    }
  }

  private static boolean found(Pattern pattern, PatternWork work, String value) {
    Steps steps = Steps.CURRENT.isBound() ? Steps.CURRENT.get() : new Steps();
    steps.take((long) (work.work() * (value.length() + 1) / WORK_PER_STEP)); // from each place
    long weight = (long) Math.ceil(work.most() / WORK_PER_STEP);
    try {
      return pattern.matcher(new Steps.Counted(value, steps, weight)).find();
    } catch (StackOverflowError _) {
      throw new Steps.UsedUpException(); // each turn of a group is a frame
    }
  }

  /**
   * @throws PolicyInvalidException if {@code regex} is no expression, or asks for too much
   */
  static void requireValid(String pointer, String regex) throws PolicyInvalidException {
    if (regex.length() > CHARACTERS_MAX) {
      throw new PolicyInvalidException(
          pointer, "has a pattern of over " + CHARACTERS_MAX + " characters");
    }
    try {
      Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new PolicyInvalidException(
          pointer, "has a pattern that is no regular expression: " + e.getDescription());
    } catch (StackOverflowError _) {
      throw new PolicyInvalidException(pointer, "has a pattern that nests too deeply");
    }
    requireCheap(pointer, regex);
    long repetitions = 1;
    Matcher counts = COUNTS.matcher(regex);
    while (counts.find()) {
      String most =
          counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
      repetitions *= Math.max(1, Long.parseLong(most));
      if (repetitions > REPETITIONS_MAX) {
        throw new PolicyInvalidException(
            pointer, "has a pattern whose counts come to over " + REPETITIONS_MAX);
      }
    }
  }

  private static void requireCheap(String pointer, String regex) throws PolicyInvalidException {
    try {
      if (PatternReader.read(regex).most() > WORK_MAX) {
        throw new PolicyInvalidException(
            pointer, "has a pattern with too many ways to match nothing, one behind the other");
      }
    } catch (PatternReader.UnclearException e) {
      throw new PolicyInvalidException(
          pointer, "has a pattern that policies may not have: " + e.getMessage());
    }
  }
}
