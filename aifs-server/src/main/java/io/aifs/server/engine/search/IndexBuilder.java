package io.aifs.server.engine.search;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.engine.Failures;
import io.aifs.server.vector.IndexFolder;
import io.aifs.vector.AssetNumbers;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.Similarity;
import io.aifs.vector.VectorFiles;
import io.aifs.vector.VectorIndex;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Opens the index of one space, or builds it from the catalog. Thread-safe. */
final class IndexBuilder {
  private static final System.Logger LOG = System.getLogger(IndexBuilder.class.getName());

  /** The greatest name that a part could have: 16 times the last character. */
  private static final String LAST_PART = Character.toString(Character.MAX_CODE_POINT).repeat(16);

  private final EmbeddingSpace space;
  private final IndexFactory factory;
  private final AssetNumbers numbers;
  private final EmbeddingSource source;
  private final OutboxReader outbox;
  private final IndexTuning tuning;

  IndexBuilder(
      EmbeddingSpace space,
      IndexFactory factory,
      AssetNumbers numbers,
      EmbeddingSource source,
      OutboxReader outbox,
      IndexTuning tuning) {
    this.space = space;
    this.factory = factory;
    this.numbers = numbers;
    this.source = source;
    this.outbox = outbox;
    this.tuning = tuning;
  }

  static IndexSpec spec(EmbeddingSpace space) {
    return new IndexSpec(
        space.dimension(),
        switch (space.metric()) {
          case COSINE -> Similarity.COSINE;
          case DOT_PRODUCT -> Similarity.DOT_PRODUCT;
          case EUCLIDEAN -> Similarity.EUCLIDEAN;
        },
        switch (space.storage()) {
          case FLOAT32 -> IndexSpec.Storage.FLOAT32;
          case INT8 -> IndexSpec.Storage.INT8;
        });
  }

  private VectorIndex open(VectorFiles files) throws IndexFailedException {
    try {
      return factory.open(spec(space), files, numbers);
    } catch (IOException | RuntimeException e) {
      throw new IndexFailedException(e);
    } catch (OutOfMemoryError e) {
      throw new IndexFailedException(
          new IOException("there is not enough memory for the index", e));
    }
  }

  /**
   * Opens what is at rest, and brings it up to now.
   *
   * @throws IndexFailedException if it has to be built anew
   */
  FollowedIndex reopen(VectorFiles files, BiConsumer<FollowedIndex, Exception> lost, IndexWork work)
      throws IOException {
    VectorIndex index = open(files);
    long position = index.position().orElse(-1);
    FollowedIndex followed = new FollowedIndex(space, index, position, Optional.empty(), lost);
    boolean done = false;
    try {
      if (position < 0) {
        throw new IndexFailedException(new IOException("it was never made durable"));
      }
      if (position > source.newest()) {
        throw new IndexFailedException(
            new IOException(
                "it is at event "
                    + position
                    + ", which the catalog does not have: it is of"
                    + " another state of the store"));
      }
      outbox.catchUp(followed, work::closing);
      done = true;
      return followed;
    } finally {
      if (!done) {
        followed.close();
      }
    }
  }

  /**
   * Builds an index that holds what the catalog has.
   *
   * @throws IndexFailedException if it could not be changed
   */
  FollowedIndex build(
      IndexFolder.Fresh fresh, BiConsumer<FollowedIndex, Exception> lost, IndexBuild progress)
      throws IOException {
    long start = source.newest(); // before the first page: what happens from here on is followed
    FollowedIndex followed =
        new FollowedIndex(space, open(fresh.files()), start, Optional.of(fresh), lost);
    boolean done = false;
    try {
      fill(followed, progress);
      outbox.catchUp(followed, progress::cancelled);
      progress.check();
      optimize(followed);
      outbox.catchUp(followed, progress::cancelled);
      progress.check();
      done = true;
      return followed;
    } finally {
      if (!done) {
        followed.close();
      }
    }
  }

  private void fill(FollowedIndex index, IndexBuild progress) throws IOException {
    long total = source.count(space).live();
    long put = 0;
    Optional<EmbeddingKey> after = Optional.empty();
    progress.progress(0, total);
    while (true) {
      progress.check();
      List<EmbeddingRow> page = source.inSpace(space, after, tuning.rows());
      if (page.isEmpty()) {
        return;
      }
      List<Digest> assets = page.stream().map(EmbeddingRow::asset).distinct().toList();
      for (List<Digest> some : OutboxReader.pieces(assets)) {
        put += put(index, some);
        progress.progress(put, total);
        progress.check();
      }
      after = Optional.of(endOf(assets.getLast(), space));
    }
  }

  /** Where the next page begins once all parts of an asset are done, whether a page had them. */
  static EmbeddingKey endOf(Digest asset, EmbeddingSpace space) {
    return new EmbeddingKey(asset, space.name().value(), LAST_PART);
  }

  private long put(FollowedIndex index, List<Digest> assets) throws IOException {
    EmbeddingSource.Assets now = source.assets(assets);
    long put = 0;
    for (List<Digest> some : outbox.pieces(assets, now, space)) {
      List<AssetVectors> vectors = source.vectors(some, now, space);
      try {
        index.replace(vectors);
      } catch (IOException | RuntimeException e) {
        throw new IndexFailedException(e);
      }
      put += vectors.stream().mapToLong(asset -> asset.parts().size()).sum();
    }
    return put;
  }

  /** On a full disk it does without. */
  private void optimize(FollowedIndex index) throws IOException {
    try {
      index.prepare();
      index.optimize();
    } catch (IOException e) {
      if (!Failures.isFullDisk(e)) {
        throw e;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "the disk is full: the vector index of space " + space.name() + " is only in memory");
    }
  }
}
