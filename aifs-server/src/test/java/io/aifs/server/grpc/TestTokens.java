package io.aifs.server.grpc;

import io.aifs.crypto.Macaroon;
import io.aifs.server.auth.TokenState;
import io.aifs.server.auth.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Tokens of a store that only exists in tests. */
public final class TestTokens {
  private static final byte[] ROOT_KEY =
      "a root key of thirty-two bytes !".getBytes(StandardCharsets.UTF_8);

  private TestTokens() {}

  public static TokenVerifier verifier() {
    return new TokenVerifier(ROOT_KEY, Clock.systemUTC());
  }

  /** The same, with what was revoked of them. */
  static TokenState state() {
    return TokenState.of(ROOT_KEY);
  }

  /** A token with these caveats. */
  public static String with(String... caveats) {
    return of("test", caveats);
  }

  /** The same of a family. */
  public static String of(String family, String... caveats) {
    return Macaroon.mint(ROOT_KEY, family, "aifs:test", List.of(caveats)).serialize();
  }

  /** A token of another family. */
  static String ofFamily(String family, String... caveats) {
    return Macaroon.mint(ROOT_KEY, "1." + family, "aifs:test", List.of(caveats)).serialize();
  }

  /** A token that allows everything. */
  public static String admin() {
    return with();
  }

  public static String expired() {
    return with("expires = 2020-01-01T00:00:00Z");
  }

  /** A good token with another signature. */
  public static String tampered() {
    String good = with("methods = get");
    int at = good.length() / 2;
    char other = good.charAt(at) == 'A' ? 'B' : 'A';
    return good.substring(0, at) + other + good.substring(at + 1);
  }
}
