package io.aifs.server.auth;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One restriction in a token, written {@code key = value}. What is not known here refuses the
 * token. {@code docs/format/token.md} is the list for those who make tokens.
 */
public sealed interface Caveat {
  /** {@code expires = 2027-02-19T00:00:00Z}: not at or after this instant. */
  record Expires(Instant at) implements Caveat {}

  /** {@code not-before = 2027-02-19T00:00:00Z}: not before this instant. */
  record NotBefore(Instant at) implements Caveat {}

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

  /** {@code path = data/train}: only this path and what is below it. */
  record Below(TreePath path) implements Caveat {}

  /** {@code ref = main,v1}: only these branches, tags and snapshots. */
  record Refs(Set<String> allowed) implements Caveat {
    public Refs {
      allowed = Set.copyOf(allowed);
    }
  }

  /** {@code asset = <id>,<id>}: only these. */
  record Assets(Set<Digest> allowed) implements Caveat {
    public Assets {
      allowed = Set.copyOf(allowed);
    }
  }

  /** {@code kind = tensor,embed}: only assets of these kinds. */
  record Kinds(Set<AssetKind> allowed) implements Caveat {
    public Kinds {
      allowed = Set.copyOf(allowed);
    }
  }

  /** {@code max-bytes = 1048576}: no call carries more in either direction. */
  record MaxBytes(long bytes) implements Caveat {}

  /** {@code rate = 100/s}: so many calls a second, minute ({@code /m}) or hour ({@code /h}). */
  record Rate(long calls, Duration per) implements Caveat {}

  /** {@code client = 10.0.0.0/8,local}: only from these addresses. */
  record Clients(Set<AddressRange> allowed) implements Caveat {
    public Clients {
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
      case "expires" -> new Expires(instant("expires", value));
      case "not-before" -> new NotBefore(instant("not-before", value));
      case "methods" -> new Methods(all(value, Caveat::permission));
      case "namespace" -> new Namespaces(all(value, Name::new));
      case "path" -> new Below(new TreePath(value));
      case "ref" -> new Refs(all(value, Caveat::ref));
      case "asset" -> new Assets(all(value, Digest::parse));
      case "kind" -> new Kinds(all(value, Caveat::kind));
      case "max-bytes" -> new MaxBytes(number("max-bytes", value));
      case "rate" -> rate(value);
      case "client" -> new Clients(all(value, AddressRange::parse));
      default -> throw new IllegalArgumentException("caveat is unknown");
    };
  }

  private static <T> Set<T> all(String value, Function<String, T> parser) {
    return Arrays.stream(value.split(",", -1)).map(parser).collect(Collectors.toSet());
  }

  private static Instant instant(String key, String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("caveat '" + key + "' is not an ISO-8601 instant", e);
    }
  }

  private static Permission permission(String word) {
    return Permission.ofWord(word)
        .orElseThrow(() -> new IllegalArgumentException("caveat names an unknown method"));
  }

  private static String ref(String value) {
    if (!value.matches("snap:[0-9a-f]{32}")) {
      return new Name(value).value();
    }
    return value;
  }

  private static AssetKind kind(String word) {
    for (AssetKind kind : AssetKind.values()) {
      if (kind.name().toLowerCase(Locale.ROOT).equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("caveat names an unknown kind");
  }

  private static long number(String key, String value) {
    if (!value.matches("[1-9][0-9]{0,17}")) {
      throw new IllegalArgumentException("caveat '" + key + "' is not a positive whole number");
    }
    return Long.parseLong(value);
  }

  private static Rate rate(String value) {
    int slash = value.lastIndexOf('/');
    if (slash < 0) {
      throw new IllegalArgumentException("caveat 'rate' is not calls/s, calls/m or calls/h");
    }
    Duration per =
        switch (value.substring(slash + 1)) {
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          default ->
              throw new IllegalArgumentException(
                  "caveat 'rate' is not calls/s, calls/m or calls/h");
        };
    return new Rate(number("rate", value.substring(0, slash)), per);
  }
}
