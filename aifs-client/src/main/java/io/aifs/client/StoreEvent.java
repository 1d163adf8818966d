package io.aifs.client;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that happened in a namespace.
 *
 * @param id the same each time the event is told; a subscription may begin after it
 * @param type such as {@code asset.put}; later servers have more types
 * @param version of the store that shows what happened
 * @param asset what it happened to, if it was an asset
 * @param size of the asset's content, in bytes
 * @param path where it happened
 * @param fromPath where what moved was before
 * @param directory whether the path stands for all below it as well
 * @param branch that it happened to; empty if to none
 * @param details what else there is to say
 */
public record StoreEvent(
    String id,
    String type,
    Instant at,
    long version,
    Optional<Digest> asset,
    Optional<AssetKind> kind,
    OptionalLong size,
    Optional<TreePath> path,
    Optional<TreePath> fromPath,
    boolean directory,
    Optional<String> branch,
    Map<String, String> details) {
  public StoreEvent {
    details = Map.copyOf(details);
  }
}
