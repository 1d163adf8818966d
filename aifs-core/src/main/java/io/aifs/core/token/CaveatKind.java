package io.aifs.core.token;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The restrictions that servers know, as {@code key = value}. A server refuses a token that holds
 * any other text, so what is to be put into a token is checked here first. {@code
 * docs/format/token.md} says what each means.
 */
public enum CaveatKind {
  /** An instant at which the token ends. */
  EXPIRES("expires", CaveatKind::instant),
  /** An instant before which it is of no use. */
  NOT_BEFORE("not-before", CaveatKind::instant),
  /** Words of methods, with commas between. */
  METHODS("methods", each(CaveatKind::method)),
  /** Names of namespaces, with commas between. */
  NAMESPACE("namespace", each(Name::new)),
  /** A path: it and what is below it. */
  PATH("path", TreePath::new),
  /** Branches, tags and {@code snap:<id>}, with commas between. */
  REF("ref", each(CaveatKind::ref)),
  /** Asset ids of 64 digits, with commas between. */
  ASSET("asset", each(Digest::parse)),
  /** Kinds of assets in lower case, with commas between. */
  KIND("kind", each(CaveatKind::kind)),
  /** The bytes that a call may carry in either direction. */
  MAX_BYTES("max-bytes", CaveatKind::count),
  /** Calls a second, minute or hour: {@code 100/s}, {@code 100/m}, {@code 100/h}. */
  RATE("rate", CaveatKind::rate),
  /** Addresses, networks and {@code local}, with commas between. */
  CLIENT("client", each(CaveatKind::client));

  /** The words of methods that a token can allow. */
  public static final Set<String> METHOD_WORDS =
      Set.of("put", "get", "delete", "search", "list", "subscribe", "snapshot", "metrics", "admin");

  private static final String BETWEEN = " = ";
  private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,17}");
  private static final Pattern SNAPSHOT = Pattern.compile("snap:[0-9a-f]{32}");
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  private static final Pattern BITS = Pattern.compile("0|[1-9][0-9]{0,2}");

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // all of them are methods of this class or constructors
  private final Consumer<String> check;

  CaveatKind(String key, Consumer<String> check) {
    this.key = key;
    this.check = check;
  }

  public String key() {
    return key;
  }

  /**
   * The restriction as it stands in a token.
   *
   * @throws IllegalArgumentException if a server would not understand the value
   */
  public String text(String value) {
    check.accept(value);
    return key + BETWEEN + value;
  }

  /**
   * Which restriction a text is, well-formed or not; empty for none that is known here.
   *
   * @param caveat as it stands in a token
   */
  public static Optional<CaveatKind> of(String caveat) {
    return Arrays.stream(values())
        .filter(kind -> caveat.startsWith(kind.key + BETWEEN))
        .findFirst();
  }

  /**
   * A text as somebody wrote it, if a server understands it.
   *
   * @throws IllegalArgumentException if none would: it is no {@code key = value}, or the key is
   *     unknown, or the value makes no sense
   */
  public static String checked(String caveat) {
    CaveatKind kind =
        of(caveat)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "it is none of "
                            + String.join(
                                ", ", Arrays.stream(values()).map(CaveatKind::key).toList())
                            + ", followed by ' = ' and a value"));
    return kind.text(kind.value(caveat));
  }

  /** Whether {@link #checked} takes it. */
  static boolean isUnderstood(String caveat) {
    try {
      return checked(caveat).equals(caveat);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /** What follows the key in a text that is of this kind. */
  String value(String caveat) {
    return caveat.substring(key.length() + BETWEEN.length());
  }

  private static Consumer<String> each(Consumer<String> check) {
    return value -> Stream.of(value.split(",", -1)).forEach(check);
  }

  static Instant instant(String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("it is no instant such as 2027-02-19T00:00:00Z", e);
    }
  }

  private static void method(String word) {
    if (!METHOD_WORDS.contains(word)) {
      throw new IllegalArgumentException(
          "there is no such method; there are "
              + String.join(", ", METHOD_WORDS.stream().sorted().toList()));
    }
  }

  private static void ref(String value) {
    if (!SNAPSHOT.matcher(value).matches()) {
      new Name(value);
    }
  }

  private static void kind(String word) {
    if (Arrays.stream(AssetKind.values())
        .noneMatch(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))) {
      throw new IllegalArgumentException("the kinds are blob, tensor, embed and artifact");
    }
  }

  private static void count(String value) {
    if (!COUNT.matcher(value).matches()) {
      throw new IllegalArgumentException("it is no positive whole number");
    }
  }

  private static void rate(String value) {
    int slash = value.lastIndexOf('/');
    if (slash < 0 || !Set.of("s", "m", "h").contains(value.substring(slash + 1))) {
      throw new IllegalArgumentException("it is no rate such as 100/s, 100/m or 100/h");
    }
    count(value.substring(0, slash));
  }

  private static void client(String value) {
    if (value.equals("local")) {
      return;
    }
    int slash = value.indexOf('/');
    int bitsMax = address(slash < 0 ? value : value.substring(0, slash)).getAddress().length * 8;
    if (slash >= 0) {
      String bits = value.substring(slash + 1);
      if (!BITS.matcher(bits).matches() || Integer.parseInt(bits) > bitsMax) {
        throw new IllegalArgumentException("after / stands a number of bits up to " + bitsMax);
      }
    }
  }

  private static InetAddress address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      throw new IllegalArgumentException("it is no address such as 10.0.0.1 or fd00::1");
    }
    return InetAddress.ofLiteral(text);
  }
}
