package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of a write, as the catalog keeps it for a repeated request: a line of words. */
public final class KeptOutcome {
  private KeptOutcome() {}

  /**
   * Reads a line of so many words.
   *
   * @throws AifsException.Corrupt if it has another number of them, or {@code parse} throws {@link
   *     IllegalArgumentException}
   */
  public static <T> T decode(String line, int words, Function<List<String>, T> parse) {
    List<String> found = List.of(line.split(" ", -1));
    if (found.size() != words) {
      throw damaged(null);
    }
    try {
      return parse.apply(found);
    } catch (IllegalArgumentException e) {
      throw damaged(e);
    }
  }

  private static AifsException.Corrupt damaged(@Nullable Throwable cause) {
    return new AifsException.Corrupt(
        Reason.CATALOG_DAMAGED,
        "what came of the request, when it was sent before, does not read",
        "run 'aifs fsck'; look whether the request was done before you send it with another id",
        cause);
  }
}
