package io.aifs.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.embedding.NewEmbedding;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.search.IndexState;
import io.aifs.server.engine.search.IndexView;
import io.aifs.vector.VectorQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The indexes of a whole store on a real disk. */
class StoredIndexesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ASSETS = 20;

  @TempDir Path home;
  private TestStore store;
  private Engine engine;
  private NamespaceRow namespace;
  private SpaceRow space;

  @BeforeEach
  void create() {
    use(TestStore.create(home, Clock.systemUTC()));
    space =
        engine
            .embeddings()
            .createSpace(
                namespace,
                new EmbeddingSpace(
                    new Name("words"), 3, VectorMetric.COSINE, "model", VectorStorage.FLOAT32),
                Optional.empty());
    for (int i = 0; i < ASSETS; i++) {
      put(i);
    }
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void use(TestStore opened) {
    store = opened;
    engine = opened.engine();
    namespace = engine.namespaces().require(Name.DEFAULT_NAMESPACE);
  }

  private void reopen() {
    use(TestStore.open(home, Clock.systemUTC(), JobSettings.DEFAULT, disk -> disk));
  }

  private static byte[] content(int number) {
    return ("content " + number).getBytes(UTF_8);
  }

  private static float[] vector(int number) {
    return new float[] {1, number * 0.3751f, number * number * 0.0173f};
  }

  private void put(int number) {
    PutHeader header =
        new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty());
    try (PutSession session = engine.assets().beginPut(namespace, header)) {
      byte[] bytes = content(number);
      session.write(bytes, 0, bytes.length);
      assertThat(session.finish(Optional.empty()).version()).isPositive();
    }
    NewEmbedding embedding =
        new NewEmbedding(Digest.of(content(number)), "part", FloatVectors.encode(vector(number)));
    var _ =
        engine
            .embeddings()
            .put(namespace, space.space().name(), List.of(embedding), Optional.empty());
  }

  private IndexView ready() {
    IndexView view = engine.indexes().view(namespace, space, engine.versions().newest(), PATIENCE);
    if (view.index().isEmpty()) {
      var _ = engine.indexes().build(namespace, space, (_, _) -> {});
      view = engine.indexes().view(namespace, space, engine.versions().newest(), PATIENCE);
    }
    return view;
  }

  private void assertFindsEach(int count) throws IOException {
    IndexView view = ready();
    assertThat(view.state()).isEqualTo(IndexState.READY);
    for (int i = 0; i < count; i++) {
      assertThat(view.index().orElseThrow().search(VectorQuery.of(vector(i), 1)))
          .extracting(hit -> Digest.fromBytes(hit.asset().toBytes()))
          .containsExactly(Digest.of(content(i)));
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(home.resolve("data/vectors"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void anIndexOutlivesItsStoreAndFollowsOn() throws IOException {
    engine.indexes().start();
    assertFindsEach(ASSETS);
    store.close();
    reopen();
    put(ASSETS);
    assertFindsEach(ASSETS + 1);
    assertThat(engine.indexes().status(namespace, space).lastDamage()).isEmpty();
  }

  @Test
  void vectorsAreNotInClearAtRest() throws IOException {
    assertFindsEach(ASSETS);
    store.close();
    byte[] planted = FloatVectors.encode(new float[] {vector(7)[1], vector(7)[2]});
    assertThat(files()).hasSizeGreaterThan(3);
    for (Path file : files()) {
      assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
          .doesNotContain(new String(planted, ISO_8859_1), Digest.of(content(7)).hex());
    }
    reopen();
  }

  @Test
  void allOfItMayBeDeletedWhileTheStoreIsClosed() throws IOException {
    assertFindsEach(ASSETS);
    store.close();
    for (Path file : files()) {
      Files.delete(file);
    }
    reopen();
    assertFindsEach(ASSETS);
  }
}
