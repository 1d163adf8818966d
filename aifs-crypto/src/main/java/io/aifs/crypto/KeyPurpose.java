package io.aifs.crypto;

/** What a wrapped key is for. The code is authenticated, so that no key can be used as another. */
public enum KeyPurpose {
  /** A key-encryption key of the local key service, wrapped under the root key. */
  KEK(1),
  /** The key of one epoch of a domain. */
  DOMAIN_EPOCH(2),
  /** The key of a domain's stored ids. */
  CHUNK_ID(3),
  /** The root key of the store's macaroons. */
  TOKEN_ROOT(4),
  /** A signing key. */
  SIGNING(5),
  /** The key that seals the heads of the audit log. */
  AUDIT(6);

  private final int code;

  KeyPurpose(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }

  /**
   * @throws IllegalArgumentException if no purpose has this code
   */
  public static KeyPurpose ofCode(int code) {
    for (KeyPurpose purpose : values()) {
      if (purpose.code == code) {
        return purpose;
      }
    }
    throw new IllegalArgumentException("key purpose is unknown: " + code);
  }
}
