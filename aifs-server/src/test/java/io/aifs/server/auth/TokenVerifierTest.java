package io.aifs.server.auth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Macaroon;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final byte[] ROOT_KEY = new byte[32];

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final TokenVerifier verifier = new TokenVerifier(ROOT_KEY, clock);
  private final String admin = new AdminTokens(ROOT_KEY, "store", clock, () -> "1").mint();

  @Test
  void theAdminTokenAllowsEverythingEverywhere() {
    Caller caller = verifier.verify(admin);
    assertThat(caller.permissions()).containsExactlyInAnyOrder(Permission.values());
    assertThat(caller.mayUse(new Name("any"))).isTrue();
    assertThat(caller.tokenId()).isEqualTo("admin-1");
  }

  @Test
  void theAdminTokenEndsAfterItsLifetime() {
    Clock later = Clock.fixed(NOW.plus(Duration.ofDays(90)), ZoneOffset.UTC);
    assertDenied(new TokenVerifier(ROOT_KEY, later), admin, Reason.TOKEN_EXPIRED);
    Clock before = Clock.offset(later, Duration.ofSeconds(-1));
    assertThat(new TokenVerifier(ROOT_KEY, before).verify(admin).tokenId()).isEqualTo("admin-1");
  }

  @Test
  void caveatsOnlyEverNarrow() {
    Caller caller =
        verifier.verify(
            attenuated(
                "methods = put,get", "methods = get,list", "namespace = a,b", "namespace = b"));
    assertThat(caller.permissions()).containsExactly(Permission.GET);
    assertThat(caller.namespaces()).contains(Set.of(new Name("b")));
    assertThat(caller.namespaceFor(Optional.empty())).isEqualTo(new Name("b"));
    assertThatThrownBy(() -> caller.namespaceFor(Optional.of(new Name("a"))))
        .isInstanceOf(AifsException.Denied.class);
    assertThatThrownBy(() -> caller.require(Set.of(Permission.PUT)))
        .isInstanceOf(AifsException.Denied.class);
  }

  @Test
  void severalNamespacesMustBeChosenFrom() {
    Caller caller = verifier.verify(attenuated("namespace = a,b"));
    assertThatThrownBy(() -> caller.namespaceFor(Optional.empty()))
        .isInstanceOf(AifsException.InvalidRequest.class)
        .hasMessageContaining("[a, b]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unknown = x",
        "expires",
        "expires = soon",
        "expires=2030-01-01T00:00:00Z",
        "methods = ",
        "methods = put,fly",
        "namespace = ",
        "namespace = Not A Name"
      })
  void aCaveatThatIsNotUnderstoodRefuses(String caveat) {
    assertDenied(verifier, attenuated(caveat), Reason.TOKEN_INVALID);
  }

  @Test
  void anotherStoresTokenIsRefused() {
    byte[] otherKey = "another store with another key!!".getBytes(US_ASCII);
    String foreign = Macaroon.mint(otherKey, "admin-1", "aifs:x", List.of()).serialize();
    assertDenied(verifier, foreign, Reason.TOKEN_INVALID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "not a token", "AAAA", "AgELYWRt"})
  void garbageIsRefused(String token) {
    assertDenied(verifier, token, Reason.TOKEN_INVALID);
  }

  private String attenuated(String... caveats) {
    Macaroon macaroon = Macaroon.parse(admin);
    for (String caveat : caveats) {
      macaroon = macaroon.attenuate(caveat);
    }
    return macaroon.serialize();
  }

  private static void assertDenied(TokenVerifier verifier, String token, Reason reason) {
    assertThatThrownBy(() -> verifier.verify(token))
        .isInstanceOfSatisfying(
            AifsException.Denied.class, denied -> assertThat(denied.reason()).isEqualTo(reason));
  }
}
