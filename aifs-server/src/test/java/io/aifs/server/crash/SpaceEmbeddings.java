package io.aifs.server.crash;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingReader.Counts;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.open.Engine;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which parts of assets must be embedded in a namespace, all in one space. Not thread-safe. */
final class SpaceEmbeddings {
  static final EmbeddingSpace SPACE =
      new EmbeddingSpace(
          new Name("parts"), 2, VectorMetric.COSINE, "of the simulation", VectorStorage.FLOAT32);

  private final TreeMap<Digest, Set<String>> parts = new TreeMap<>();
  private boolean made;

  SpaceEmbeddings copy() {
    SpaceEmbeddings copy = new SpaceEmbeddings();
    copy.made = made;
    parts.forEach((asset, some) -> copy.parts.put(asset, new HashSet<>(some)));
    return copy;
  }

  boolean made() {
    return made;
  }

  void make() {
    made = true;
  }

  void put(Digest asset, String part) {
    parts.computeIfAbsent(asset, _ -> new HashSet<>()).add(part);
  }

  void remove(Digest asset, String part) {
    parts.getOrDefault(asset, new HashSet<>()).remove(part);
  }

  /** What is embedded goes with its asset. */
  void delete(Digest asset) {
    parts.remove(asset);
  }

  /** What is other in a store; empty if nothing is. That the vectors read is for fsck to say. */
  Optional<String> difference(Engine engine, NamespaceRow row) {
    List<EmbeddingService.SpaceStatus> found = engine.embeddings().spaces(row);
    List<EmbeddingSpace> spaces = found.stream().map(status -> status.row().space()).toList();
    if (!spaces.equals(made ? List.of(SPACE) : List.of())) {
      return Optional.of("embedding spaces of " + row.name() + " are " + spaces);
    }
    Counts expected = new Counts(parts.values().stream().mapToInt(Set::size).sum(), 0);
    return found.stream()
        .map(EmbeddingService.SpaceStatus::counts)
        .filter(counts -> !counts.equals(expected))
        .map(counts -> "embeddings of " + row.name() + " are " + counts + ", not " + expected)
        .findFirst();
  }
}
