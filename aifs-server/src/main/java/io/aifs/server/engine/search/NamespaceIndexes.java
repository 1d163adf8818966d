package io.aifs.server.engine.search;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.vector.IndexFolders;
import io.aifs.vector.AssetNumbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The indexes of a namespace, one for each space, and what has them follow. Thread-safe. */
final class NamespaceIndexes {
  private final NamespaceRow namespace;
  private final EmbeddingSource source;
  private final IndexFolders folders;
  private final IndexFactory factory;
  private final IndexWork work;
  private final IndexTuning tuning;
  private final OutboxReader outbox;
  private final NamespaceFollower follower;
  private final AssetNumbers numbers = new AssetNumbers();
  private final Map<String, SpaceIndex> spaces = new ConcurrentHashMap<>();

  NamespaceIndexes(
      EmbeddingSource source,
      IndexFolders folders,
      IndexFactory factory,
      IndexWork work,
      IndexTuning tuning) {
    this.namespace = source.namespace();
    this.source = source;
    this.folders = folders;
    this.factory = factory;
    this.work = work;
    this.tuning = tuning;
    this.outbox = new OutboxReader(source, tuning, this::appeared);
    this.follower = new NamespaceFollower(outbox, tuning, namespace.name().value());
  }

  void start() {
    follower.start();
  }

  NamespaceFollower follower() {
    return follower;
  }

  EmbeddingSource source() {
    return source;
  }

  AssetNumbers numbers() {
    return numbers;
  }

  /** The index of a space; opened or built in the background from now on, if it was not before. */
  SpaceIndex of(EmbeddingSpace space) {
    SpaceIndex known = spaces.get(space.name().value());
    return known != null ? known : spaces.computeIfAbsent(space.name().value(), _ -> open(space));
  }

  /** The same if it was used or seen before. */
  Optional<SpaceIndex> known(String space) {
    return Optional.ofNullable(spaces.get(space));
  }

  void appeared(List<SpaceRow> rows) {
    if (!work.closing()) {
      rows.forEach(row -> of(row.space()));
    }
  }

  private SpaceIndex open(EmbeddingSpace space) {
    SpaceIndex index =
        new SpaceIndex(
            space,
            "the vector index of space " + space.name() + " of namespace " + namespace.name(),
            () -> folders.of(namespace.domain(), namespace.number(), space.name().value()),
            new IndexBuilder(space, factory, numbers, source, outbox, tuning),
            follower,
            work,
            tuning);
    index.openLater();
    return index;
  }

  /** Ends builds; the indexes stay as they are. */
  void cancel() {
    spaces.values().forEach(SpaceIndex::cancel);
  }

  /** Makes everything durable. */
  void close() {
    follower.close();
  }
}
