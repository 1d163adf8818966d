package io.aifs.server.engine.search;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FloatVectors;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RecordType;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingReader;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.chunk.ChunkDamagedException;
import io.aifs.server.chunk.ChunkStore;
import io.aifs.server.engine.ChunkStores;
import io.aifs.server.engine.Failures;
import io.aifs.server.pack.DamagedRecordException;
import io.aifs.vector.AssetKey;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Facts;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What indexes of a namespace are to hold, as catalog and chunk store have it now. A vector that
 * cannot be read is left out: the log and fsck tell, and who wants it back puts it again.
 * Thread-safe.
 */
final class EmbeddingSource {
  private static final System.Logger LOG = System.getLogger(EmbeddingSource.class.getName());

  /** Begins the types of events that change paths alone: assets have events of their own. */
  private static final String OF_PATHS = "tree.";

  private final Catalog catalog;
  private final ChunkStores chunkStores;
  private final NamespaceRow namespace;

  EmbeddingSource(Catalog catalog, ChunkStores chunkStores, NamespaceRow namespace) {
    this.catalog = catalog;
    this.chunkStores = chunkStores;
    this.namespace = namespace;
  }

  /**
   * A page of what happened.
   *
   * @param reached the sequence up to which it tells all
   * @param last whether nothing has happened behind it
   * @param assets what has changed, each once
   * @param spaces all that there are
   */
  record Page(long reached, boolean last, List<Digest> assets, List<SpaceRow> spaces) {}

  /** Assets as they are at one moment; those without embeddings or not visible are absent. */
  record Assets(Map<Digest, AssetRow> rows, Map<Digest, List<EmbeddingRow>> embeddings) {
    /** How many bytes the vectors of an asset in a space have. */
    long bytes(Digest asset, EmbeddingSpace space) {
      return live(asset, space).count() * space.dimension() * Float.BYTES;
    }

    private Stream<EmbeddingRow> live(Digest asset, EmbeddingSpace space) {
      return rows.containsKey(asset)
          ? embeddings.getOrDefault(asset, List.of()).stream().filter(row -> isFound(row, space))
          : Stream.of();
    }
  }

  private static boolean isFound(EmbeddingRow row, EmbeddingSpace space) {
    return row.quarantine().isEmpty() && row.space().equals(space.name().value());
  }

  NamespaceRow namespace() {
    return namespace;
  }

  long newest() {
    return catalog.read(reader -> reader.events().newest());
  }

  /** What happened after a sequence. */
  Page after(long sequence, int rows) {
    return catalog.read(
        reader -> {
          List<EventRow> events = reader.events().after(namespace.number(), sequence, rows);
          Set<Digest> assets = new LinkedHashSet<>();
          events.stream()
              .filter(event -> !event.type().startsWith(OF_PATHS))
              .forEach(event -> assets.addAll(event.assets()));
          return new Page(
              events.isEmpty()
                  ? Math.max(sequence, reader.events().newest())
                  : events.getLast().sequence(),
              events.isEmpty(),
              List.copyOf(assets),
              reader.embeddings().spaces(namespace.number()));
        });
  }

  Assets assets(Collection<Digest> ids) {
    return catalog.read(
        reader -> {
          var embeddings = reader.embeddings().ofAll(namespace.number(), ids);
          return new Assets(
              reader.assets().findAll(namespace.number(), embeddings.keySet()), embeddings);
        });
  }

  /** The next embeddings of a space with their assets, in order of key. */
  List<EmbeddingRow> inSpace(EmbeddingSpace space, Optional<EmbeddingKey> after, int rows) {
    return catalog.read(
        reader ->
            reader.embeddings().inSpace(namespace.number(), space.name().value(), after, rows));
  }

  EmbeddingReader.Counts count(EmbeddingSpace space) {
    return catalog.read(reader -> count(reader, space));
  }

  private EmbeddingReader.Counts count(CatalogReader reader, EmbeddingSpace space) {
    return reader.embeddings().count(namespace.number(), space.name().value());
  }

  /** What an index of {@code space} is to hold of these assets: nothing of those not visible. */
  List<AssetVectors> vectors(List<Digest> ids, Assets now, EmbeddingSpace space)
      throws IOException {
    List<EmbeddingRow> rows = ids.stream().flatMap(id -> now.live(id, space)).toList();
    Map<Digest, float[]> vectors = load(rows, space);
    List<AssetVectors> all = new ArrayList<>(ids.size());
    for (Digest id : ids) {
      List<AssetVectors.Part> parts =
          now.live(id, space)
              .filter(row -> vectors.containsKey(row.content()))
              .map(
                  row ->
                      new AssetVectors.Part(row.part(), requireNonNull(vectors.get(row.content()))))
              .toList();
      all.add(new AssetVectors(AssetKey.of(id.toBytes()), facts(now.rows().get(id)), parts));
    }
    return all;
  }

  private static Facts facts(@Nullable AssetRow row) {
    if (row == null) {
      return new Facts(0, 0, 0, Map.of());
    }
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, row.createdAt());
    return new Facts(row.kind().code(), row.size(), micros, row.metadata());
  }

  /** The vectors by the digests of their chunks, without those that cannot be used. */
  private Map<Digest, float[]> load(List<EmbeddingRow> rows, EmbeddingSpace space)
      throws IOException {
    Set<Digest> wanted = new LinkedHashSet<>();
    rows.forEach(row -> wanted.add(row.content()));
    Map<Digest, float[]> vectors = new HashMap<>();
    Optional<String> problem = Optional.empty();
    for (Map.Entry<Digest, byte[]> chunk : read(wanted).entrySet()) {
      try {
        float[] vector = FloatVectors.decode(chunk.getValue());
        if (vector.length != space.dimension()) {
          throw new IllegalArgumentException("it has " + vector.length + " values");
        }
        FloatVectors.requireUsable(vector, space.metric());
        vectors.put(chunk.getKey(), vector);
      } catch (IllegalArgumentException e) {
        problem = Optional.of(chunk.getKey() + ": " + e.getMessage());
      }
    }
    if (vectors.size() < wanted.size()) {
      tellSkipped(wanted.size() - vectors.size(), space, problem);
    }
    return vectors;
  }

  private void tellSkipped(int count, EmbeddingSpace space, Optional<String> problem) {
    LOG.log(
        System.Logger.Level.WARNING,
        count
            + " vectors of space "
            + space.name()
            + " of namespace "
            + namespace.name()
            + " cannot be used and are not found"
            + problem.map(text -> ", such as " + text).orElse(": their chunks are damaged")
            + "; put them again");
  }

  /** Those that read; one by one if one does not. */
  private Map<Digest, byte[]> read(Set<Digest> wanted) throws IOException {
    if (wanted.isEmpty()) {
      return Map.of();
    }
    ChunkStore store = chunkStores.of(namespace.domain());
    try {
      return store.getAll(RecordType.CHUNK, wanted);
    } catch (ChunkDamagedException | DamagedRecordException _) {
      Map<Digest, byte[]> some = new HashMap<>();
      for (Digest one : wanted) {
        try {
          some.putAll(store.getAll(RecordType.CHUNK, Set.of(one)));
        } catch (ChunkDamagedException | DamagedRecordException _) {
          // told with the others that are left out
        }
      }
      return some;
    }
  }

  /** What to tell a caller of a failure. */
  static AifsException translate(Exception failure, String what) {
    return switch (failure) {
      case AifsException known -> known;
      case IOException io -> Failures.translate(what, io);
      default -> throw new IllegalStateException(what, failure);
    };
  }
}
