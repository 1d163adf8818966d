package io.aifs.server.engine.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.Tombstone;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog with two namespaces, and assets in it that have no content. */
final class LineageFixture implements AutoCloseable {
  static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

  private final Catalog catalog;
  private final NamespaceRow namespace;
  private final NamespaceRow other;

  LineageFixture(Path directory) {
    catalog = SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT);
    namespace = create("default");
    other = create("other");
  }

  private NamespaceRow create(String name) {
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
                        DomainId.parse("d0".repeat(16)),
                        ChunkerParameters.DEFAULT)));
  }

  Catalog catalog() {
    return catalog;
  }

  NamespaceRow namespace() {
    return namespace;
  }

  NamespaceRow other() {
    return other;
  }

  LineageService at(Instant now) {
    return new LineageService(catalog, Clock.fixed(now, ZoneOffset.UTC));
  }

  LineageService service() {
    return at(NOON);
  }

  void put(NamespaceRow space, AssetKind kind, Instant createdAt, Collection<Digest> ids) {
    long born =
        catalog.write(
            writer -> {
              long sequence = writer.events().next();
              writer
                  .assets()
                  .putAll(
                      space.number(),
                      ids.stream()
                          .map(
                              id ->
                                  new AssetRow(
                                      id,
                                      kind,
                                      7,
                                      createdAt,
                                      sequence,
                                      false,
                                      false,
                                      new byte[0],
                                      Map.of()))
                          .toList());
              return writer
                  .events()
                  .append(
                      new EventRow(
                          0,
                          space.number(),
                          EventRow.ASSET_PUT,
                          createdAt,
                          List.copyOf(ids),
                          Map.of()));
            });
    if (born <= 0) {
      throw new IllegalStateException("nothing was born");
    }
  }

  void put(Digest... ids) {
    put(namespace, AssetKind.BLOB, NOON, List.of(ids));
  }

  boolean delete(Digest id) {
    return catalog.write(
        writer -> {
          writer
              .assets()
              .delete(
                  namespace.number(),
                  new Tombstone(id, AssetKind.BLOB, 7, NOON, "ada", "not needed"));
          return true;
        });
  }

  /** Records one edge; returns how many were new. */
  int add(Digest child, Digest parent) {
    return service().addParents(namespace, List.of(made(child, parent)), Optional.empty()).added();
  }

  static NewParents made(Digest child, Digest... parents) {
    return new NewParents(
        child, List.of(parents).stream().map(parent -> new ParentEdge(parent, "t", "")).toList());
  }

  static Digest id(String text) {
    return Digest.of(text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    catalog.close();
  }
}
