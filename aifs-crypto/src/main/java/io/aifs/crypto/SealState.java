package io.aifs.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The ciphers and the random block of one seal or open at a time. Not thread-safe: {@link
 * ChunkCipher} lends it to one thread.
 */
final class SealState {
  static final int WRAPPED_KEY_BYTES = 40;
  static final int TAG_BYTES = 16;
  private static final int FORMAT_VERSION = 1;
  private static final int AAD_BYTES = 1 + DomainId.BYTES + 1 + Digest.BYTES + 4 + 1;

  /** One call of the generator for 32 data keys: the call costs more than the bytes. */
  private static final int RANDOM_BLOCK_BYTES = 32 * DomainKeys.KEY_BYTES;

  /** Always zero, see {@link ChunkCipher} for why that is safe. */
  private static final GCMParameterSpec NONCE = new GCMParameterSpec(8 * TAG_BYTES, new byte[12]);

  private final RandomBytes random;
  private final byte[] block = new byte[RANDOM_BLOCK_BYTES];
  private final Cipher gcm = cipher("AES/GCM/NoPadding");
  private final Cipher wrap = cipher("AESWrap");
  private final Cipher unwrap = cipher("AESWrap");
  private int drawn = RANDOM_BLOCK_BYTES;
  private @Nullable SecretKey wrapKey;
  private @Nullable SecretKey unwrapKey;

  SealState(RandomBytes random) {
    this.random = random;
  }

  /** Fills all of {@code payload}, which is the data's length and the overhead long. */
  void seal(
      SecretKey epochKey, SealContext context, byte[] data, int offset, int length, byte[] payload)
      throws GeneralSecurityException {
    SecretKey dataKey = drawDataKey(context.storedId());
    if (!epochKey.equals(wrapKey)) {
      wrap.init(Cipher.WRAP_MODE, epochKey);
      wrapKey = epochKey;
    }
    byte[] wrapped = wrap.wrap(dataKey);
    System.arraycopy(wrapped, 0, payload, 0, WRAPPED_KEY_BYTES);
    gcm.init(Cipher.ENCRYPT_MODE, dataKey, NONCE);
    gcm.updateAAD(associatedData(context));
    gcm.doFinal(data, offset, length, payload, WRAPPED_KEY_BYTES);
  }

  byte[] open(SecretKey epochKey, SealContext context, byte[] payload) throws SealBrokenException {
    try {
      Key dataKey = unwrapDataKey(epochKey, payload);
      gcm.init(Cipher.DECRYPT_MODE, dataKey, NONCE);
      gcm.updateAAD(associatedData(context));
      return gcm.doFinal(payload, WRAPPED_KEY_BYTES, payload.length - WRAPPED_KEY_BYTES);
    } catch (AEADBadTagException _) {
      throw new SealBrokenException("sealed record does not open: its bytes were changed");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM cannot open AES-256-GCM", e);
    }
  }

  private Key unwrapDataKey(SecretKey epochKey, byte[] payload)
      throws GeneralSecurityException, SealBrokenException {
    if (!epochKey.equals(unwrapKey)) {
      unwrap.init(Cipher.UNWRAP_MODE, epochKey);
      unwrapKey = epochKey;
    }
    try {
      return unwrap.unwrap(Arrays.copyOf(payload, WRAPPED_KEY_BYTES), "AES", Cipher.SECRET_KEY);
    } catch (InvalidKeyException _) {
      unwrapKey = null;
      throw new SealBrokenException("sealed record's data key does not unwrap");
    }
  }

  private SecretKey drawDataKey(Digest storedId) {
    if (drawn == RANDOM_BLOCK_BYTES) {
      random.fill(block);
      drawn = 0;
    }
    byte[] key = storedId.toBytes();
    for (int i = 0; i < DomainKeys.KEY_BYTES; i++) {
      key[i] ^= block[drawn + i];
      block[drawn + i] = 0;
    }
    drawn += DomainKeys.KEY_BYTES;
    SecretKey dataKey = new SecretKeySpec(key, "AES");
    Arrays.fill(key, (byte) 0);
    return dataKey;
  }

  private static byte[] associatedData(SealContext context) {
    return ByteBuffer.allocate(AAD_BYTES)
        .put((byte) FORMAT_VERSION)
        .put(context.domain().toBytes())
        .put((byte) context.type().code())
        .put(context.storedId().toBytes())
        .putInt(context.plainBytes())
        .put((byte) context.codec())
        .array();
  }

  private static Cipher cipher(String transformation) {
    try {
      return Cipher.getInstance(transformation, "SunJCE");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JVM has no " + transformation, e);
    }
  }
}
