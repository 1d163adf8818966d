package io.aifs.client;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.SnapshotId;
import java.util.Map;
import java.util.Optional;

/**
 * What a new snapshot says, and when it is refused.
 *
 * @param author who makes it; empty leaves it to the store
 * @param expected what the branch must stand at; empty for whatever it is
 * @param allowUnchanged also if nothing changed since the newest snapshot
 */
public record SnapshotOptions(
    String message,
    String author,
    Map<String, String> metadata,
    Optional<SnapshotId> expected,
    boolean allowUnchanged) {
  public SnapshotOptions {
    requireNonNull(message, "message is null");
    requireNonNull(author, "author is null");
    requireNonNull(expected, "expected is null");
    metadata = Map.copyOf(metadata);
  }

  /** A snapshot with this message, if anything changed. */
  public static SnapshotOptions of(String message) {
    return new SnapshotOptions(message, "", Map.of(), Optional.empty(), false);
  }
}
