package io.aifs.server.catalog.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.model.TreePath;

/**
 * A row of an overlay.
 *
 * @param key a path for what is exactly there; a path and a slash for all that is below it, whose
 *     mark is never an entry. A slash alone stands for all that is below the root
 */
@SuppressWarnings("ArrayRecordComponent") // a key; never compared
public record LayerRow(byte[] key, Mark mark) {
  /** Whether the row is about all that is below a path. */
  public boolean isRange() {
    return Keys.isRange(key);
  }

  /** The path of a row that is not about a range. */
  public TreePath path() {
    return new TreePath(new String(key, UTF_8));
  }
}
