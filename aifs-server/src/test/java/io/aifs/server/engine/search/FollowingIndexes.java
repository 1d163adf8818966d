package io.aifs.server.engine.search;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.FloatVectors;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.ChunkStores;
import io.aifs.vector.AssetNumbers;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Facts;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.Similarity;
import io.aifs.vector.VectorIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Indexes that follow the outbox whenever they are asked for, unless they are told not to. */
final class FollowingIndexes implements Indexes {
  /** Makes an index of a space. */
  @FunctionalInterface
  interface Factory {
    VectorIndex open(IndexSpec spec, AssetNumbers numbers);
  }

  private record Key(long namespace, String space) {}

  /** An index and how far it has followed. Guarded by itself. */
  private static final class Followed {
    private final VectorIndex index;
    private long position;

    Followed(VectorIndex index) {
      this.index = index;
    }
  }

  private final Catalog catalog;
  private final ChunkStores chunks;
  private final Factory factory;
  private final Map<Key, Followed> open = new ConcurrentHashMap<>();
  private final Map<Long, AssetNumbers> numbers = new ConcurrentHashMap<>();

  /** Whether searches get an index. */
  volatile IndexState state = IndexState.READY;

  /** Whether the indexes follow. */
  volatile boolean follows = true;

  FollowingIndexes(Catalog catalog, ChunkStores chunks, Factory factory) {
    this.catalog = catalog;
    this.chunks = chunks;
    this.factory = factory;
  }

  @Override
  public IndexView view(NamespaceRow namespace, SpaceRow space, long version, Duration patience) {
    if (state != IndexState.READY) {
      return new IndexView(state, Optional.empty(), version);
    }
    Key key = new Key(namespace.number(), space.space().name().value());
    Followed followed =
        open.computeIfAbsent(key, _ -> new Followed(factory.open(spec(space), numbers(namespace))));
    synchronized (followed) {
      if (follows) {
        follow(namespace, key.space(), followed);
      }
      return new IndexView(IndexState.READY, Optional.of(followed.index), followed.position);
    }
  }

  private static IndexSpec spec(SpaceRow space) {
    Similarity similarity =
        switch (space.space().metric()) {
          case COSINE -> Similarity.COSINE;
          case DOT_PRODUCT -> Similarity.DOT_PRODUCT;
          case EUCLIDEAN -> Similarity.EUCLIDEAN;
        };
    return new IndexSpec(space.space().dimension(), similarity, IndexSpec.Storage.FLOAT32);
  }

  private void follow(NamespaceRow namespace, String space, Followed followed) {
    try {
      List<EventRow> events;
      do {
        long after = followed.position;
        long newest = catalog.read(reader -> reader.events().newest());
        events = catalog.read(reader -> reader.events().after(namespace.number(), after, 500));
        Set<Digest> assets = new LinkedHashSet<>();
        events.forEach(event -> assets.addAll(event.assets()));
        List<AssetVectors> now = new ArrayList<>();
        for (Digest asset : assets) {
          now.add(now(namespace, space, asset));
        }
        followed.index.replace(now);
        followed.position =
            events.isEmpty() ? Math.max(after, newest) : events.getLast().sequence();
      } while (!events.isEmpty());
      followed.index.refresh();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private AssetVectors now(NamespaceRow namespace, String space, Digest id) throws IOException {
    Optional<AssetRow> row = catalog.read(reader -> reader.assets().find(namespace.number(), id));
    List<AssetVectors.Part> parts = new ArrayList<>();
    if (row.isPresent()) {
      for (EmbeddingRow one : catalog.read(reader -> embeddings(reader, namespace, id))) {
        if (one.space().equals(space) && one.quarantine().isEmpty()) {
          parts.add(new AssetVectors.Part(one.part(), vector(namespace, one)));
        }
      }
    }
    Facts facts = row.map(Assets::facts).orElse(new Facts(0, 0, 0, Map.of()));
    return new AssetVectors(Assets.key(id), facts, parts);
  }

  private static List<EmbeddingRow> embeddings(
      CatalogReader reader, NamespaceRow namespace, Digest id) {
    return reader.embeddings().ofAll(namespace.number(), List.of(id)).getOrDefault(id, List.of());
  }

  private float[] vector(NamespaceRow namespace, EmbeddingRow row) throws IOException {
    return FloatVectors.decode(
        requireNonNull(
            chunks
                .of(namespace.domain())
                .getAll(RecordType.CHUNK, List.of(row.content()))
                .get(row.content())));
  }

  @Override
  public AssetNumbers numbers(NamespaceRow namespace) {
    return numbers.computeIfAbsent(namespace.number(), _ -> new AssetNumbers());
  }
}
