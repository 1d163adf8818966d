package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One wrapped key as it is stored; {@code docs/format/keys.md} gives every byte. This is the codec;
 * it touches no disk and unwraps nothing.
 *
 * <p>A checksum over all bytes tells a damaged file from a wrong key. Every later version keeps it
 * in the last 32 bytes and the version where it is, so that a newer file is told from a damaged
 * one, too.
 *
 * @param keyDomain whose key it is: a domain in hex, or {@code store}
 * @param number which of the domain's keys of this purpose, from 1; an epoch's number
 * @param kekId the key that wraps this one
 * @param wrapped as {@link KeyService#wrap} returned it; belongs to this record and is not copied
 * @param publicPart what of a signing key everybody may read, and the key is bound to; empty for
 *     all others; belongs to this record and is not copied
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are passed on, never compared
public record KeyFile(
    KeyPurpose purpose,
    String keyDomain,
    int number,
    String kekId,
    byte[] wrapped,
    byte[] publicPart) {
  /** No key file is longer; what is longer is not one. */
  public static final int FILE_BYTES_MAX = 16_384;

  private static final byte[] MAGIC = "AIFSKEY\0".getBytes(US_ASCII);
  private static final int VERSION = 1;
  private static final int TEXT_CHARS_MAX = 256;
  private static final int WRAPPED_BYTES_MAX = 8_192;
  private static final int PUBLIC_BYTES_MAX = 4_096;
  private static final int FILE_BYTES_MIN = MAGIC.length + 2 + Digest.BYTES;

  public KeyFile {
    requireNonNull(purpose, "purpose is null");
    requireText(keyDomain, "keyDomain");
    requireText(kekId, "kekId");
    if (number < 1) {
      throw new IllegalArgumentException("number is below 1: " + number);
    }
    if (wrapped.length < 1 || wrapped.length > WRAPPED_BYTES_MAX) {
      throw new IllegalArgumentException(
          "wrapped is outside 1.." + WRAPPED_BYTES_MAX + " bytes: " + wrapped.length);
    }
    if (purpose == KeyPurpose.SIGNING
        ? publicPart.length < 1 || publicPart.length > PUBLIC_BYTES_MAX
        : publicPart.length > 0) {
      throw new IllegalArgumentException(
          "publicPart does not suit " + purpose + ": " + publicPart.length + " bytes");
    }
  }

  /** A key without a public part. */
  public KeyFile(KeyPurpose purpose, String keyDomain, int number, String kekId, byte[] wrapped) {
    this(purpose, keyDomain, number, kekId, wrapped, new byte[0]);
  }

  /** What is authenticated with the wrapped key, so that one file cannot stand in for another. */
  public static byte[] context(KeyPurpose purpose, String keyDomain, int number) {
    byte[] domain = keyDomain.getBytes(US_ASCII);
    return ByteBuffer.allocate(MAGIC.length + 2 + 1 + 2 + domain.length + 4)
        .put(MAGIC)
        .putShort((short) VERSION)
        .put((byte) purpose.code())
        .putShort((short) domain.length)
        .put(domain)
        .putInt(number)
        .array();
  }

  /** The same for a signing key: with all that is public of it. */
  public static byte[] signingContext(String keyDomain, int number, byte[] publicPart) {
    byte[] head = context(KeyPurpose.SIGNING, keyDomain, number);
    return ByteBuffer.allocate(head.length + 2 + publicPart.length)
        .put(head)
        .putShort((short) publicPart.length)
        .put(publicPart)
        .array();
  }

  /** What is authenticated with the wrapped key of this file. */
  public byte[] context() {
    return purpose == KeyPurpose.SIGNING
        ? signingContext(keyDomain, number, publicPart)
        : context(purpose, keyDomain, number);
  }

  public byte[] encode() {
    byte[] head = context();
    byte[] kek = kekId.getBytes(US_ASCII);
    int checked = head.length + 2 + kek.length + 2 + wrapped.length;
    ByteBuffer out =
        ByteBuffer.allocate(checked + Digest.BYTES)
            .put(head)
            .putShort((short) kek.length)
            .put(kek)
            .putShort((short) wrapped.length)
            .put(wrapped);
    return out.put(Digest.of(out.array(), 0, checked).toBytes()).array();
  }

  /**
   * @throws DamagedKeyException if any byte was changed, cut off or added
   * @throws NewerKeyFormatException if it is intact and of a later version
   */
  public static KeyFile decode(byte[] file) throws DamagedKeyException, NewerKeyFormatException {
    if (file.length < FILE_BYTES_MIN || file.length > FILE_BYTES_MAX) {
      throw new DamagedKeyException("key file has a wrong length: " + file.length + " bytes");
    }
    int checked = file.length - Digest.BYTES;
    if (!Digest.of(file, 0, checked).equals(Digest.fromBytes(file, checked))) {
      throw new DamagedKeyException("key file's checksum does not match");
    }
    if (!Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length))) {
      throw new DamagedKeyException("not a key file");
    }
    ByteBuffer in = ByteBuffer.wrap(file, MAGIC.length, checked - MAGIC.length);
    int version = in.getShort() & 0xffff;
    if (version > VERSION) {
      throw new NewerKeyFormatException(
          "key file is of format version " + version + ", this build reads up to " + VERSION);
    }
    try {
      if (version != VERSION) {
        throw new IllegalArgumentException("version is unknown: " + version);
      }
      KeyPurpose purpose = KeyPurpose.ofCode(in.get() & 0xff);
      String keyDomain = text(in);
      int number = in.getInt();
      byte[] publicPart = purpose == KeyPurpose.SIGNING ? field(in) : new byte[0];
      KeyFile read = new KeyFile(purpose, keyDomain, number, text(in), field(in), publicPart);
      if (in.hasRemaining()) {
        throw new IllegalArgumentException("bytes are left over: " + in.remaining());
      }
      return read;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new DamagedKeyException("key file does not parse: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return "KeyFile[" + purpose + " " + number + " of " + keyDomain + " under " + kekId + "]";
  }

  private static byte[] field(ByteBuffer in) {
    byte[] bytes = new byte[in.getShort() & 0xffff];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    return new String(field(in), US_ASCII);
  }

  private static void requireText(String text, String what) {
    if (text.isEmpty()
        || text.length() > TEXT_CHARS_MAX
        || text.chars().anyMatch(c -> c < 0x21 || c > 0x7e)) {
      throw new IllegalArgumentException(
          what + " is not 1.." + TEXT_CHARS_MAX + " printable ASCII characters");
    }
  }
}
