package io.aifs.crypto;

/**
 * BLAKE3 of whole byte arrays: plain, keyed and for key derivation, with output of any length.
 * Thread-safe.
 *
 * <p>Runs on vector instructions where the JVM was started with {@code
 * --add-modules=jdk.incubator.vector}, else in plain Java with the same results, several times
 * slower.
 */
public final class Blake3 {
  /** Bytes of a key, and of a hash of default length. */
  public static final int BYTES = 32;

  private Blake3() {}

  /** The hash of {@code data}: 32 bytes. */
  public static byte[] hash(byte[] data) {
    return hash(data, BYTES);
  }

  /** The hash of {@code data}, extended or cut to {@code outBytes} bytes. */
  public static byte[] hash(byte[] data, int outBytes) {
    return run(Blake3Mode.HASH, data, outBytes);
  }

  /**
   * The hash of {@code data} under a secret key: 32 bytes, usable as a message authentication code.
   *
   * @throws IllegalArgumentException if {@code key} is not 32 bytes
   */
  public static byte[] keyedHash(byte[] key, byte[] data) {
    return keyedHash(key, data, BYTES);
  }

  /**
   * The hash of {@code data} under a secret key, extended or cut to {@code outBytes} bytes.
   *
   * @throws IllegalArgumentException if {@code key} is not 32 bytes
   */
  public static byte[] keyedHash(byte[] key, byte[] data, int outBytes) {
    return run(Blake3Mode.keyed(key), data, outBytes);
  }

  /**
   * Derives a key of {@code outBytes} bytes from key material.
   *
   * @param context what the key is for: a constant, unique to that use, never user input
   */
  public static byte[] deriveKey(String context, byte[] material, int outBytes) {
    return run(Blake3Mode.deriving(context), material, outBytes);
  }

  /** Whether this JVM can hash on vector instructions. It does so once they are warm. */
  public static boolean vectorized() {
    return Blake3Kernels.vectorized();
  }

  /**
   * Returns once hashing runs at full speed, after a second or two of work the first time. For
   * servers, at start; otherwise it happens in the background after the first 16 MiB, and until
   * then hashing runs in plain Java.
   */
  public static void warmUp() {
    Blake3Kernels.warmUp();
  }

  private static byte[] run(Blake3Mode mode, byte[] data, int outBytes) {
    if (outBytes < 0) {
      throw new IllegalArgumentException("outBytes is negative: " + outBytes);
    }
    byte[] out = new byte[outBytes];
    Blake3Tree.hash(Blake3Kernels.BEST, mode, data, 0, data.length, out);
    return out;
  }
}
