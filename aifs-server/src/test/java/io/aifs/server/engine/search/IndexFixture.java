package io.aifs.server.engine.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.catalog.Tombstone;
import io.aifs.server.catalog.journal.EventOp;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.engine.MemoryChunkStores;
import io.aifs.server.engine.event.EventSignal;
import io.aifs.server.file.Disk;
import io.aifs.server.vector.IndexFolders;
import io.aifs.server.vector.RoomCheck;
import io.aifs.vector.AssetKey;
import io.aifs.vector.Hit;
import io.aifs.vector.VectorQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** A real catalog with vectors in chunks, and indexes over any disk that follow it. */
final class IndexFixture implements AutoCloseable {
  static final int DIMENSION = 4;
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final IndexTuning QUICK =
      new IndexTuning(
          Duration.ofMillis(20),
          5,
          3,
          64,
          Duration.ofMillis(1),
          Duration.ofMillis(20),
          Duration.ofMillis(1));

  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  final Catalog catalog;
  final MemoryChunkStores chunks = new MemoryChunkStores();
  final EventSignal signal = new EventSignal();
  final NamespaceRow namespace;

  private final IndexFactory factory;

  IndexFixture(Path directory) {
    this(directory, (spec, files, _) -> KeptExactIndex.open(spec, files));
  }

