package io.aifs.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.Macaroon;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
  private final TokenCache cache = new TokenCache();

  private static VerifiedToken token(String family) {
    Macaroon macaroon = Macaroon.mint(new byte[32], "1." + family, "aifs:x", List.of());
    return Narrowing.of(new TokenName(1, family), List.of(macaroon.id()), List.of());
  }

  @Test
  void whatIsKeptIsFound() {
    VerifiedToken token = token("a");
    assertThat(cache.find(TokenCache.key("text"))).isEmpty();
    cache.keep(TokenCache.key("text"), "text", token);
    cache.keep(TokenCache.key("text"), "text", token);

    assertThat(cache.find(TokenCache.key("text"))).contains(token);
    assertThat(cache.find(TokenCache.key("texts"))).isEmpty();
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void theNewestStaysAndTheNumberIsBounded() {
    VerifiedToken token = token("a");
    for (int i = 0; i < TokenCache.TOKENS_MAX + 500; i++) {
      String text = "text " + i;
      cache.keep(TokenCache.key(text), text, token);
      assertThat(cache.find(TokenCache.key(text))).isPresent();
    }
    assertThat(cache.size()).isEqualTo(TokenCache.TOKENS_MAX);
  }

  @Test
  void longTokensTakeTheRoomOfMany() {
    VerifiedToken token = token("a");
    int characters = Macaroon.TEXT_CHARS_MAX;
    for (int i = 0; i < 1_000; i++) {
      String text = Integer.toString(i) + "x".repeat(characters - 4);
      cache.keep(TokenCache.key(text), text, token);
    }
    assertThat(cache.size()).isBetween(1, TokenCache.CHARACTERS_MAX / (characters - 4));
  }
}
