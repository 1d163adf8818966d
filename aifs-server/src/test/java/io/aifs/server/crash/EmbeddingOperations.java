package io.aifs.server.crash;

import static io.aifs.server.crash.SpaceEmbeddings.SPACE;
import static io.aifs.server.crash.Workload.row;

import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.embedding.NewEmbedding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;

/** Draws what users do with embeddings. */
final class EmbeddingOperations {
  private static final int BATCH_MAX = 4;
  private static final int PARTS = 5;

  private final Random random;
  private final Function<String, Optional<WriteRequest>> requests;

  EmbeddingOperations(Random random, Function<String, Optional<WriteRequest>> requests) {
    this.random = random;
    this.requests = requests;
  }

  /** Makes the space of a namespace that has none; else embeds or removes a few parts. */
  Operation next(Name name, Model.Space space) {
    if (!space.embeddings().made() || space.assets().isEmpty()) {
      return make(name);
    }
    List<EmbeddingName> names = new ArrayList<>();
    for (int i = random.nextInt(BATCH_MAX); i >= 0; i--) {
      List<Digest> assets = List.copyOf(space.assets().keySet());
      names.add(
          new EmbeddingName(
              assets.get(random.nextInt(assets.size())),
              SPACE.name(),
              "part " + random.nextInt(PARTS)));
    }
    return random.nextInt(4) == 0 ? remove(name, names) : put(name, names);
  }

  private Operation make(Name name) {
    Optional<WriteRequest> request = requests.apply("space");
    return Operation.of(
        "make the embedding space of " + name,
        engine -> {
          var _ = engine.embeddings().createSpace(row(engine, name), SPACE, request);
        },
        model -> model.space(name).embeddings().make());
  }

  private Operation put(Name name, List<EmbeddingName> names) {
    Optional<WriteRequest> request = requests.apply("embed");
    List<NewEmbedding> embeddings = new ArrayList<>();
    for (EmbeddingName one : names) {
      float[] values = {1 + random.nextInt(9), random.nextInt(9)};
      embeddings.add(new NewEmbedding(one.asset(), one.part(), FloatVectors.encode(values)));
    }
    return Operation.of(
        "embed " + names.size() + " parts in " + name,
        engine -> {
          var _ = engine.embeddings().put(row(engine, name), SPACE.name(), embeddings, request);
        },
        model -> names.forEach(one -> model.space(name).embeddings().put(one.asset(), one.part())));
  }

  private Operation remove(Name name, List<EmbeddingName> names) {
    Optional<WriteRequest> request = requests.apply("unembed");
    return Operation.of(
        "remove " + names.size() + " embeddings of " + name,
        engine -> {
          var _ = engine.embeddings().remove(row(engine, name), names, request);
        },
        model ->
            names.forEach(one -> model.space(name).embeddings().remove(one.asset(), one.part())));
  }
}
