package io.aifs.server.auth;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What was taken back, in memory: asked at every call. Thread-safe. */
public final class Revocations {
  private final Set<String> families = ConcurrentHashMap.newKeySet();
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();

  /** All tokens of a family are refused from now on. */
  public void addFamily(String family) {
    families.add(family);
  }

  /** One token, and all that are attenuated from it, are refused from now on. */
  public void addToken(String id) {
    tokens.add(id);
  }

  public boolean hasFamily(String family) {
    return families.contains(family);
  }

  /** Whether the token's family, or it, or one that it was attenuated from, was taken back. */
  boolean include(VerifiedToken token) {
    return families.contains(token.name().family())
        || (!tokens.isEmpty() && token.lineage().stream().anyMatch(tokens::contains));
  }
}
