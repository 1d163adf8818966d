package io.aifs.server.engine;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.PathEntry;

/**
 * A path that a put shall make name something.
 *
 * @param known its file is an asset that was there before: kind and size are what that says
 */
public record PutEntry(PathEntry entry, boolean known) {
  public PutEntry {
    requireNonNull(entry, "entry is null");
  }
}
