package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The 32 bytes at the top of the local key chain: whoever has them and the data directory reads
 * everything, and without them nothing can be read. Kept outside the data directory. Immutable;
 * {@link #toString} shows only the check value.
 */
public final class RootKey {
  public static final int BYTES = 32;

  private static final String NAME = "aifs-root-key";
  private static final int VERSION = 1;
  private static final String CHECK_USE = "aifs 2026-11-21 root key check value v1";
  private static final int CHECK_BYTES = 8;

  private final byte[] bytes;

  private RootKey(byte[] bytes) {
    this.bytes = bytes;
  }

  public static RootKey generate(RandomBytes random) {
    return new RootKey(random.next(BYTES));
  }

  /**
   * @throws IllegalArgumentException unless there are exactly 32 bytes
   */
  public static RootKey fromBytes(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("root key is not 32 bytes: " + bytes.length);
    }
    return new RootKey(bytes.clone());
  }

  /** Derives the key from a passphrase; the same parameters are needed to derive it again. */
  public static RootKey fromPassphrase(char[] passphrase, PassphraseParameters parameters) {
    return new RootKey(parameters.derive(passphrase));
  }

  /**
   * Reads {@link #secretText}; white space around it does not matter.
   *
   * @throws DamagedKeyException if it was mistyped, cut or is something else
   * @throws NewerKeyFormatException if it is intact and of a later version
   */
  public static RootKey parse(String text) throws DamagedKeyException, NewerKeyFormatException {
    String hex = CheckedText.open(text, NAME, VERSION);
    if (!hex.matches("[0-9a-f]{64}")) {
      throw new DamagedKeyException("root key is not 64 lower-case hex digits");
    }
    return new RootKey(HexFormat.of().parseHex(hex));
  }

  /** The key itself as one line of text with a checksum. Secret. */
  public String secretText() {
    return CheckedText.seal(NAME + "-" + VERSION + ":" + HexFormat.of().formatHex(bytes));
  }

  /**
   * 16 hex digits that tell one root key from another and give nothing of it away. They stand in
   * the store's FORMAT file, so that a wrong key is named at once.
   */
  public String checkValue() {
    return HexFormat.of().formatHex(Blake3.deriveKey(CHECK_USE, bytes, CHECK_BYTES));
  }

  /**
   * A 32-byte key for one use, independent of those for other uses and ids.
   *
   * @param use a fixed text, unique in the world: application, date, purpose, version
   * @param id which of the keys for this use
   */
  public byte[] derive(String use, String id) {
    byte[] name = id.getBytes(UTF_8);
    byte[] material = Arrays.copyOf(bytes, BYTES + name.length);
    System.arraycopy(name, 0, material, BYTES, name.length);
    try {
      return Blake3.deriveKey(use, material, BYTES);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RootKey that && MessageDigest.isEqual(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return checkValue().hashCode();
  }

  @Override
  public String toString() {
    return "RootKey[check " + checkValue() + "]";
  }
}
