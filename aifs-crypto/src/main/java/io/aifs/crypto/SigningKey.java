package io.aifs.crypto;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * The private half of an Ed25519 key (RFC 8032), in memory until {@link #close}. Signatures are
 * deterministic: the same message gives the same bytes. Thread-safe.
 */
public final class SigningKey implements AutoCloseable {
  /** Bytes of the seed that a key is made from. */
  public static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;

  /** Bytes of a signature. */
  public static final int SIGNATURE_BYTES = Ed25519.SIGNATURE_SIZE;

  private final VerifyingKey publicKey;
  private final byte[] publicBytes;

  /** Guarded by this. */
  private final byte[] seed;

  /** Guarded by this. */
  private boolean closed;

  private SigningKey(byte[] seed) {
    this.seed = seed;
    this.publicBytes = new byte[VerifyingKey.BYTES];
    Ed25519.generatePublicKey(seed, 0, publicBytes, 0);
    this.publicKey = VerifyingKey.fromBytes(publicBytes);
  }

  public static SigningKey generate(RandomBytes random) {
    return new SigningKey(random.next(SEED_BYTES));
  }

  /**
   * The key that {@link #seed} was taken from; the bytes are copied.
   *
   * @throws IllegalArgumentException if there are not exactly 32
   */
  public static SigningKey fromSeed(byte[] seed) {
    if (seed.length != SEED_BYTES) {
      throw new IllegalArgumentException("seed is not " + SEED_BYTES + " bytes: " + seed.length);
    }
    return new SigningKey(seed.clone());
  }

  public VerifyingKey publicKey() {
    return publicKey;
  }

  /** A copy of the secret, to be wrapped; whoever asks clears it. */
  public synchronized byte[] seed() {
    requireOpen();
    return seed.clone();
  }

  /**
   * 64 bytes that {@link VerifyingKey#verify} accepts. A message begins with a text that says what
   * it is, so that no signature can be taken for one of something else.
   */
  public byte[] sign(byte[] message) {
    byte[] own = seed(); // so that closing in between cannot make it sign with zeros
    byte[] signature = new byte[SIGNATURE_BYTES];
    Ed25519.sign(own, 0, publicBytes, 0, message, 0, message.length, signature, 0);
    Arrays.fill(own, (byte) 0);
    return signature;
  }

  /** Clears the secret: whatever needs it afterwards throws {@link IllegalStateException}. */
  @Override
  public synchronized void close() {
    closed = true;
    Arrays.fill(seed, (byte) 0);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the signing key is closed");
    }
  }

  @Override
  public String toString() {
    return "SigningKey[" + publicKey + "]";
  }
}
