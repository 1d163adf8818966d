package io.aifs.server.engine.policy;

import java.io.Serial;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a regular expression that {@link Pattern} has read already, to find out what it may cost.
 * Forms in which {@code Pattern} would read something else than what stands there are refused.
 */
final class PatternReader {
  private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?\\}");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?([a-zA-Z]*)(-[a-zA-Z]*)?([:)])");
  private static final Pattern NAMED = Pattern.compile("\\(\\?<[a-zA-Z][a-zA-Z0-9]*>");

  /** What stands for a character by name or number, the braces with it. */
  private static final Pattern BRACED = Pattern.compile("\\\\[xpPN]\\{[^}]*\\}");

  private static final Pattern BACK = Pattern.compile("\\\\(?:[1-9][0-9]*|k<[^>]*>)");
  private static final Pattern BORDER = Pattern.compile("\\\\(?:b\\{g\\}|[bBAGZz])");

  private static final String QUOTE = "\\Q; write a backslash before each character instead";

  private final String regex;
  private int at;

  private PatternReader(String regex) {
    this.regex = regex;
  }

  /** An expression whose cost cannot be told. */
  static final class UnclearException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    UnclearException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * @param regex that {@link Pattern#compile(String)} reads
   * @throws UnclearException saying what is not read
   */
  static PatternWork read(String regex) throws UnclearException {
    PatternReader reader = new PatternReader(regex);
    PatternWork all = reader.alternatives();
    if (reader.at < regex.length()) {
      throw new UnclearException("a ')' that closes nothing");
    }
    return all;
  }

  private PatternWork alternatives() throws UnclearException {
    PatternWork all = sequence();
    while (next('|')) {
      all = all.or(sequence());
    }
    return all;
  }

  private PatternWork sequence() throws UnclearException {
    PatternWork all = PatternWork.NOTHING;
    while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
      all = all.then(counted(atom()));
    }
    return all;
  }

  private PatternWork counted(PatternWork atom) {
    PatternWork all = atom;
    Matcher count = COUNT.matcher(regex).region(at, regex.length());
    if (next('?')) {
      all = atom.repeated(0, 1);
    } else if (next('*')) {
      all = atom.repeated(0, Integer.MAX_VALUE);
    } else if (next('+')) {
      all = atom.repeated(1, Integer.MAX_VALUE);
    } else if (count.lookingAt()) {
      at = count.end();
      double least = Double.parseDouble(count.group(1));
      all = atom.repeated(least, greatest(count, least));
    } else {
      return atom;
    }
    return next('+') ? all.alone() : skip('?', all);
  }

  private static double greatest(Matcher count, double least) {
    if (count.group(2) == null) {
      return least;
    }
    return count.group(3).isEmpty() ? Integer.MAX_VALUE : Double.parseDouble(count.group(3));
  }

  private PatternWork skip(char mark, PatternWork work) {
    boolean _ = next(mark);
    return work;
  }

  private PatternWork atom() throws UnclearException {
    return switch (regex.charAt(at)) {
      case '(' -> group();
      case '[' -> {
        characters();
        yield PatternWork.LOOK;
      }
      case '\\' -> escaped();
      case '^', '$' -> {
        at++;
        yield PatternWork.PLACE;
      }
      default -> {
        at += Character.charCount(regex.codePointAt(at));
        yield PatternWork.LOOK;
      }
    };
  }

  private PatternWork group() throws UnclearException {
    if (!regex.startsWith("(?", at)) {
      at++;
      return closed();
    }
    if (next("(?=") || next("(?!")) {
      return closed().ahead();
    }
    if (next("(?<=") || next("(?<!")) {
      return closed().behind();
    }
    if (next("(?>")) {
      return closed().alone();
    }
    if (skip(NAMED)) {
      return closed();
    }
    Matcher flags = FLAGS.matcher(regex).region(at, regex.length());
    if (!flags.lookingAt() || flags.group(1).contains("x")) {
      throw new UnclearException("a group of a kind that policies may not have, such as (?x)");
    }
    at = flags.end();
    return flags.group(3).equals(")") ? PatternWork.NOTHING : closed();
  }

  private PatternWork closed() throws UnclearException {
    PatternWork inside = alternatives();
    if (!next(')')) {
      throw new UnclearException("a '(' that nothing closes");
    }
    return inside;
  }

  private PatternWork escaped() throws UnclearException {
    if (skip(BACK)) {
      return PatternWork.REFERENCE;
    }
    if (skip(BORDER)) {
      return PatternWork.PLACE;
    }
    if (next("\\Q")) {
      throw new UnclearException(QUOTE);
    }
    if (!skip(BRACED)) {
      at = Math.min(regex.length(), at + (regex.startsWith("\\c", at) ? 3 : 2));
    }
    return PatternWork.LOOK;
  }

  /** Goes past a class of characters, which may have others inside. */
  private void characters() throws UnclearException {
    int depth = 0;
    do {
      if (at >= regex.length()) {
        throw new UnclearException("a '[' that nothing closes");
      }
      if (next('[')) {
        depth++;
        boolean _ = next('^');
        if (regex.startsWith("]", at)) {
          throw new UnclearException("a ']' right behind '['; write \\]");
        }
      } else if (next(']')) {
        depth--;
      } else if (next("\\Q")) {
        throw new UnclearException(QUOTE);
      } else {
        at += regex.startsWith("\\c", at) ? 3 : regex.startsWith("\\", at) ? 2 : 1;
      }
    } while (depth > 0);
  }

  private boolean skip(Pattern form) {
    Matcher matcher = form.matcher(regex).region(at, regex.length());
    boolean found = matcher.lookingAt();
    at = found ? matcher.end() : at;
    return found;
  }

  private boolean next(String text) {
    boolean found = regex.startsWith(text, at);
    at += found ? text.length() : 0;
    return found;
  }

  private boolean next(char mark) {
    return next(String.valueOf(mark));
  }
}
