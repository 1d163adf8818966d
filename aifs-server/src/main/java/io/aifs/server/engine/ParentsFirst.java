package io.aifs.server.engine;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Assets of one put in an order in which each comes after what it was made from: so that who
 * follows the events learns of no child before its parent. Else the order of the put.
 */
final class ParentsFirst {
  /**
   * @param born assets that were not there before
   * @param assets with parents that make no circle
   */
  static Set<Digest> order(Set<Digest> born, Collection<StagedAsset> assets) {
    Map<Digest, List<Digest>> parents =
        assets.stream()
            .filter(asset -> !asset.parents().isEmpty())
            .collect(
                Collectors.toMap(
                    StagedAsset::id,
                    asset ->
                        asset.parents().stream()
                            .map(ParentEdge::parent)
                            .filter(born::contains)
                            .toList(),
                    (one, other) -> Stream.concat(one.stream(), other.stream()).toList()));
    if (parents.isEmpty()) {
      return born;
    }
    Set<Digest> ordered = new LinkedHashSet<>();
    Deque<Digest> waiting = new ArrayDeque<>();
    for (Digest asset : born) {
      waiting.push(asset);
      while (!waiting.isEmpty()) { // not by recursion: a chain may be as long as the batch
        Digest next = waiting.peek();
        List<Digest> missing =
            parents.getOrDefault(next, List.of()).stream()
                .filter(parent -> !ordered.contains(parent))
                .toList();
        if (missing.isEmpty()) {
          ordered.add(next);
          waiting.pop();
        } else {
          missing.forEach(waiting::push);
        }
      }
    }
    return ordered;
  }

  private ParentsFirst() {}
}
