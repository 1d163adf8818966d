package io.aifs.server.auth;

import io.aifs.core.model.Name;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** One restriction in a token, written {@code key = value}. What is not known here refuses. */
public sealed interface Caveat {
  /** {@code expires = 2027-02-19T00:00:00Z}: not at or after this instant. */
  record Expires(Instant at) implements Caveat {}

  /** {@code methods = put,get}: only these. */
  record Methods(Set<Permission> allowed) implements Caveat {
    public Methods {
      allowed = Set.copyOf(allowed);
    }
  }

  /** {@code namespace = a,b}: only these. */
  record Namespaces(Set<Name> allowed) implements Caveat {
    public Namespaces {
      allowed = Set.copyOf(allowed);
    }
  }

  /**
   * @throws IllegalArgumentException if this server does not know what the caveat means
   */
  static Caveat parse(String text) {
    int equals = text.indexOf(" = ");
    if (equals < 0) {
      throw new IllegalArgumentException("caveat is not 'key = value'");
    }
    String value = text.substring(equals + 3);
    return switch (text.substring(0, equals)) {
      case "expires" -> new Expires(parseInstant(value));
      case "methods" -> new Methods(parseMethods(value));
      case "namespace" -> new Namespaces(parseNames(value));
      default -> throw new IllegalArgumentException("caveat is unknown");
    };
  }

  private static Instant parseInstant(String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("caveat 'expires' is not an ISO-8601 instant", e);
    }
  }

  private static Set<Permission> parseMethods(String value) {
    Set<Permission> methods = EnumSet.noneOf(Permission.class);
    for (String word : value.split(",", -1)) {
      methods.add(
          Permission.ofWord(word)
              .orElseThrow(() -> new IllegalArgumentException("caveat names an unknown method")));
    }
    return methods;
  }

  private static Set<Name> parseNames(String value) {
    Set<Name> names = new HashSet<>();
    for (String name : value.split(",", -1)) {
      names.add(new Name(name));
    }
    return names;
  }
}
