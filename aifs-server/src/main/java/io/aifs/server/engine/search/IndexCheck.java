package io.aifs.server.engine.search;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.vector.IndexFolder;
import io.aifs.vector.AssetKey;
import io.aifs.vector.AssetNumbers;
import io.aifs.vector.AssetSet;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexDamagedException;
import io.aifs.vector.VectorFiles;
import io.aifs.vector.VectorQuery;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** Compares indexes with what they are made from, and reads what is at rest. Thread-safe. */
final class IndexCheck {
  /** Vectors are stored that no index can have. */
  static final String UNUSABLE = "vectors-unusable";

  private static final String DIFFERS = "index-differs";
  private static final int TRIES = 3;
  private static final int SAMPLE = 32;
  private static final int ROWS_AT_A_TIME = 1_000;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** An index may round. */
  private static final double TOLERANCE = 0.01;

  /** Something that is not as it should be: its code as a finding, and what it is. */
  record Found(String code, String what) {}

  private IndexCheck() {}

  /** What is wrong with files at rest of an index that is not open; empty if nothing is. */
  static Optional<String> atRest(IndexFolder folder) throws IOException {
    Optional<VectorFiles> files = folder.files();
    if (files.isEmpty()) {
      return Optional.empty();
    }
    try {
      for (String name : files.get().list()) {
        files.get().read(name, (_, _, _) -> {});
      }
      return Optional.empty();
    } catch (IndexDamagedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** What is wrong with what an open index has at rest. */
  static Optional<String> atRest(FollowedIndex index) throws IOException {
    try {
      index.checkIntegrity();
      return Optional.empty();
    } catch (FollowedIndex.ClosedException _) {
      return Optional.empty(); // replaced meanwhile
    } catch (IndexDamagedException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * How an open index differs from the catalog; empty if it does not, or if writes come so fast
   * that nobody can tell.
   */
  static Optional<Found> difference(NamespaceIndexes all, SpaceIndex space) throws IOException {
    EmbeddingSource source = all.source();
    Optional<Found> found = Optional.empty();
    for (int i = 0; i < TRIES; i++) {
      long version = source.newest();
      Optional<FollowedIndex> index = space.current();
      if (index.isEmpty()
          || !all.follower()
              .await(
                  version,
                  System.nanoTime() + PATIENCE_NANOS,
                  () -> space.current().equals(index))) {
        return Optional.empty();
      }
      try {
        index.get().refresh();
        found = difference(source, space.space(), index.get(), all.numbers());
      } catch (FollowedIndex.ClosedException _) {
        found = Optional.empty();
      }
      if (found.isEmpty() || source.newest() == version) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Found> difference(
      EmbeddingSource source, EmbeddingSpace space, FollowedIndex index, AssetNumbers numbers)
      throws IOException {
    long held = index.stats().vectors();
    long live = source.count(space).live();
    long wanted = held == live ? live : usable(source, space);
    if (held != wanted) {
      return differs("it has " + held + " vectors, and should have " + wanted);
    }
    byte[] place = ByteBuffer.allocate(Long.BYTES).putLong(index.position()).array();
    EmbeddingKey from = new EmbeddingKey(Digest.of(place), space.name().value(), "");
    List<EmbeddingRow> sample = source.inSpace(space, Optional.of(from), SAMPLE);
    if (sample.isEmpty()) {
      sample = source.inSpace(space, Optional.empty(), SAMPLE);
    }
    List<Digest> assets = sample.stream().map(EmbeddingRow::asset).distinct().toList();
    for (AssetVectors asset : source.vectors(assets, source.assets(assets), space)) {
      Optional<Found> problem = difference(index, asset, numbers).flatMap(IndexCheck::differs);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return wanted == live
        ? Optional.empty()
        : Optional.of(
            new Found(UNUSABLE, live - wanted + " embeddings cannot be used and are not found"));
  }

  private static Optional<Found> differs(String what) {
    return Optional.of(new Found(DIFFERS, what));
  }

  /** How many embeddings can be read, and so must be in an index. */
  private static long usable(EmbeddingSource source, EmbeddingSpace space) throws IOException {
    long count = 0;
    Optional<EmbeddingKey> after = Optional.empty();
    while (true) {
      List<EmbeddingRow> page = source.inSpace(space, after, ROWS_AT_A_TIME);
      if (page.isEmpty()) {
        return count;
      }
      List<Digest> assets = page.stream().map(EmbeddingRow::asset).distinct().toList();
      for (AssetVectors asset : source.vectors(assets, source.assets(assets), space)) {
        count += asset.parts().size();
      }
      after = Optional.of(IndexBuilder.endOf(assets.getLast(), space));
    }
  }

  private static Optional<String> difference(
      FollowedIndex index, AssetVectors asset, AssetNumbers numbers) throws IOException {
    BitSet one = new BitSet();
    one.set(numbers.of(asset.asset()));
    AssetSet only = new AssetSet(numbers, one);
    for (AssetVectors.Part part : asset.parts()) {
      List<Hit> hits = index.search(exactly(part.vector(), only));
      double own =
          IndexBuilder.spec(index.space()).similarity().score(part.vector(), part.vector());
      if (hits.isEmpty() || hits.getFirst().score() < own - TOLERANCE * Math.max(1, own)) {
        return Optional.of("it does not find " + named(asset.asset(), part.name()));
      }
    }
    float[] any = new float[index.space().dimension()];
    any[0] = 1;
    if (asset.parts().isEmpty() && !index.search(exactly(any, only)).isEmpty()) {
      return Optional.of("it finds " + named(asset.asset(), "") + ", which is not to be found");
    }
    return Optional.empty();
  }

  private static VectorQuery exactly(float[] vector, AssetSet only) {
    return new VectorQuery(
        vector, 1, 0, true, OptionalDouble.empty(), Optional.empty(), Optional.of(only));
  }

  private static String named(AssetKey asset, String part) {
    String id = Digest.fromBytes(asset.toBytes()).hex();
    return "asset " + id + (part.isEmpty() ? "" : ", part '" + part + "'");
  }
}
