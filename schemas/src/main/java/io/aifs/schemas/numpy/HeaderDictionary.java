package io.aifs.schemas.numpy;

import io.aifs.schemas.PayloadInvalidException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dictionary that an npy file begins with: three members, written as Python writes them.
 * For one thread.
 */
final class HeaderDictionary {
  /** More than NumPy has. */
  private static final int DIMENSIONS_MAX = 64;

  private final String text;
  private int at;
  private @Nullable String descr;
  private @Nullable Boolean fortranOrder;
  private @Nullable List<Long> shape;

  private HeaderDictionary(String text) {
    this.text = text;
  }

  /** What a header says, not yet looked at. */
  record Members(String descr, boolean fortranOrder, List<Long> shape) {}

  /**
   * @throws PayloadInvalidException saying at which character it is no such dictionary
   */
  static Members parse(String text) throws PayloadInvalidException {
    return new HeaderDictionary(text).members();
  }

  private Members members() throws PayloadInvalidException {
    expect('{');
    while (!accept('}')) {
      member();
      if (!accept(',')) {
        expect('}');
        break;
      }
    }
    skipSpace();
    if (at < text.length()) {
      throw invalid("goes on behind its dictionary");
    }
    String knownDescr = descr;
    Boolean knownOrder = fortranOrder;
    List<Long> knownShape = shape;
    if (knownDescr == null || knownOrder == null || knownShape == null) {
      throw new PayloadInvalidException("header", "has not all of descr, fortran_order and shape");
    }
    return new Members(knownDescr, knownOrder, knownShape);
  }

  private void member() throws PayloadInvalidException {
    String key = string();
    expect(':');
    boolean first;
    switch (key) {
      case "descr" -> {
        first = descr == null;
        skipSpace();
        if (at < text.length() && text.charAt(at) == '[') {
          throw invalid(
              "descr is of records with members; save each member as an array of its own");
        }
        descr = string();
      }
      case "fortran_order" -> {
        first = fortranOrder == null;
        fortranOrder = truth();
      }
      case "shape" -> {
        first = shape == null;
        shape = tuple();
      }
      default -> throw invalid("has an unknown member '" + key + "'");
    }
    if (!first) {
      throw invalid("has " + key + " twice");
    }
  }

  private String string() throws PayloadInvalidException {
    skipSpace();
    char quote = at < text.length() ? text.charAt(at) : ' ';
    if (quote != '\'' && quote != '"') {
      throw invalid("is no string in quotes");
    }
    int end = text.indexOf(quote, at + 1);
    if (end < 0) {
      throw invalid("is a string without its end");
    }
    String string = text.substring(at + 1, end);
    if (string.indexOf('\\') >= 0) {
      throw invalid("has a backslash in a string");
    }
    at = end + 1;
    return string;
  }

  private boolean truth() throws PayloadInvalidException {
    skipSpace();
    for (boolean value : new boolean[] {true, false}) {
      String word = value ? "True" : "False";
      if (text.startsWith(word, at)) {
        at += word.length();
        return value;
      }
    }
    throw invalid("is neither True nor False");
  }

  private List<Long> tuple() throws PayloadInvalidException {
    expect('(');
    List<Long> numbers = new ArrayList<>();
    while (!accept(')')) {
      if (numbers.size() == DIMENSIONS_MAX) {
        throw invalid("shape has over " + DIMENSIONS_MAX + " dimensions");
      }
      numbers.add(number());
      if (!accept(',')) {
        if (numbers.size() == 1) {
          throw invalid("is a number in parentheses, and no tuple");
        }
        expect(')');
        break;
      }
    }
    return numbers;
  }

  /** A whole number; Python 2 wrote an L behind long ones. */
  private long number() throws PayloadInvalidException {
    skipSpace();
    int start = at;
    if (at < text.length() && text.charAt(at) == '-') {
      throw invalid("shape has a negative number");
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw invalid("is no whole number");
    }
    try {
      long number = Long.parseLong(text.substring(start, at));
      if (text.startsWith("L", at)) {
        at++;
      }
      return number;
    } catch (NumberFormatException _) {
      throw invalid("shape has a number that is out of all bounds");
    }
  }

  private boolean accept(char wanted) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) throws PayloadInvalidException {
    if (!accept(wanted)) {
      throw invalid("'" + wanted + "' is missing");
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private PayloadInvalidException invalid(String what) {
    return new PayloadInvalidException("header, character " + at, what);
  }
}
