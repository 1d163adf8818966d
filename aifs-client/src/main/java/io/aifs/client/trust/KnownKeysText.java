package io.aifs.client.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.crypto.VerifyingKey;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The text of a known-keys file: a line for each pin, {@code pin <address> <store id> <namespace>
 * <public key> <check>}, where the check is the first 8 digits of the BLAKE3 of what is before it.
 * Blank lines and those that begin with {@code #} are kept as they are.
 */
final class KnownKeysText {
  private static final String WORD = "pin";
  private static final int FIELDS = 6;
  private static final int CHECK_CHARS = 8;

  private record Line(String text, Optional<KnownKey> key) {}

  private final List<Line> lines;

  private KnownKeysText(List<Line> lines) {
    this.lines = lines;
  }

  /**
   * @param place what messages call the file
   * @throws AifsException.Corrupt if a line is neither a pin nor a comment
   */
  static KnownKeysText parse(String place, String text) {
    List<Line> lines = new ArrayList<>();
    List<KnownKey> seen = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) {
        lines.add(new Line(line, Optional.empty()));
        continue;
      }
      try {
        KnownKey key = key(line);
        if (seen.stream().anyMatch(key::isBeside)) {
          throw new IllegalArgumentException("the same namespace and address stand there twice");
        }
        seen.add(key);
        lines.add(new Line(line, Optional.of(key)));
      } catch (IllegalArgumentException e) {
        throw damaged(place, lines.size() + 1, String.valueOf(e.getMessage()));
      }
    }
    return new KnownKeysText(lines);
  }

  private static AifsException.Corrupt damaged(String place, int number, String why) {
    return new AifsException.Corrupt(
        Reason.KNOWN_KEYS_DAMAGED,
        "known-keys file " + place + " is damaged in line " + number + ": " + why,
        "restore the file from a backup; or remove that line, if you can compare the key that the"
            + " server shows next with one you trust ('aifs trust list'). Nothing was changed.");
  }

  private static KnownKey key(String line) {
    int end = line.length() - CHECK_CHARS - 1;
    if (end < 0 || line.charAt(end) != ' ') {
      throw new IllegalArgumentException("it is neither a pin nor a comment");
    }
    if (!check(line.substring(0, end)).equals(line.substring(end + 1))) {
      throw new IllegalArgumentException("its check digits do not fit: it was changed or cut");
    }
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS || !fields[0].equals(WORD)) {
      throw new IllegalArgumentException("it is not a pin");
    }
    KnownKey key =
        new KnownKey(
            URLDecoder.decode(fields[1], UTF_8),
            fields[2],
            new Name(fields[3]),
            VerifyingKey.parse(fields[4]));
    if (!line(key).equals(line)) {
      throw new IllegalArgumentException("it is not in the one form of a pin");
    }
    return key;
  }

  private static String line(KnownKey key) {
    String text =
        String.join(
            " ",
            WORD,
            URLEncoder.encode(key.address(), UTF_8),
            key.storeId(),
            key.namespace().value(),
            key.key().hex());
    return text + " " + check(text);
  }

  private static String check(String text) {
    return Digest.of(text.getBytes(UTF_8)).hex().substring(0, CHECK_CHARS);
  }

  List<KnownKey> keys() {
    return lines.stream().flatMap(line -> line.key().stream()).toList();
  }

  /** The text with these pins: each where it stood, new ones at the end, comments kept. */
  String with(List<KnownKey> keys) {
    List<KnownKey> left = new ArrayList<>(keys);
    StringBuilder text = new StringBuilder();
    for (Line line : lines) {
      if (line.key().isEmpty()) {
        text.append(line.text()).append('\n');
      } else {
        KnownKey old = line.key().get();
        keys.stream()
            .filter(old::isBeside)
            .findFirst()
            .ifPresent(
                key -> {
                  text.append(line(key)).append('\n');
                  left.remove(key);
                });
      }
    }
    left.forEach(key -> text.append(line(key)).append('\n'));
    return text.toString();
  }
}
