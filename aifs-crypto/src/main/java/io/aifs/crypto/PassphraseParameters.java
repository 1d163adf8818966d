package io.aifs.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How a passphrase becomes a key: Argon2id (RFC 9106, version 1.3), its costs and its salt. Not
 * secret, and needed to derive the same key again.
 *
 * @param memoryKib memory to fill, KiB
 * @param passes how often
 * @param lanes degree of parallelism
 * @param salt 16 random bytes in hex
 */
public record PassphraseParameters(int memoryKib, int passes, int lanes, String salt) {
  /** Costs for new passphrases: 64 MiB, 3 passes, about a quarter of a second. */
  public static final int MEMORY_KIB_DEFAULT = 64 << 10;

  private static final int MEMORY_KIB_MAX = 4 << 20;
  private static final int PASSES_MAX = 64;
  private static final int LANES_MAX = 16;
  private static final int SALT_BYTES = 16;
  private static final String NAME = "aifs-argon2id";
  private static final int VERSION = 1;
  private static final Pattern BODY =
      Pattern.compile("m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2}),salt=([0-9a-f]{32})");

  public PassphraseParameters {
    requireWithin(lanes, 1, LANES_MAX, "lanes");
    requireWithin(memoryKib, 8 * lanes, MEMORY_KIB_MAX, "memoryKib");
    requireWithin(passes, 1, PASSES_MAX, "passes");
    if (!salt.matches("[0-9a-f]{32}")) {
      throw new IllegalArgumentException("salt is not 32 lower-case hex digits");
    }
  }

  /** The default costs with a new salt. */
  public static PassphraseParameters generate(RandomBytes random) {
    String salt = HexFormat.of().formatHex(random.next(SALT_BYTES));
    return new PassphraseParameters(MEMORY_KIB_DEFAULT, 3, 1, salt);
  }

  /**
   * Reads {@link #text}.
   *
   * @throws DamagedKeyException if it was changed or is something else
   * @throws NewerKeyFormatException if it is intact and of a later version
   */
  public static PassphraseParameters parse(String text)
      throws DamagedKeyException, NewerKeyFormatException {
    Matcher body = BODY.matcher(CheckedText.open(text, NAME, VERSION));
    if (!body.matches()) {
      throw new DamagedKeyException("passphrase parameters do not parse");
    }
    try {
      return new PassphraseParameters(
          Integer.parseInt(body.group(1)),
          Integer.parseInt(body.group(2)),
          Integer.parseInt(body.group(3)),
          body.group(4));
    } catch (IllegalArgumentException e) {
      throw new DamagedKeyException("passphrase parameters do not parse: " + e.getMessage());
    }
  }

  /** One line of text with a checksum. */
  public String text() {
    return CheckedText.seal(
        NAME + "-" + VERSION + ":m=" + memoryKib + ",t=" + passes + ",p=" + lanes + ",salt="
            + salt);
  }

  /**
   * 32 bytes from the UTF-8 of the passphrase in Unicode normal form C, so that it does not matter
   * which keyboard typed it.
   *
   * @throws IllegalArgumentException if the passphrase is empty
   */
  byte[] derive(char[] passphrase) {
    if (passphrase.length == 0) {
      throw new IllegalArgumentException("passphrase is empty");
    }
    String normal = Normalizer.normalize(CharBuffer.wrap(passphrase), Normalizer.Form.NFC);
    ByteBuffer utf8 = StandardCharsets.UTF_8.encode(normal);
    byte[] bytes = new byte[utf8.remaining()];
    utf8.get(bytes);
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(HexFormat.of().parseHex(salt))
            .build());
    byte[] key = new byte[RootKey.BYTES];
    generator.generateBytes(bytes, key);
    Arrays.fill(bytes, (byte) 0);
    return key;
  }

  private static void requireWithin(int value, int min, int max, String what) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(what + " is outside " + min + ".." + max + ": " + value);
    }
  }
}
