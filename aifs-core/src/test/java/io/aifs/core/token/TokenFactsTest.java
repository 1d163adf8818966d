package io.aifs.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Macaroon;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenFactsTest {
  private static final byte[] KEY = new byte[32];

  private static Macaroon token(String identifier, String... caveats) {
    return Macaroon.mint(KEY, identifier, "aifs:store", List.of(caveats));
  }

  @Test
  void theIdentifierNamesRootKeyAndFamily() {
    TokenFacts facts = TokenFacts.of(token("2.0123", "methods = get"));

    assertThat(facts.keyId()).isEqualTo("2");
    assertThat(facts.family()).isEqualTo("0123");
    assertThat(facts.location()).isEqualTo("aifs:store");
    assertThat(facts.caveats()).containsExactly("methods = get");
    assertThat(facts.expiresAt()).isEmpty();
    assertThat(facts.notBefore()).isEmpty();
    assertThat(facts.tokenId()).matches("[0-9a-f]{32}");
  }

  @Test
  void olderIdentifiersAreOfTheOldestKey() {
    TokenFacts facts = TokenFacts.of(token("admin-0123456789abcdef"));

    assertThat(facts.keyId()).isEqualTo("1");
    assertThat(facts.family()).isEqualTo("admin-0123456789abcdef");
  }

  @Test
  void narrowingChangesTheTokenAndNotTheFamily() {
    Macaroon minted = token("1.a");
    TokenFacts before = TokenFacts.of(minted);
    TokenFacts after = TokenFacts.of(minted.attenuate("methods = get"));

    assertThat(after.family()).isEqualTo(before.family());
    assertThat(after.tokenId()).isNotEqualTo(before.tokenId());
  }

  @Test
  void ofSeveralTimesTheNarrowestCounts() {
    TokenFacts facts =
        TokenFacts.of(
            token(
                "1.a",
                "expires = 2027-02-19T00:00:00Z",
                "expires = 2027-01-01T00:00:00Z",
                "not-before = 2026-01-01T00:00:00Z",
                "not-before = 2026-06-01T00:00:00Z"));

    assertThat(facts.expiresAt()).hasValue(Instant.parse("2027-01-01T00:00:00Z"));
    assertThat(facts.notBefore()).hasValue(Instant.parse("2026-06-01T00:00:00Z"));
    assertThat(facts.notUnderstood()).isEmpty();
  }

  @Test
  void whatNoServerUnderstandsIsNamed() {
    TokenFacts facts = TokenFacts.of(token("1.a", "colour = red", "expires = soon"));

    assertThat(facts.notUnderstood()).containsExactly("colour = red", "expires = soon");
    assertThat(facts.expiresAt()).isEmpty();
  }
}
