package io.aifs.core.model;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** The name of a namespace or a ref: short, lower case, and never mistaken for an id. */
public record Name(String value) implements Comparable<Name> {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
  private static final Pattern ID_LIKE = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{64}");

  public static final Name DEFAULT_NAMESPACE = new Name("default");
  public static final Name MAIN_BRANCH = new Name("main");

  public Name {
    requireNonNull(value, "name is null");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "name does not match [a-z0-9][a-z0-9._-]{0,62}: '" + Unicode.shown(value) + "'");
    }
    if (ID_LIKE.matcher(value).matches()) {
      throw new IllegalArgumentException("name looks like an id: " + value);
    }
    if (value.equals("snap")) {
      throw new IllegalArgumentException("name is reserved: snap");
    }
  }

  @Override
  public int compareTo(Name other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
