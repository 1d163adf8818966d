package io.aifs.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;

/**
 * The public half of an Ed25519 key (RFC 8032). Only points of the prime-order group are accepted,
 * so that two keys never accept the same signature. Immutable and thread-safe.
 */
public final class VerifyingKey {
  /** Bytes of a key. Its text form has twice as many characters. */
  public static final int BYTES = Ed25519.PUBLIC_KEY_SIZE;

  private final byte[] bytes;
  private final Ed25519.PublicPoint point;

  private VerifyingKey(byte[] bytes, Ed25519.PublicPoint point) {
    this.bytes = bytes;
    this.point = point;
  }

  /**
   * Reads the 32 bytes of a key, which are copied.
   *
   * @throws IllegalArgumentException if they are not an Ed25519 key; the message says why
   */
  public static VerifyingKey fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("public key is not " + BYTES + " bytes: " + bytes.length);
    }
    byte[] copy = bytes.clone();
    Ed25519.@Nullable PublicPoint point = Ed25519.validatePublicKeyFullExport(copy, 0);
    if (point == null) {
      throw new IllegalArgumentException("the 32 bytes are not an Ed25519 public key");
    }
    return new VerifyingKey(copy, point);
  }

  /**
   * Reads {@link #hex}.
   *
   * @throws IllegalArgumentException if it is anything but the 64 lower-case digits of a key
   */
  public static VerifyingKey parse(String hex) {
    if (hex.length() != 2 * BYTES || !hex.matches("[0-9a-f]*")) {
      throw new IllegalArgumentException("public key is not 64 lower-case hexadecimal digits");
    }
    return fromBytes(HexFormat.of().parseHex(hex));
  }

  /**
   * Whether {@code signature} was made over {@code message} with the private half. False for
   * anything else, also for a second encoding of a true signature.
   */
  public boolean verify(byte[] message, byte[] signature) {
    return signature.length == SigningKey.SIGNATURE_BYTES
        && Ed25519.verify(signature, 0, point, message, 0, message.length);
  }

  /** A new array of the 32 bytes. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof VerifyingKey other && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The same as {@link #hex}. */
  @Override
  public String toString() {
    return hex();
  }
}
