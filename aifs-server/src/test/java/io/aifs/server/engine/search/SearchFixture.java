package io.aifs.server.engine.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.address.Ref;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.FloatVectors;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.chunk.Chunk;
import io.aifs.server.engine.DeleteService;
import io.aifs.server.engine.Folder;
import io.aifs.server.engine.MemoryChunkStores;
import io.aifs.server.engine.Pins;
import io.aifs.server.engine.history.History;
import io.aifs.server.engine.history.MemorySnapshotKeys;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.history.RefRoots;
import io.aifs.server.engine.history.StoredTrees;
import io.aifs.server.engine.history.TakeOrder;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.testing.ExactVectorIndex;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** Search over a real catalog and real trees, with chunks, keys and indexes in memory. */
final class SearchFixture implements AutoCloseable {
  static final Name MAIN = Name.MAIN_BRANCH;
  static final String STORE = "00112233445566778899aabbccddeeff";
  static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  final Catalog catalog;
  final MemoryChunkStores chunks = new MemoryChunkStores();
  final NamespaceRow space;
  final History history;
  final RefRoots refs;
  final FollowingIndexes indexes;
  final SearchService search;
  private final DeleteService deletes;

  private final AtomicLong millis = new AtomicLong();

  SearchFixture(Path directory) {
    this(directory, (spec, _) -> new ExactVectorIndex(spec));
  }

