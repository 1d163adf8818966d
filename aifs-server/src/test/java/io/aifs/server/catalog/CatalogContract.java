package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link Catalog} promises, by topic in the classes that extend this one. Subclasses of
 * those only say how to open one. Every test ends in a clean check.
 */
public abstract class CatalogContract {
  protected static final Name MAIN = Name.MAIN_BRANCH;
  protected static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");

  @TempDir protected Path dir;
  protected Catalog catalog;

  /** What overlays lie on. */
  protected final FakeTrees trees = new FakeTrees();

  /** Number of a namespace that every test finds ready. */
  protected long space;

  protected abstract Catalog open(Path directory);

  @BeforeEach
  final void openCatalog() {
    catalog = open(dir);
    space = createNamespace("default");
  }

  @AfterEach
  final void checkCatalog() {
    try (Catalog closing = catalog) {
      assertThat(closing.check()).isEmpty();
    }
  }

  protected final void reopen() {
    catalog.close();
    catalog = open(dir);
  }

  protected final void change(Consumer<CatalogWriter> change) {
    boolean done =
        catalog.write(
            writer -> {
              change.accept(writer);
              return true;
            });
    assertThat(done).isTrue();
  }

  protected final long createNamespace(String name) {
    return catalog.write(writer -> writer.namespaces().create(namespace(name))).number();
  }

  /** Makes assets visible in one transaction with one event; returns its sequence. */
  protected final long put(Digest... ids) {
    return catalog.write(writer -> put(writer, space, ids));
  }

  protected static long put(CatalogWriter writer, long namespace, Digest... ids) {
    long born = writer.events().next();
    writer.assets().putAll(namespace, Arrays.stream(ids).map(id -> asset(id, born)).toList());
    return writer.events().append(event(namespace, EventRow.ASSET_PUT, ids));
  }

  /** Adds an embedding, and its space if it is the first in it. */
  protected static void embed(CatalogWriter writer, long namespace, EmbeddingRow row) {
    if (writer.embeddings().space(namespace, row.space()).isEmpty()) {
      writer
          .embeddings()
          .putSpace(
              namespace,
              new SpaceRow(
                  new EmbeddingSpace(
                      new Name(row.space()),
                      row.dimension(),
                      VectorMetric.COSINE,
                      "größe",
                      VectorStorage.FLOAT32),
                  NOON));
    }
    writer.embeddings().put(namespace, row);
  }

  /** Removes every path that names an asset, as a forced delete does; returns how many. */
  static long removePathsOf(CatalogWriter writer, long namespace, Digest asset) {
    return writer
        .tree()
        .pathsOf(namespace, Set.of(asset), Integer.MAX_VALUE)
        .getOrDefault(asset, AssetPaths.NONE)
        .some()
        .stream()
        .mapToLong(
            place -> writer.tree().removeAll(namespace, place.branch(), List.of(place.path())))
        .sum();
  }

  protected static NamespaceRow namespace(String name) {
    return new NamespaceRow(
        0,
        new Name(name),
        "what " + name + " is for",
        NOON,
        Map.of("team", "vision", "größe", "☃"),
        domain(1),
        ChunkerParameters.DEFAULT);
  }

  protected static DomainId domain(int number) {
    byte[] bytes = new byte[DomainId.BYTES];
    bytes[0] = (byte) number;
    return DomainId.fromBytes(bytes);
  }

  protected static Digest id(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8));
  }

  protected static AssetRow asset(Digest id, long born) {
    return new AssetRow(id, AssetKind.BLOB, 7, NOON, born, false, false, new byte[0], Map.of());
  }

  protected static EventRow event(long namespace, String type, Digest... ids) {
    return new EventRow(0, namespace, type, NOON, List.of(ids), Map.of());
  }

  protected static Tombstone tombstone(Digest id) {
    return new Tombstone(id, AssetKind.BLOB, 7, NOON, "ada", "not needed");
  }

  protected static TreePath path(String path) {
    return new TreePath(path);
  }

  protected static PathEntry file(String path, Digest asset) {
    return new PathEntry(
        path(path), new TreeEntry.File(asset, AssetKind.BLOB, 7, FileAttributes.PLAIN_FILE));
  }

  protected static PathEntry directory(String path) {
    return new PathEntry(path(path), new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY));
  }
}
