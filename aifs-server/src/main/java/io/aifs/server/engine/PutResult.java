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

  static PutResult decode(String line) {
    String[] parts = line.split(" ", -1);
    return new PutResult(
        Digest.parse(parts[0]),
        Long.parseLong(parts[1]),
        new PutTally(Long.parseLong(parts[2]), Long.parseLong(parts[3]), Long.parseLong(parts[4])),
        Long.parseLong(parts[5]));
  }
}