  /**
   * @param factory of indexes if nothing else is asked for
   */
  IndexFixture(Path directory, IndexFactory factory) {
    this.factory = factory;
    catalog = SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT);
    namespace = createNamespace("default", 1);
  }

  private static DomainId domain(int number) {
    byte[] bytes = new byte[DomainId.BYTES];
    bytes[0] = (byte) number;
    return DomainId.fromBytes(bytes);
  }

  private static byte[] filled(int value) {
    byte[] bytes = new byte[DomainKeys.KEY_BYTES];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  NamespaceRow createNamespace(String name, int domain) {
    NamespaceRow row =
        new NamespaceRow(
            0, new Name(name), "", NOON, Map.of(), domain(domain), ChunkerParameters.DEFAULT);
    return catalog.write((CatalogWriter writer) -> writer.namespaces().create(row));
  }

  /** Indexes over a disk; each domain has keys of its own. */
  VectorIndexes indexes(Disk disk, IndexFactory factory, IndexTuning tuning) {
    return new VectorIndexes(
        catalog,
        chunks,
        new IndexFolders(
            disk,
            "5e".repeat(16),
            domain -> DomainKeys.of(domain, Map.of(1, filled(domain.toBytes()[0] + 1)), filled(4)),
            RandomBytes.secure(),
            RoomCheck.OPEN),
        factory,
        signal,
        tuning);
  }

  VectorIndexes indexes(Disk disk) {
    return indexes(disk, factory, QUICK);
  }

  SpaceRow createSpace(String name) {
    return createSpace(namespace, name);
  }

  SpaceRow createSpace(NamespaceRow in, String name) {
    SpaceRow row =
        new SpaceRow(
            new EmbeddingSpace(
                new Name(name), DIMENSION, VectorMetric.EUCLIDEAN, "", VectorStorage.FLOAT32),
            NOON);
    write(in, "space.create", List.of(), writer -> writer.embeddings().putSpace(in.number(), row));
    return row;
  }

  static Digest asset(int number) {
    return Digest.of(("asset " + number).getBytes(StandardCharsets.UTF_8));
  }

  static float[] vector(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] vector = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] = (float) random.nextDouble(-1, 1);
    }
    return vector;
  }

  /** Puts the asset if it is not there. */
  void putAsset(NamespaceRow in, int number) {
    Digest id = asset(number);
    write(
        in,
        EventRow.ASSET_PUT,
        List.of(id),
        writer -> {
          if (writer.assets().find(in.number(), id).isEmpty()) {
            AssetRow row =
                new AssetRow(
                    id,
                    AssetKind.BLOB,
                    number,
                    NOON.plusSeconds(number),
                    writer.events().next(),
                    false,
                    false,
                    new byte[0],
                    Map.of("number", Integer.toString(number)));
            writer.assets().putAll(in.number(), List.of(row));
          }
        });
  }

  void putEmbedding(int number, SpaceRow space, String part, float[] vector) {
    putEmbedding(namespace, number, space, part, vector, false);
  }

  void putEmbedding(
      NamespaceRow in, int number, SpaceRow space, String part, float[] vector, boolean waits) {
    byte[] bytes = FloatVectors.encode(vector);
    Digest content = Digest.of(bytes);
    var _ = chunks.of(in.domain()).putAll(RecordType.CHUNK, List.of(Chunk.of(bytes)));
    putRow(in, number, space, part, content, waits);
  }

  /** Names a chunk that may not be there. */
  void putRow(
      NamespaceRow in, int number, SpaceRow space, String part, Digest content, boolean waits) {
    EmbeddingRow row =
        new EmbeddingRow(
            asset(number),
            space.space().name().value(),
            part,
            DIMENSION,
            content,
            waits
                ? Optional.of(new EmbeddingRow.Quarantine("/embeddings/review", NOON))
                : Optional.empty());
    write(
        in,
        "embedding.put",
        List.of(asset(number)),
        writer -> writer.embeddings().put(in.number(), row));
  }

  void removeEmbedding(int number, SpaceRow space, String part) {
    EmbeddingKey key = new EmbeddingKey(asset(number), space.space().name().value(), part);
    write(
        namespace,
        "embedding.remove",
        List.of(asset(number)),
        writer -> writer.embeddings().remove(namespace.number(), key));
  }

  void deleteAsset(int number) {
    write(
        namespace,
        "asset.delete",
        List.of(asset(number)),
        writer -> {
          if (writer.assets().find(namespace.number(), asset(number)).isPresent()) {
            writer
                .assets()
                .delete(
                    namespace.number(),
                    new Tombstone(asset(number), AssetKind.BLOB, number, NOON, "me", "test"));
          }
        });
  }

  private void write(
      NamespaceRow in, String type, List<Digest> assets, Consumer<CatalogWriter> change) {
    List<EventItem> items = assets.stream().map(id -> EventItem.of(id, AssetKind.BLOB, 0)).toList();
    EventRow event = EventRow.of(in.number(), type, NOON, items, Map.of());
    long sequence =
        catalog.write(
            writer -> {
              change.accept(writer);
              return writer.events().append(event);
            });
    signal.changed(List.of(new EventOp.Append(event.withSequence(sequence))));
  }

  long newest() {
    return catalog.read(reader -> reader.events().newest());
  }

  IndexView view(VectorIndexes indexes, SpaceRow space) {
    return indexes.view(namespace, space, newest(), PATIENCE);
  }

  /** A view of an index that is ready, waiting for it to be built if it has to be. */
  IndexView ready(VectorIndexes indexes, SpaceRow space) {
    return ready(indexes, namespace, space);
  }

  IndexView ready(VectorIndexes indexes, NamespaceRow in, SpaceRow space) {
    IndexView view = indexes.view(in, space, newest(), PATIENCE);
    while (view.index().isEmpty()) {
      var _ = indexes.build(in, space, (_, _) -> {});
      view = indexes.view(in, space, newest(), PATIENCE);
    }
    return view;
  }

  /** That the view finds what the catalog has, all of it, with the right scores and facts. */
  void assertHoldsCatalog(IndexView view, NamespaceRow in, SpaceRow space) throws IOException {
    for (long seed = 0; seed < 3; seed++) {
      float[] probe = vector(1_000_000 + seed);
      VectorQuery all =
          new VectorQuery(
              probe, 100_000, 0, true, OptionalDouble.empty(), Optional.empty(), Optional.empty());
      assertThat(rounded(view.index().orElseThrow().search(all)))
          .isEqualTo(rounded(expected(in, space, probe)));
    }
  }

  private static Map<AssetKey, String> rounded(Collection<Hit> hits) {
    Map<AssetKey, String> scores = new HashMap<>();
    hits.forEach(hit -> scores.put(hit.asset(), hit.part() + " %.4f".formatted(hit.score())));
    return scores;
  }

  void assertHoldsCatalog(IndexView view, SpaceRow space) throws IOException {
    assertHoldsCatalog(view, namespace, space);
  }

  private Collection<Hit> expected(NamespaceRow in, SpaceRow space, float[] probe) {
    List<EmbeddingRow> rows =
        catalog.read(
            reader ->
                reader
                    .embeddings()
                    .inSpace(in.number(), space.space().name().value(), Optional.empty(), 100_000));
    Map<AssetKey, Hit> best = new HashMap<>();
    for (EmbeddingRow row : rows) {
      byte[] bytes =
          chunks
              .of(in.domain())
              .getAll(RecordType.CHUNK, List.of(row.content()))
              .get(row.content());
      if (bytes != null && row.quarantine().isEmpty()) {
        float score =
            IndexBuilder.spec(space.space()).similarity().score(probe, FloatVectors.decode(bytes));
        Hit hit = new Hit(AssetKey.of(row.asset().toBytes()), row.part(), score);
        best.merge(hit.asset(), hit, (a, b) -> a.score() >= b.score() ? a : b);
      }
    }
    return best.values();
  }

  @Override
  public void close() {
    catalog.close();
  }
}
