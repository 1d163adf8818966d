package io.aifs.server.engine.search;

import io.aifs.core.model.EmbeddingSpace;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.vector.AssetVectors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Brings indexes up to what happened: whatever an event says, its assets are put into the indexes
 * as they are now. So doing a part of it again changes nothing. Thread-safe.
 */
final class OutboxReader {
  private static final int ASSETS_AT_A_TIME = 512;

  private final EmbeddingSource source;
  private final IndexTuning tuning;
  private final Consumer<List<SpaceRow>> spaces;

  /**
   * @param spaces told of all spaces of the namespace with each page
   */
  OutboxReader(EmbeddingSource source, IndexTuning tuning, Consumer<List<SpaceRow>> spaces) {
    this.source = source;
    this.tuning = tuning;
    this.spaces = spaces;
  }

  /** How far a step came, and whether there was nothing behind it. */
  record Step(long reached, boolean last) {}

  /**
   * Brings indexes a page further.
   *
   * @param failed told of an index that could not be changed, which is then left alone
   * @throws IOException if what happened, or what is now, cannot be read
   */
  Step step(
      long after, Collection<FollowedIndex> indexes, BiConsumer<FollowedIndex, Exception> failed)
      throws IOException {
    EmbeddingSource.Page page = source.after(after, tuning.rows());
    List<FollowedIndex> sound = new ArrayList<>(indexes);
    List<Digest> assets = page.assets();
    for (List<Digest> some : sound.isEmpty() ? List.<List<Digest>>of() : pieces(assets)) {
      EmbeddingSource.Assets now = source.assets(some);
      for (FollowedIndex index : List.copyOf(sound)) {
        if (!replace(index, some, now, failed)) {
          sound.remove(index);
        }
      }
    }
    sound.forEach(index -> index.reached(page.reached()));
    spaces.accept(page.spaces());
    return new Step(page.reached(), page.last());
  }

  /** Assets that are looked up together. */
  static List<List<Digest>> pieces(List<Digest> assets) {
    List<List<Digest>> pieces = new ArrayList<>();
    for (int from = 0; from < assets.size(); from += ASSETS_AT_A_TIME) {
      pieces.add(assets.subList(from, Math.min(assets.size(), from + ASSETS_AT_A_TIME)));
    }
    return pieces;
  }

  /** Assets whose vectors fit in memory together; an asset is never divided. */
  List<List<Digest>> pieces(List<Digest> assets, EmbeddingSource.Assets now, EmbeddingSpace space) {
    List<List<Digest>> pieces = new ArrayList<>();
    int from = 0;
    while (from < assets.size()) {
      int to = from;
      long bytes = 0;
      while (to < assets.size() && (to == from || bytes < tuning.batchBytes())) {
        bytes += now.bytes(assets.get(to), space);
        to++;
      }
      pieces.add(assets.subList(from, to));
      from = to;
    }
    return pieces;
  }

  private boolean replace(
      FollowedIndex index,
      List<Digest> assets,
      EmbeddingSource.Assets now,
      BiConsumer<FollowedIndex, Exception> failed)
      throws IOException {
    for (List<Digest> some : pieces(assets, now, index.space())) {
      List<AssetVectors> vectors = source.vectors(some, now, index.space());
      try {
        index.replace(vectors);
      } catch (IOException | RuntimeException e) {
        failed.accept(index, e);
        return false;
      } catch (OutOfMemoryError e) { // native memory, too
        failed.accept(index, new IOException("there is not enough memory for the index", e));
        return false;
      }
    }
    return true;
  }

  /**
   * Brings one index up to now.
   *
   * @param cancelled whether to end early
   * @throws IndexFailedException if it could not be changed
   * @throws IOException if what happened, or what is now, cannot be read
   */
  void catchUp(FollowedIndex index, BooleanSupplier cancelled) throws IOException {
    boolean last = false;
    List<Exception> failures = new ArrayList<>();
    while (!last && !cancelled.getAsBoolean()) {
      last = step(index.position(), List.of(index), (_, failure) -> failures.add(failure)).last();
      if (!failures.isEmpty()) {
        throw new IndexFailedException(failures.getFirst());
      }
    }
  }
}
