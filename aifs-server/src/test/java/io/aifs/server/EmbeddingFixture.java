package io.aifs.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.AssetService;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutResult;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.RecentAssets;
import io.aifs.server.engine.embedding.EmbeddingService;
import io.aifs.server.engine.embedding.NewEmbedding;
import io.aifs.server.engine.payload.PayloadCheck;
import io.aifs.server.engine.payload.PayloadInspector;
import io.aifs.server.engine.policy.Policies;
import io.aifs.server.engine.policy.PolicyService;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** A store with a namespace that obeys its policy, and what is embedded in it. */
final class EmbeddingFixture implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
  static final Name TEXT = new Name("text");

  /** Of three dimensions. */
  static final EmbeddingSpace TEXT_SPACE =
      new EmbeddingSpace(TEXT, 3, VectorMetric.COSINE, "a model", VectorStorage.FLOAT32);

  final MemoryDisk disk = new MemoryDisk();
  final CollectedStore store;
  final NamespaceRow space;
  final EmbeddingService embeddings;
  private final AssetService assets;
  private final PolicyService policies;

  EmbeddingFixture(Path directory) throws IOException {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    store = CollectedStore.open(directory, disk, 100_000, new Random(5), clock);
    space = store.createNamespace("one");
    Policies rules = Policies.of(store.catalog);
    policies = new PolicyService(store.catalog, rules, clock);
    embeddings = new EmbeddingService(store.catalog, store.chunkStores, store.pins, rules, clock);
    assets =
        new AssetService(
            store.catalog,
            store.chunkStores,
            RecentAssets.none(),
            store.pins,
            store.folder,
            rules,
            new PayloadInspector(PayloadCheck.OF_SCHEMAS),
            Runnable::run,
            clock,
            AssetService.UPLOAD_BATCH_BYTES);
  }

  static NewEmbedding embedding(Digest asset, String part, float... values) {
    return new NewEmbedding(asset, part, FloatVectors.encode(values));
  }

  /** Puts an asset with this content. */
  Digest asset(String content) {
    return asset(content, new byte[0]).id();
  }

  PutResult asset(String content, byte[] embedding) {
    byte[] bytes = content.getBytes(UTF_8);
    PutHeader header =
        new PutHeader(AssetKind.BLOB, Map.of(), List.of(), embedding, Optional.empty());
    try (PutSession session = assets.beginPut(space, header)) {
      session.write(bytes, 0, bytes.length);
      return session.finish(Optional.empty());
    }
  }

  EmbeddingService.Put put(NewEmbedding... all) {
    return embeddings.put(space, TEXT, List.of(all), Optional.empty());
  }

  void policy(String embeddingsMember) {
    assertThat(
            policies.set(
                space,
                new PolicyService.Order(
                    embeddingsMember.isEmpty()
                        ? ""
                        : "{\"version\": 1, \"embeddings\": " + embeddingsMember + "}",
                    OptionalLong.empty(),
                    "ada",
                    ""),
                Optional.empty()))
        .isPresent();
  }

  List<EmbeddingRow> rows(Digest asset) {
    return store.catalog.read(reader -> reader.assets().embeddings(space.number(), asset));
  }

  long newest() {
    return store.catalog.read(reader -> reader.events().newest());
  }

  List<EventRow> eventsAfter(long sequence) {
    return store.catalog.read(reader -> reader.events().after(space.number(), sequence, 100));
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
