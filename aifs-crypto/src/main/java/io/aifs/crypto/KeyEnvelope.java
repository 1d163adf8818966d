package io.aifs.crypto;

import static java.util.Objects.requireNonNull;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals a small secret under a 32-byte key: {@code nonce (12) | ciphertext | tag (16)},
 * AES-256-GCM. Thread-safe.
 *
 * <p>For keys that seal rarely: the nonce is 96 random bits, so one key may seal up to 2^32 times
 * before two nonces are equal with a chance of 2^-33. A key-encryption key wraps one key per domain
 * epoch; chunks have {@link ChunkCipher}.
 */
public final class KeyEnvelope {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  /** What a seal adds to its secret. */
  public static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

  private final RandomBytes random;

  public KeyEnvelope(RandomBytes random) {
    this.random = requireNonNull(random, "random is null");
  }

  /**
   * @param context authenticated, not kept
   */
  public byte[] seal(byte[] key, byte[] secret, byte[] context) {
    byte[] nonce = random.next(NONCE_BYTES);
    byte[] sealed = Arrays.copyOf(nonce, OVERHEAD_BYTES + secret.length);
    try {
      cipher(Cipher.ENCRYPT_MODE, key, nonce, context)
          .doFinal(secret, 0, secret.length, sealed, NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot seal with AES-256-GCM", e);
    }
    return sealed;
  }

  /**
   * @throws SealBrokenException if the key or the context is another one, or a bit was changed
   */
  public static byte[] open(byte[] key, byte[] sealed, byte[] context) throws SealBrokenException {
    if (sealed.length < OVERHEAD_BYTES) {
      throw new SealBrokenException("wrapped key is too short: " + sealed.length + " bytes");
    }
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException _) {
      throw new SealBrokenException("wrapped key does not open");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot open AES-256-GCM", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    if (key.length != DomainKeys.KEY_BYTES) {
      throw new IllegalArgumentException("key is not 32 bytes: " + key.length);
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
    cipher.updateAAD(context);
    return cipher;
  }
}
