package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Map;

/**
 * A visible asset of one namespace.
 *
 * @param bornAt sequence of the event that made it visible: the order of "newest first"
 * @param unnamed whether it belongs to the unnamed part of branch {@code main}
 * @param named whether a path of a working state names it, or ever did
 * @param manifest its chunk list, encoded as {@code docs/format/manifest.md} says; empty for empty
 *     content and for content of a single chunk, whose digest is then the asset id
 */
@SuppressWarnings("ArrayRecordComponent") // a blob column; never compared
public record AssetRow(
    Digest id,
    AssetKind kind,
    long size,
    Instant createdAt,
    long bornAt,
    boolean unnamed,
    boolean named,
    byte[] manifest,
    Map<String, String> metadata) {
  public AssetRow {
    requireNonNull(id, "id is null");
    metadata = Map.copyOf(metadata);
  }

  public AssetInfo info() {
    return new AssetInfo(id, kind, size, createdAt, metadata);
  }

  /** The asset as trees of unnamed assets have it: under its id in hex, without attributes. */
  public PathEntry unnamedEntry() {
    return new PathEntry(
        new TreePath(id.hex()), new TreeEntry.File(id, kind, size, FileAttributes.PLAIN_FILE));
  }
}
