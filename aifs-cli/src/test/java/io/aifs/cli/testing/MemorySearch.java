package io.aifs.cli.testing;

import io.aifs.client.PathInfo;
import io.aifs.client.Search;
import io.aifs.client.SearchRequest;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Search in memory: by cosine, over everything, with conditions of the form {@code KEY=VALUE} only.
 * Refs are taken as branch main.
 */
record MemorySearch(MemorySpace space) implements Search {
  @Override
  public Answer search(SearchRequest request) {
    space.searches.add(request);
    Optional<EmbeddingSpace> in =
        request.space().isPresent()
            ? Optional.of(require(request.space().get()))
            : space.embeddingSpaces.values().stream().findFirst();
    List<List<Hit>> results = new ArrayList<>();
    for (Probe probe : request.probes()) {
      results.add(in.map(name -> hits(name.name(), probe, request)).orElse(List.of()));
    }
    return new Answer(
        results,
        in.map(found -> found.name().value()).orElse(""),
        true,
        7,
        space.indexDropped ? IndexState.DROPPED : IndexState.READY);
  }

  private EmbeddingSpace require(Name name) {
    EmbeddingSpace found = space.embeddingSpaces.get(name);
    if (found == null) {
      throw new AifsException.NotFound(Reason.SPACE_NOT_FOUND, "no space '" + name + "'", "");
    }
    return found;
  }

  private List<Hit> hits(Name in, Probe probe, SearchRequest request) {
    float[] vector = vector(in, probe);
    Map<Digest, Hit> best = new HashMap<>();
    space.embeddings.forEach(
        (name, values) -> {
          Optional<TreePath> path = path(name.asset(), request);
          boolean asked = request.at().isPresent() || !request.path().isRoot();
          if (!name.space().equals(in)
              || space.waiting.contains(name)
              || (asked && path.isEmpty())
              || !holds(name.asset(), request.where())
              || (probe instanceof Probe.Like like && like.asset().equals(name.asset()))) {
            return;
          }
          float score = cosine(vector, values);
          if (request.least().isPresent() && score < request.least().getAsDouble()) {
            return;
          }
          Optional<AssetInfo> info =
              request.metadata()
                  ? Optional.of(space.require(name.asset()).info())
                  : Optional.empty();
          Hit hit =
              new Hit(name.asset(), score, name.part(), info, asked ? path : Optional.empty());
          best.merge(name.asset(), hit, (one, other) -> one.score() >= other.score() ? one : other);
        });
    return best.values().stream()
        .sorted(Comparator.comparingDouble((Hit hit) -> -hit.score()))
        .limit(request.k())
        .toList();
  }

  private float[] vector(Name in, Probe probe) {
    return switch (probe) {
      case Probe.Near(float[] vector) -> vector;
      case Probe.Like(Digest asset, String part) ->
          Optional.ofNullable(space.embeddings.get(new EmbeddingName(asset, in, part)))
              .orElseThrow(
                  () ->
                      new AifsException.NotFound(
                          Reason.EMBEDDING_NOT_FOUND, asset + " has no embedding", ""));
    };
  }

  private Optional<TreePath> path(Digest asset, SearchRequest request) {
    return space.below(request.path()).stream()
        .filter(info -> info.entry() instanceof TreeEntry.File file && file.asset().equals(asset))
        .map(PathInfo::path)
        .findFirst();
  }

  private boolean holds(Digest asset, List<String> where) {
    Map<String, String> metadata = space.require(asset).info().metadata();
    return where.stream()
        .map(condition -> condition.split("=", 2))
        .allMatch(pair -> Objects.equals(metadata.get(pair[0]), pair[1]));
  }

  private static float cosine(float[] one, float[] other) {
    if (one.length != other.length) {
      throw new AifsException.InvalidRequest(
          Reason.VECTOR_INVALID, "queries[0].vector", "another dimension", "");
    }
    double product = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
    }
    return (float) (product / FloatVectors.norm(one) / FloatVectors.norm(other));
  }

  @Override
  public void createSpace(EmbeddingSpace made) {
    EmbeddingSpace known = space.embeddingSpaces.putIfAbsent(made.name(), made);
    if (known != null && !known.equals(made)) {
      throw new AifsException.AlreadyExists(
          Reason.SPACE_EXISTS, "space '" + made.name() + "' is another", "another name");
    }
  }

  @Override
  public List<SpaceStatus> spaces() {
    return space.embeddingSpaces.values().stream()
        .map(
            one ->
                new SpaceStatus(
                    one,
                    Instant.EPOCH,
                    count(one.name()) - waiting(Optional.of(one.name())).count(),
                    waiting(Optional.of(one.name())).count(),
                    index(one.name())))
        .toList();
  }

  private long count(Name in) {
    return space.embeddings.keySet().stream().filter(name -> name.space().equals(in)).count();
  }

  private IndexStatus index(Name in) {
    return space.indexDropped
        ? new IndexStatus(IndexState.DROPPED, 0, 0, 0, 0, 0, 7, "")
        : new IndexStatus(IndexState.READY, count(in), 0, 1, 4_096, 2_048, 7, "");
  }

  private Stream<EmbeddingName> waiting(Optional<Name> in) {
    return space.waiting.stream().filter(name -> in.isEmpty() || in.get().equals(name.space()));
  }

  @Override
  public Put put(Name in, Collection<Embedding> embeddings) {
    EmbeddingSpace known = require(in);
    for (Embedding embedding : embeddings) {
      var _ = space.require(embedding.asset());
      if (embedding.vector().length != known.dimension()) {
        throw new AifsException.InvalidRequest(
            Reason.VECTOR_INVALID, "embeddings[0].vector", "another dimension", "");
      }
      EmbeddingName name = new EmbeddingName(embedding.asset(), in, embedding.part());
      space.embeddings.put(name, embedding.vector());
      if (space.reviews) {
        space.waiting.add(name);
      }
    }
    return new Put(embeddings.size(), space.reviews ? embeddings.size() : 0);
  }

  @Override
  public int remove(Collection<EmbeddingName> embeddings) {
    int removed = 0;
    for (EmbeddingName name : embeddings) {
      removed += space.embeddings.remove(name) == null ? 0 : 1;
      space.waiting.remove(name);
    }
    return removed;
  }

  @Override
  public Stream<Waiting> quarantined() {
    return space.waiting.stream()
        .map(
            name ->
                new Waiting(
                    name,
                    require(name.space()).dimension(),
                    FloatVectors.norm(space.embeddings.getOrDefault(name, new float[0])),
                    "/embeddings/review",
                    Instant.EPOCH));
  }

  @Override
  public int review(Collection<EmbeddingName> embeddings, Verdict verdict) {
    int reviewed = 0;
    for (EmbeddingName name : embeddings) {
      if (space.waiting.remove(name)) {
        reviewed++;
        if (!verdict.approve()) {
          space.embeddings.remove(name);
        }
      }
    }
    return reviewed;
  }

  @Override
  public int reviewAll(Optional<Name> in, Verdict verdict) {
    return review(waiting(in).toList(), verdict);
  }

  @Override
  public void dropIndex(Name in) {
    var _ = require(in);
    space.indexDropped = true;
  }

  @Override
  public IndexStatus buildIndex(Name in, BuildListener progress) {
    var _ = require(in);
    space.indexDropped = false;
    progress.progress(count(in), count(in));
    return index(in);
  }
}
