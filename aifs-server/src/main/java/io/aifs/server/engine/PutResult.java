package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PutTally;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a put did.
 *
 * @param version the catalog's version that shows it
 * @param payloadProblem why the content is not what its kind demands; empty if it is, or nobody
 *     looked
 */
public record PutResult(Digest id, long size, PutTally tally, long version, String payloadProblem) {
  /** Lines have so many words, and one more if there is a problem. */
  private static final int WORDS = 6;

  /** As one line, to be kept for a retry with the same request id. */
  String encode() {
    String line =
        String.join(
            " ",
            id.hex(),
            Long.toString(size),
            Long.toString(tally.chunks()),
            Long.toString(tally.newChunks()),
            Long.toString(tally.storedBytes()),
            Long.toString(version));
    return payloadProblem.isEmpty() ? line : line + " " + word(payloadProblem);
  }

  /**
   * Reads {@link #encode}.
   *
   * @throws io.aifs.core.AifsException.Corrupt if it is something else
   */
  static PutResult decode(String line) {
    boolean problem = line.chars().filter(c -> c == ' ').count() == WORDS;
    return KeptOutcome.decode(
        line,
        problem ? WORDS + 1 : WORDS,
        words ->
            new PutResult(
                Digest.parse(words.get(0)),
                Long.parseLong(words.get(1)),
                new PutTally(
                    Long.parseLong(words.get(2)),
                    Long.parseLong(words.get(3)),
                    Long.parseLong(words.get(4))),
                Long.parseLong(words.get(5)),
                problem ? text(words.get(6)) : ""));
  }

  private static String word(String text) {
    return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(String word) {
    String text = new String(Base64.getUrlDecoder().decode(word), StandardCharsets.UTF_8);
    if (text.isEmpty() || !word(text).equals(word)) {
      throw new IllegalArgumentException("a problem is not written as this would write it");
    }
    return text;
  }
}
