package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.Optional;

/**
 * The asset up to which the scrub has come in its present round.
 *
 * @param asset the last one that was read
 */
public record ScrubPosition(Name namespace, Digest asset) {
  public ScrubPosition {
    requireNonNull(namespace, "namespace is null");
    requireNonNull(asset, "asset is null");
  }

  /** Keeps the position over restarts. */
  public interface Memory {
    /** The position; empty if there is none, or none that can be understood. */
    Optional<ScrubPosition> load() throws IOException;

    /** Remembers a position, or that a round is over. */
    void save(Optional<ScrubPosition> position) throws IOException;
  }
}
