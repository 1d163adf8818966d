package io.aifs.server.engine.lineage;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.util.List;

/** What an asset was made from, to be recorded. */
public record NewParents(Digest child, List<ParentEdge> parents) {
  public NewParents {
    requireNonNull(child, "child is null");
    parents = List.copyOf(parents);
  }
}
