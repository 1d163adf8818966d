package io.aifs.tests.damage;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.Search;
import io.aifs.client.SearchRequest;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.Trees;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors and texts that were planted are in no file of an index, nor anywhere else. */
class SealedIndexTest {
  private static final Name SPACE = new Name("planted");
  private static final int DIMENSION = 96;
  private static final int ASSETS = 300;

  @TempDir Path temporary;

  @Test
  void noVectorAndNoTextIsInAnyFileOfAnIndex() {
    SeededTest.run(
        1,
        random -> {
          StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
          Path indexes = store.data().resolve("vectors");
          PlantedBytes vectors = new PlantedBytes();
          PlantedBytes texts = new PlantedBytes();
          try (ServerProcess server = ServerProcess.start(store, 256);
              AifsClient client = server.connect()) {
            float[] last = plant(random, client, vectors, texts);
            Search.Answer found = client.search().search(SearchRequest.near(last).withK(1));
            assertThat(found.results().getFirst()).hasSize(1);
            vectors.requireAbsentFrom(server.log());
            texts.requireAbsentFrom(server.log());
          }
          assertThat(Trees.files(indexes)).as("files of a committed index").isNotEmpty();
          vectors.requireAbsentBelow(store.data());
          texts.requireAbsentBelow(indexes);
          try (ServerProcess server = ServerProcess.start(store, 256);
              AifsClient client = server.connect()) {
            var _ = client.search().buildIndex(SPACE, (_, _) -> {});
          }
          vectors.requireAbsentBelow(store.data());
          texts.requireAbsentBelow(indexes);
          store.requireClean();
        });
  }

  /** Metadata is in clear in the catalog, and in no index. Returns the last vector. */
  private static float[] plant(
      SplittableRandom random, AifsClient client, PlantedBytes vectors, PlantedBytes texts) {
    client
        .search()
        .createSpace(
            // Kept as it is, where cosine keeps vectors of length 1.
            new EmbeddingSpace(
                SPACE, DIMENSION, VectorMetric.DOT_PRODUCT, "", VectorStorage.FLOAT32));
    List<Search.Embedding> embeddings = new ArrayList<>();
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < ASSETS; i++) {
      String text = "zebra " + random.nextLong() + " quagga";
      texts.add("metadata", text.getBytes(StandardCharsets.UTF_8));
      PutOptions options =
          new PutOptions(
              AssetKind.BLOB, Map.of("planted", text), List.of(), new float[0], Optional.empty());
      Content content = Content.of(("planted " + i).getBytes(StandardCharsets.UTF_8));
      Digest asset = client.assets().put(options, content).id();
      vector = new float[DIMENSION];
      for (int at = 0; at < DIMENSION; at++) {
        vector[at] = (float) random.nextGaussian();
      }
      vectors.add("a vector", FloatVectors.encode(vector));
      String part = "page " + random.nextLong();
      texts.add("a part", part.getBytes(StandardCharsets.UTF_8));
      embeddings.add(new Search.Embedding(asset, part, vector));
    }
    var _ = client.search().put(SPACE, embeddings);
    return vector;
  }
}
