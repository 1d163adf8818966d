package io.aifs.server.auth;

import io.aifs.core.AifsException;
import io.aifs.crypto.Macaroon;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens and what they allow, as anyone can send them. */
class CaveatFuzzTest {
  private static final byte[] KEY = new byte[32];
  private static final Clock NOW =
      Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
  private static final TokenVerifier VERIFIER = new TokenVerifier(KEY, NOW);

  private static final List<String> CAVEATS =
      List.of(
          "expires = 2027-02-19T00:00:00Z",
          "not-before = 2026-02-19T00:00:00Z",
          "methods = put,get",
          "namespace = a,b",
          "path = data/train",
          "ref = main,snap:" + "ab".repeat(16),
          "asset = " + "0123456789abcdef".repeat(4),
          "kind = tensor,embed",
          "max-bytes = 1048576",
          "rate = 100/s",
          "client = 10.0.0.0/8,fd00::/8,::1,192.168.1.7,local");

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    return List.of(
        FuzzTarget.text(Caveat.class, "parse", Caveat::parse, CAVEATS.toArray(String[]::new))
            .allocates(1 << 20, 256),
        FuzzTarget.text(
            AddressRange.class,
            "parse",
            AddressRange::parse,
            "local",
            "10.0.0.0/8",
            "192.168.1.7",
            "fd00::/8",
            "::ffff:1.2.3.4",
            "2001:db8::1/128"),
        FuzzTarget.text(TokenName.class, "parse", TokenName::parse, "12.k3y_-", "f1rst")
            .hasStableText(name -> name.orElseThrow().identifier()),
        FuzzTarget.text(Permission.class, "ofWord", Permission::ofWord, "put", "admin"),
        FuzzTarget.text(TokenVerifier.class, "verify", VERIFIER::verify, token("methods = put"))
            .refusesWith(AifsException.Denied.class),
        FuzzTarget.text(
                TokenVerifier.class,
                "verify",
                caveat -> VERIFIER.verify(token(caveat)),
                "methods = put,get",
                "expires = 2027-02-19T00:00:00Z",
                "path = data/train",
                "kind = tensor")
            .refusesWith(AifsException.Denied.class, IllegalArgumentException.class)
            .allocates(1 << 20, 512)
            .costs(4));
  }

  private static String token(String caveat) {
    return Macaroon.mint(KEY, "1.00", "aifs", List.of(caveat)).serialize();
  }
}
