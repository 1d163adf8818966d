package io.aifs.server.auth;

import java.util.Locale;
import java.util.Optional;

/** The methods that a token can allow; each RPC names those that permit it. */
public enum Permission {
  PUT,
  GET,
  DELETE,
  SEARCH,
  LIST,
  SUBSCRIBE,
  SNAPSHOT,
  METRICS,
  ADMIN;

  /** The word used in caveats and in the protos' method option. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Permission> ofWord(String word) {
    for (Permission permission : values()) {
      if (permission.word().equals(word)) {
        return Optional.of(permission);
      }
    }
    return Optional.empty();
  }
}
