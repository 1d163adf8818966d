package io.aifs.server.engine.search;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.vector.Hit;
import io.aifs.vector.Similarity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Hits without an index: looks at every embedding of the space in the catalog, a page at a time,
 * and reads the vectors of those that may be found. Memory is that of a page and of the nearest.
 */
final class CatalogHits implements HitSource {
  /** Embeddings that are looked at together; their vectors take 8 MiB at most. */
  private static final int PAGE = 512;

  private final Catalog catalog;
  private final StoredVectors vectors;
  private final Sought sought;

  CatalogHits(Catalog catalog, StoredVectors vectors, Sought sought) {
    this.catalog = catalog;
    this.vectors = vectors;
    this.sought = sought;
  }

  @Override
  public boolean isExact() {
    return true;
  }

  @Override
  public List<List<Hit>> search(List<Target> targets, int most, boolean exact) {
    Pass pass = new Pass(targets, most);
    if (sought.only().isPresent()) {
      lookAt(sought.only().get(), pass);
    } else {
      lookAtAll(pass);
    }
    return pass.results();
  }

  /** Those of a page that may be found, and where the next begins; empty after the last. */
  private record Page(List<EmbeddingRow> possible, Optional<EmbeddingKey> last) {}

  private void lookAtAll(Pass pass) {
    Optional<EmbeddingKey> after = Optional.empty();
    do {
      Optional<EmbeddingKey> from = after;
      Page page = catalog.read(reader -> page(reader, from));
      pass.add(page.possible());
      after = page.last();
    } while (after.isPresent());
  }

  private Page page(CatalogReader reader, Optional<EmbeddingKey> after) {
    List<EmbeddingRow> rows =
        reader.embeddings().inSpace(sought.namespace().number(), sought.spaceName(), after, PAGE);
    return new Page(
        possible(reader, rows),
        rows.size() < PAGE ? Optional.empty() : Optional.of(rows.getLast().key()));
  }

  /** The same of the only assets that may be found. */
  private void lookAt(Set<Digest> assets, Pass pass) {
    Iterator<Digest> ids = new TreeSet<>(assets).iterator();
    while (ids.hasNext()) {
      Digest id = ids.next();
      List<EmbeddingRow> rows =
          catalog.read(
              reader ->
                  possible(
                      reader,
                      reader
                          .embeddings()
                          .ofAll(sought.namespace().number(), List.of(id))
                          .getOrDefault(id, List.of())));
      for (int from = 0; from < rows.size(); from += PAGE) {
        pass.add(rows.subList(from, Math.min(rows.size(), from + PAGE)));
      }
    }
  }

  private List<EmbeddingRow> possible(CatalogReader reader, List<EmbeddingRow> rows) {
    Set<Digest> ids = new HashSet<>();
    rows.stream().filter(sought::isLive).forEach(row -> ids.add(row.asset()));
    Map<Digest, AssetRow> assets = reader.assets().findAll(sought.namespace().number(), ids);
    assets.values().removeIf(asset -> !sought.allows(asset));
    return rows.stream()
        .filter(sought::isLive)
        .filter(row -> assets.containsKey(row.asset()))
        .toList();
  }

  /** One look at all embeddings, which come in order of asset. */
  private final class Pass {
    private final Similarity similarity = sought.similarity();
    private final List<Target> targets;
    private final List<NearestHits> nearest = new ArrayList<>();

    /** For each target the nearest part of the asset that is under way. */
    private final List<Optional<Hit>> current = new ArrayList<>();

    Pass(List<Target> targets, int most) {
      this.targets = targets;
      for (int i = 0; i < targets.size(); i++) {
        nearest.add(new NearestHits(most));
        current.add(Optional.empty());
      }
    }

    void add(List<EmbeddingRow> rows) {
      if (rows.isEmpty()) {
        return;
      }
      Map<Digest, float[]> read = vectors.read(sought.namespace(), rows);
      for (EmbeddingRow row : rows) {
        float[] vector = read.get(row.content());
        if (vector != null) { // else it was removed meanwhile
          for (int i = 0; i < targets.size(); i++) {
            see(i, row, similarity.score(targets.get(i).vector(), vector));
          }
        }
      }
    }

    private void see(int target, EmbeddingRow row, float score) {
      Hit hit = new Hit(Assets.key(row.asset()), row.part(), score);
      Optional<Hit> before = current.get(target);
      boolean isSame = before.filter(one -> one.asset().equals(hit.asset())).isPresent();
      if (!isSame) {
        finish(target);
      }
      if (!isSame || score > before.orElseThrow().score()) {
        current.set(target, Optional.of(hit));
      }
    }

    private void finish(int target) {
      current
          .get(target)
          .filter(hit -> sought.isEnough(hit.score()))
          .ifPresent(nearest.get(target)::offer);
      current.set(target, Optional.empty());
    }

    List<List<Hit>> results() {
      for (int i = 0; i < targets.size(); i++) {
        finish(i);
      }
      return nearest.stream().map(NearestHits::inOrder).toList();
    }
  }
}
