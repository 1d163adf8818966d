package io.aifs.server.auth;

import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens whose signature is known to be right, by the digest of their text, so that no secret is
 * compared and none is kept. What depends on time, place or revocation is not known here.
 * Thread-safe.
 */
final class TokenCache {
  static final int TOKENS_MAX = 4_096;

  /** Bounds the memory: what is kept of a token grows with its text. */
  static final int CHARACTERS_MAX = 4 << 20;

  private record Entry(VerifiedToken token, int characters) {}

  private final ConcurrentHashMap<Digest, Entry> entries = new ConcurrentHashMap<>();
  private int characters;

  static Digest key(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8));
  }

  Optional<VerifiedToken> find(Digest key) {
    Entry entry = entries.get(key);
    return entry == null ? Optional.empty() : Optional.of(entry.token());
  }

  /** Keeps it, in place of any others if there is no more room. */
  synchronized void keep(Digest key, String text, VerifiedToken token) {
    if (entries.putIfAbsent(key, new Entry(token, text.length())) != null) {
      return;
    }
    characters += text.length();
    Iterator<Digest> others = entries.keySet().iterator();
    while (entries.size() > TOKENS_MAX || characters > CHARACTERS_MAX) {
      Digest other = others.next();
      if (!other.equals(key)) {
        Entry gone = entries.remove(other);
        characters -= gone == null ? 0 : gone.characters();
      }
    }
  }

  int size() {
    return entries.size();
  }
}