  SearchFixture(Path directory, FollowingIndexes.Factory factory) {
    TreeNodes nodes = new TreeNodes();
    nodes.attach(chunks::of);
    catalog = SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT, nodes);
    space = namespace("default");
    Pins pins = new Pins();
    Folder folder = new Folder(catalog, chunks, nodes, pins, Runnable::run, Folder.ROWS_MAX);
    StoredTrees trees = new StoredTrees(chunks, nodes, pins);
    history = History.of(catalog, new MemorySnapshotKeys(STORE), trees, folder, STORE, clock());
    refs = new RefRoots(history.resolver(), folder, trees);
    deletes = new DeleteService(catalog, nodes, folder, clock());
    indexes = new FollowingIndexes(catalog, chunks, factory);
    search = new SearchService(catalog, chunks, indexes, refs, this::newest);
  }

  /** A clock that goes on by a millisecond each time it is looked at. */
  private Clock clock() {
    InstantSource source = () -> NOON.plusMillis(millis.incrementAndGet());
    return source.withZone(ZoneOffset.UTC);
  }

  long newest() {
    return catalog.read(reader -> reader.events().newest());
  }

  NamespaceRow namespace(String name) {
    return catalog.write(
        writer ->
            writer
                .namespaces()
                .create(
                    new NamespaceRow(
                        0,
                        new Name(name),
                        "",
                        NOON,
                        Map.of(),
                        DomainId.parse(Digest.of(name.getBytes(UTF_8)).hex().substring(0, 32)),
                        ChunkerParameters.DEFAULT)));
  }

  private void write(Consumer<CatalogWriter> change) {
    var _ =
        catalog.<Boolean>write(
            writer -> {
              change.accept(writer);
              return true;
            });
  }

  private static void tell(CatalogWriter writer, NamespaceRow in, String type, Digest... assets) {
    var _ =
        writer
            .events()
            .append(new EventRow(0, in.number(), type, NOON, List.of(assets), Map.of(), List.of()));
  }

  static Digest idOf(String content) {
    return Digest.of(content.getBytes(UTF_8));
  }

  /** Makes an asset visible without a path; as part of {@code main} if {@code unnamed}. */
  Digest asset(
      NamespaceRow in,
      String content,
      AssetKind kind,
      Map<String, String> metadata,
      boolean unnamed) {
    Digest id = idOf(content);
    write(
        writer -> {
          boolean isNew = writer.assets().find(in.number(), id).isEmpty();
          long born = writer.events().next();
          AssetRow row =
              new AssetRow(
                  id, kind, content.length(), NOON, born, unnamed, false, new byte[0], metadata);
          writer.assets().putAll(in.number(), List.of(row));
          tell(writer, in, isNew ? EventRow.ASSET_PUT : "asset.update", id);
        });
    return id;
  }

  Digest asset(String content) {
    return asset(space, content, AssetKind.BLOB, Map.of(), false);
  }

  void put(NamespaceRow in, Name branch, String path, String content) {
    put(in, branch, List.of(entry(path, content)));
  }

  static PathEntry entry(String path, String content) {
    return new PathEntry(
        new TreePath(path),
        new TreeEntry.File(
            idOf(content), AssetKind.BLOB, content.length(), FileAttributes.PLAIN_FILE));
  }

  void put(NamespaceRow in, Name branch, List<PathEntry> entries) {
    write(
        writer -> {
          var _ = writer.tree().putAll(in.number(), branch, entries);
        });
  }

  void remove(Name branch, String path) {
    write(
        writer -> {
          var _ = writer.tree().removeBelow(space.number(), branch, new TreePath(path));
        });
  }

  void move(Name branch, String from, String to) {
    write(
        writer -> {
          var _ = writer.tree().move(space.number(), branch, new TreePath(from), new TreePath(to));
        });
  }

  SnapshotId take(Name branch) {
    TakeOrder order =
        new TakeOrder(branch, "made", "ada", Map.of(), Optional.empty(), false, "token");
    return history.snapshots().take(space, order, Optional.empty()).snapshot().id();
  }

  Name start(String name, SnapshotId at) {
    Mover mover = new Mover("token", "", Map.of());
    return history.refs().start(space, new Name(name), at, mover, Optional.empty()).row().name();
  }

  void tag(String name, SnapshotId at) {
    Mover mover = new Mover("token", "", Map.of());
    var _ = history.tags().make(space, new Name(name), at, mover, Optional.empty());
  }

  SpaceRow makeSpace(NamespaceRow in, String name, int dimension, VectorMetric metric) {
    SpaceRow row =
        new SpaceRow(
            new EmbeddingSpace(new Name(name), dimension, metric, "", VectorStorage.FLOAT32), NOON);
    write(
        writer -> {
          writer.embeddings().putSpace(in.number(), row);
          tell(writer, in, "space.create");
        });
    return row;
  }

  /** Embeds an asset of a space. */
  void embed(
      NamespaceRow in, Digest asset, String name, String part, float[] vector, boolean waits) {
    byte[] bytes = FloatVectors.encode(vector);
    Chunk chunk = Chunk.of(bytes);
    var _ = chunks.of(in.domain()).putAll(RecordType.CHUNK, List.of(chunk));
    Optional<EmbeddingRow.Quarantine> quarantine =
        waits
            ? Optional.of(new EmbeddingRow.Quarantine("/embeddings/review", NOON))
            : Optional.empty();
    write(
        writer -> {
          writer
              .embeddings()
              .put(
                  in.number(),
                  new EmbeddingRow(asset, name, part, vector.length, chunk.digest(), quarantine));
          tell(writer, in, waits ? "embedding.quarantine" : "embedding.put", asset);
        });
  }

  /** Makes many assets visible, each with two parts in a space, in one write. */
  void assetsWithParts(int count, String name, IntFunction<float[]> vectors) {
    List<Chunk> parts = new ArrayList<>();
    for (int i = 0; i < 2 * count; i++) {
      parts.add(Chunk.of(FloatVectors.encode(vectors.apply(i))));
    }
    var _ = chunks.of(space.domain()).putAll(RecordType.CHUNK, parts);
    write(
        writer -> {
          List<Digest> ids = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            Digest id = idOf("asset " + i);
            ids.add(id);
            AssetRow row =
                new AssetRow(
                    id,
                    AssetKind.BLOB,
                    9,
                    NOON,
                    writer.events().next(),
                    false,
                    false,
                    new byte[0],
                    Map.of());
            writer.assets().putAll(space.number(), List.of(row));
            for (int part = 0; part < 2; part++) {
              Chunk chunk = parts.get(2 * i + part);
              writer
                  .embeddings()
                  .put(
                      space.number(),
                      new EmbeddingRow(
                          id,
                          name,
                          "part " + part,
                          chunk.length() / Float.BYTES,
                          chunk.digest(),
                          Optional.empty()));
            }
          }
          tell(writer, space, EventRow.ASSET_PUT, ids.toArray(Digest[]::new));
        });
  }

  void embed(Digest asset, String name, float... vector) {
    embed(space, asset, name, "", vector, false);
  }

  void unembed(NamespaceRow in, Digest asset, String name, String part) {
    write(
        writer -> {
          var _ = writer.embeddings().remove(in.number(), new EmbeddingKey(asset, name, part));
          tell(writer, in, "embedding.remove", asset);
        });
  }

  /** Deletes an asset, and from working states what names it. */
  void delete(NamespaceRow in, Digest id) {
    deletes.delete(in, id, true, "token", "", Optional.empty());
  }

  /** An order for the nearest to a vector. */
  static Order near(float... vector) {
    return new Order().near(vector);
  }

  /** An order under way. */
  static final class Order {
    private final List<SearchOrder.Probe> probes = new ArrayList<>();
    Optional<Name> in = Optional.empty();
    int k = 10;
    int effort;
    boolean exact;
    OptionalDouble least = OptionalDouble.empty();
    List<String> where = List.of();
    Optional<Ref> at = Optional.empty();
    String path = "";
    SearchOrder.Bounds bounds = SearchOrder.Bounds.NONE;

    Order near(float... vector) {
      probes.add(new SearchOrder.Probe.Near(FloatVectors.encode(vector)));
      return this;
    }

    Order like(Digest asset, String part) {
      probes.add(new SearchOrder.Probe.Like(asset, part));
      return this;
    }

    Order in(String name) {
      in = Optional.of(new Name(name));
      return this;
    }

    Order k(int most) {
      k = most;
      return this;
    }

    Order exact() {
      exact = true;
      return this;
    }

    Order where(String... conditions) {
      where = List.of(conditions);
      return this;
    }

    Order at(String ref) {
      at = Optional.of(Ref.parse(ref));
      return this;
    }

    Order path(String below) {
      path = below;
      return this;
    }

    Order bounds(SearchOrder.Bounds of) {
      bounds = of;
      return this;
    }

    SearchOrder made() {
      return new SearchOrder(
          in,
          probes,
          k,
          effort,
          exact,
          least,
          where,
          at,
          new TreePath(path),
          Duration.ofSeconds(1),
          bounds);
    }
  }

  SearchAnswer find(Order order) {
    return search.search(space, order.made());
  }

  /** The assets of the first probe's answer, in order. */
  List<Digest> ids(Order order) {
    return ids(find(order));
  }

  static List<Digest> ids(SearchAnswer answer) {
    return answer.results().getFirst().stream().map(found -> found.row().id()).toList();
  }

  /** A search service over other indexes. */
  SearchService over(Indexes others) {
    return new SearchService(catalog, chunks, others, refs, this::newest);
  }

  /** One index for all. */
  Indexes only(VectorIndex index, long version) {
    return new Indexes() {
      @Override
      public IndexView view(NamespaceRow in, SpaceRow row, long wanted, Duration patience) {
        return new IndexView(IndexState.READY, Optional.of(index), version);
      }

      @Override
      public io.aifs.vector.AssetNumbers numbers(NamespaceRow in) {
        return indexes.numbers(in);
      }
    };
  }

  @Override
  public void close() {
    List<CatalogProblem> problems = catalog.check();
    catalog.close();
    assertThat(problems).isEmpty();
  }
}
