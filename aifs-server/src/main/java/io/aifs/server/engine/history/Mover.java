package io.aifs.server.engine.history;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.server.engine.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Who moves a ref, and why.
 *
 * @param who the id of the token
 * @param reason may be empty
 * @param metadata if there is any, it becomes the ref's
 */
public record Mover(String who, String reason, Map<String, String> metadata) {
  /**
   * @throws AifsException.InvalidRequest if the reason or the metadata break a limit
   */
  public Mover {
    metadata = Map.copyOf(metadata);
    Metadata.requireValid(metadata);
    if (reason.getBytes(StandardCharsets.UTF_8).length > Limits.REASON_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "reason",
          "the reason is over " + Limits.REASON_BYTES_MAX + " bytes",
          "shorten it");
    }
  }

  public Mover(String who) {
    this(who, "", Map.of());
  }

  Mover because(String other) {
    return new Mover(who, other, Map.of());
  }
}
