package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PutTally;

/** What a put did; {@code version} is the catalog's version that shows it. */
public record PutResult(Digest id, long size, PutTally tally, long version) {
  /** As one line, to be kept for a retry with the same request id. */
  String encode() {
    return String.join(
        " ",
        id.hex(),
        Long.toString(size),
        Long.toString(tally.chunks()),
        Long.toString(tally.newChunks()),
        Long.toString(tally.storedBytes()),
        Long.toString(version));
  }

  /**
   * Reads {@link #encode}.
   *
   * @throws io.aifs.core.AifsException.Corrupt if it is something else
   */
  static PutResult decode(String line) {
    return KeptOutcome.decode(
        line,
        6,
        words ->
            new PutResult(
                Digest.parse(words.get(0)),
                Long.parseLong(words.get(1)),
                new PutTally(
                    Long.parseLong(words.get(2)),
                    Long.parseLong(words.get(3)),
                    Long.parseLong(words.get(4))),
                Long.parseLong(words.get(5))));
  }
}
