package io.aifs.server.engine.history;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.util.Map;
import java.util.Optional;

/**
 * A snapshot that somebody wants of a branch's working state.
 *
 * @param expected where the branch must stand; empty: wherever it does
 * @param allowUnchanged also if the newest snapshot holds the same
 * @param who the id of the token
 */
public record TakeOrder(
    Name branch,
    String message,
    String author,
    Map<String, String> metadata,
    Optional<SnapshotId> expected,
    boolean allowUnchanged,
    String who) {
  public TakeOrder {
    metadata = Map.copyOf(metadata);
  }
}
