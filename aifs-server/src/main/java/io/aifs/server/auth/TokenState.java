package io.aifs.server.auth;

import java.util.Map;

/**
 * What a process knows of tokens, and what all that verify, mint and revoke them share.
 *
 * @param use when which were used
 */
public record TokenState(TokenKeys keys, Revocations revocations, TokenUse use) {
  /** Of a store with one root key, where nothing was revoked. */
  public static TokenState of(byte[] rootKey) {
    return new TokenState(
        new TokenKeys(Map.of(1, rootKey.clone())), new Revocations(), new TokenUse());
  }
}
