package io.aifs.server.store;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in a data directory's {@code FORMAT}: a few lines of text and a checksum, see {@code
 * docs/format/data-directory.md}.
 *
 * @param complete false while the directory is being initialised
 * @param rootKeyCheck {@code RootKey.checkValue} of the store's root key
 */
public record FormatFile(String storeId, Instant createdAt, boolean complete, String rootKeyCheck) {
  public static final int VERSION = 1;
  public static final String NAME = "FORMAT";

  private static final Pattern HEAD = Pattern.compile("aifs-store ([0-9]{1,9})");
  private static final Pattern STORE_ID = Pattern.compile("[0-9a-f]{32}");
  private static final int LINES = 6;

  public FormatFile {
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(rootKeyCheck, "rootKeyCheck is null");
    if (!STORE_ID.matcher(storeId).matches()) {
      throw new IllegalArgumentException("store id is not 32 lower-case hex digits: " + storeId);
    }
  }

  /** The bytes of the file. */
  public byte[] encode() {
    String body =
        String.join(
            "\n",
            "aifs-store " + VERSION,
            "store-id " + storeId,
            "created-at " + createdAt,
            "state " + (complete ? "complete" : "initialising"),
            "root-key-check " + rootKeyCheck,
            "");
    String checksum = Digest.of(body.getBytes(StandardCharsets.UTF_8)).hex();
    return (body + "checksum " + checksum + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the bytes of the file.
   *
   * @throws AifsException.Unsupported if a later version wrote it
   * @throws AifsException.Corrupt if it was changed
   */
  public static FormatFile parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int bodyEnd = text.lastIndexOf("checksum ");
    if (bodyEnd < 0 || !text.endsWith("\n")) {
      throw damaged("its checksum line is missing");
    }
    String body = text.substring(0, bodyEnd);
    String checksum = Digest.of(body.getBytes(StandardCharsets.UTF_8)).hex();
    if (!text.substring(bodyEnd).equals("checksum " + checksum + "\n")) {
      throw damaged("its checksum does not match");
    }
    requireVersion(body);
    List<String> values = values(body);
    try {
      return new FormatFile(
          values.get(0), Instant.parse(values.get(1)), isComplete(values.get(2)), values.get(3));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  private static void requireVersion(String body) {
    Matcher head = HEAD.matcher(body.substring(0, Math.max(0, body.indexOf('\n'))));
    if (!head.matches()) {
      throw damaged("it does not begin with 'aifs-store'");
    }
    int version = Integer.parseInt(head.group(1));
    if (version > VERSION) {
      throw new AifsException.Unsupported(
          Reason.FORMAT_NEWER,
          "the store has format version " + version + ", and this program knows up to " + VERSION,
          "use a newer version of aifs");
    }
  }

  private static List<String> values(String body) {
    String[] lines = body.split("\n", -1);
    List<String> keys = List.of("store-id", "created-at", "state", "root-key-check");
    if (lines.length != LINES) {
      throw damaged("it has " + lines.length + " lines");
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String prefix = keys.get(i) + " ";
      if (!lines[i + 1].startsWith(prefix)) {
        throw damaged("line '" + keys.get(i) + "' is missing");
      }
      values.add(lines[i + 1].substring(prefix.length()));
    }
    return values;
  }

  private static boolean isComplete(String state) {
    return switch (state) {
      case "complete" -> true;
      case "initialising" -> false;
      default -> throw damaged("its state is unknown");
    };
  }

  private static AifsException.Corrupt damaged(String detail) {
    return new AifsException.Corrupt(
        Reason.FORMAT_FILE_DAMAGED,
        "the store's FORMAT file is damaged: " + detail,
        "restore FORMAT from a backup of the data directory; the data itself is not touched");
  }
}
