package io.aifs.server.grpc;

import io.aifs.core.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Page tokens: opaque to clients, and valid only for the listing that gave them. */
enum PageToken {
  ASSETS('a'),
  NAMESPACES('n'),
  CHILDREN('c'),
  PATHS('p'),
  SNAPSHOTS('s'),
  SNAPSHOT_ASSETS('i'),
  LOG('l'),
  DIFF('d'),
  BRANCHES('b'),
  MOVES('m'),
  TAGS('t'),
  ASSOCIATIONS('r'),
  TRANSACTIONS('x'),
  POLICIES('y'),
  CHECKED('k'),
  TOKENS('o'),
  REVOKED('v'),
  QUARANTINE('q');

  private static final char VERSION = '1';
  private static final int CHARACTERS_MAX = 16_384;

  private final char topic;

  PageToken(char topic) {
    this.topic = topic;
  }

  /** The token that says that the page before ended at {@code place}. */
  String encode(String place) {
    String text = "" + VERSION + topic + place;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The place a token says; empty for the first page.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest if it is not a token of this listing
   */
  Optional<String> decode(String token) {
    if (token.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Requests.parsed(
            Reason.ARGUMENT_INVALID,
            "page_token",
            "send next_page_token of the page before, from the same call, or leave it empty",
            () -> placeIn(token)));
  }

  private String placeIn(String token) {
    if (token.length() > CHARACTERS_MAX) {
      throw new IllegalArgumentException("token is too long");
    }
    byte[] bytes = Base64.getUrlDecoder().decode(token);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.length() < 3 || text.charAt(0) != VERSION || text.charAt(1) != topic) {
      throw new IllegalArgumentException("token is not of this listing");
    }
    return text.substring(2);
  }
}
