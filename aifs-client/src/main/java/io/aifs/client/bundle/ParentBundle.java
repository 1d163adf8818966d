package io.aifs.client.bundle;

import io.aifs.client.Tree;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The assets of an earlier version.
 *
 * @param tensors by the last segment of their paths
 */
record ParentBundle(Optional<Digest> main, Map<String, Digest> tensors) {
  /** What lineage says of the way from an earlier version to a later one. */
  static final String TRANSFORM = "fine-tune";

  /**
   * @throws AifsException.NotFound if nothing is at the path
   */
  static ParentBundle of(Tree tree, Optional<ParentVersion> version) {
    return version
        .map(
            given ->
                switch (given) {
                  case ParentVersion.OfAsset(Digest id) ->
                      new ParentBundle(Optional.of(id), Map.of());
                  case ParentVersion.OfPath path -> at(tree, path);
                })
        .orElseGet(() -> new ParentBundle(Optional.empty(), Map.of()));
  }

  private static ParentBundle at(Tree tree, ParentVersion.OfPath place) {
    PathListing listing = PathListing.of(tree, place.ref(), place.path());
    Map<String, Digest> tensors = new HashMap<>();
    listing.tensors().forEach((path, file) -> tensors.put(path.name(), file.asset()));
    Optional<Digest> main = listing.file().map(TreeEntry.File::asset);
    if (main.isEmpty() && tensors.isEmpty()) {
      throw new AifsException.NotFound(
          Reason.PATH_NOT_FOUND,
          "there is no earlier version at " + place.ref() + ":" + place.path(),
          "name the path that the earlier version was imported to");
    }
    return new ParentBundle(main, tensors);
  }

  boolean isEmpty() {
    return main.isEmpty() && tensors.isEmpty();
  }

  /** The edge of the asset at the path itself; none if it is the same. */
  List<ParentEdge> edgeOfMain(Optional<Digest> child) {
    return edge(main, child);
  }

  /** The edge of a tensor; none if the earlier version has none of its name, or the same. */
  List<ParentEdge> edge(TreePath tensor, Optional<Digest> child) {
    return edge(Optional.ofNullable(tensors.get(tensor.name())), child);
  }

  private static List<ParentEdge> edge(Optional<Digest> parent, Optional<Digest> child) {
    return parent
        .filter(id -> !child.equals(Optional.of(id)))
        .map(id -> List.of(new ParentEdge(id, TRANSFORM, "")))
        .orElse(List.of());
  }
}
