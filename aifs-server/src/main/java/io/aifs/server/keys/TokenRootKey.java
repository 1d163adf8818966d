package io.aifs.server.keys;

/**
 * The key that the store's macaroons descend from.
 *
 * @param id public; goes into a token's identifier
 * @param key 32 bytes; belongs to this record and is not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a secret is handed on, never compared
public record TokenRootKey(String id, byte[] key) {
  @Override
  public String toString() {
    return "TokenRootKey[" + id + "]";
  }
}
