package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a recovery file, between {@code BEGIN} and {@code END}; lines outside them are for
 * people. Line ends, blank lines and white space around a line do not matter.
 *
 * @param key root key text, or sealed bytes in base64 if there are passphrase parameters
 */
record RecoveryText(
    String storeId,
    Instant created,
    String check,
    String key,
    @Nullable String passphraseParameters) {
  private static final String BEGIN = "-----BEGIN AIFS RECOVERY FILE-----";
  private static final String END = "-----END AIFS RECOVERY FILE-----";
  private static final String CHECKSUM = "checksum: ";
  private static final String VERSION = "1";
  private static final int TEXT_CHARS_MAX = 65_536;

  static String write(
      String storeId,
      Instant created,
      String check,
      String key,
      @Nullable String passphraseParameters) {
    String body =
        "version: "
            + VERSION
            + "\n"
            + "store: "
            + storeId
            + "\n"
            + "created: "
            + created
            + "\n"
            + "check: "
            + check
            + "\n"
            + (passphraseParameters == null
                ? "key: " + key + "\n"
                : "passphrase: " + passphraseParameters + "\n" + "sealed: " + key + "\n");
    return instructions(storeId, passphraseParameters != null)
        + BEGIN
        + "\n"
        + body
        + CHECKSUM
        + Digest.of(body.getBytes(UTF_8)).hex()
        + "\n"
        + END
        + "\n";
  }

  static RecoveryText read(String text) throws DamagedKeyException, NewerKeyFormatException {
    Map<String, String> fields = fields(text);
    if (!VERSION.equals(fields.get("version"))) {
      throw new NewerKeyFormatException(
          "recovery file is of format version " + fields.get("version") + ", this build reads 1");
    }
    String parameters = fields.get("passphrase");
    try {
      return new RecoveryText(
          field(fields, "store"),
          Instant.parse(field(fields, "created")),
          field(fields, "check"),
          field(fields, parameters == null ? "key" : "sealed"),
          parameters);
    } catch (DateTimeException _) {
      throw new DamagedKeyException("recovery file's date does not parse");
    }
  }

  private static Map<String, String> fields(String text) throws DamagedKeyException {
    if (text.length() > TEXT_CHARS_MAX) {
      throw new DamagedKeyException("not a recovery file: too long");
    }
    List<String> lines = text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    int begin = lines.indexOf(BEGIN);
    int end = lines.indexOf(END);
    if (begin < 0 || end < begin + 2 || !lines.get(end - 1).startsWith(CHECKSUM)) {
      throw new DamagedKeyException("not a recovery file, or cut off");
    }
    StringBuilder body = new StringBuilder();
    Map<String, String> fields = new LinkedHashMap<>();
    for (String line : lines.subList(begin + 1, end - 1)) {
      int colon = line.indexOf(": ");
      if (colon < 0 || fields.put(line.substring(0, colon), line.substring(colon + 2)) != null) {
        throw new DamagedKeyException("recovery file has a line that does not parse");
      }
      body.append(line).append('\n');
    }
    String checksum = Digest.of(body.toString().getBytes(UTF_8)).hex();
    if (!lines.get(end - 1).equals(CHECKSUM + checksum)) {
      throw new DamagedKeyException("recovery file's checksum does not match");
    }
    return fields;
  }

  private static String field(Map<String, String> fields, String name) throws DamagedKeyException {
    String value = fields.get(name);
    if (value == null) {
      throw new DamagedKeyException("recovery file has no line '" + name + "'");
    }
    return value;
  }

  private static String instructions(String storeId, boolean sealed) {
    return """
        # AIFS recovery file of store %s
        #
        # This text brings back the root key of the store. Without the root key nothing in the
        # store can be read, by anyone. Keep this text on paper or on another machine, never
        # beside the data.
        #
        # %s
        #
        # To bring the key back:  aifs key import THIS_FILE

        """
        .formatted(
            storeId,
            sealed
                ? "The key is sealed: its passphrase is needed, too."
                : "The key is NOT sealed: whoever reads this text can read the store.");
  }
}
