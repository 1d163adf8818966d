package io.aifs.cli.transfer;

import io.aifs.client.AifsClient;
import io.aifs.core.AifsException;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the store holds already, as far as it tells: whoever may not read all of a namespace is told
 * nothing, and sends the bytes. Thread-safe.
 *
 * @param client speaks of the namespace
 */
record KnownContent(AifsClient client) {
  /** Those of the assets that are there. */
  Set<Digest> among(Collection<Digest> ids) {
    try {
      return Set.copyOf(client.assets().statAll(ids).keySet());
    } catch (AifsException.Denied _) {
      return Set.of();
    }
  }

  /** What a path of a branch names. */
  Optional<TreeEntry> at(Name branch, TreePath path) {
    try {
      return Optional.ofNullable(client.tree().stat(Ref.ofBranch(branch), List.of(path)).get(path))
          .map(info -> info.entry());
    } catch (AifsException.Denied _) {
      return Optional.empty();
    }
  }
}
