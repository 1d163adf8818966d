package io.aifs.server.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.payload.PayloadCheck;
import io.aifs.server.engine.payload.PayloadInspector;
import io.aifs.server.engine.tree.TreeNodes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A catalog with a namespace, and chunk stores in memory that can be looked into. */
final class EngineFixture implements AutoCloseable {
  private final Catalog catalog;
  private final MemoryChunkStores chunkStores = new MemoryChunkStores();
  private final TreeNodes trees = new TreeNodes();
  private final NamespaceRow namespace;

  EngineFixture(Path directory) {
    catalog = SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT, trees);
    trees.attach(chunkStores::of);
    namespace =
        catalog.write(
            writer ->
                writer
                    .namespaces()
                    .create(
                        new NamespaceRow(
                            0,
                            Name.DEFAULT_NAMESPACE,
                            "",
                            Instant.EPOCH,
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

  TreeNodes trees() {
    return trees;
  }

  Folder folder() {
    return folder(new Pins());
  }

  MemoryChunkStore chunks() {
    return chunkStores.of(namespace.domain());
  }

  FilesService files() {
    Pins pins = new Pins();
    return new FilesService(
        catalog,
        chunkStores,
        pins,
        folder(pins),
        AssetRules.NONE,
        new PayloadInspector(PayloadCheck.OF_SCHEMAS),
        Clock.systemUTC());
  }

  private Folder folder(Pins pins) {
    return new Folder(catalog, chunkStores, trees, pins, Runnable::run, Folder.ROWS_MAX);
  }

  static FilePut file(String path, String content) {
    return new FilePut(
        new TreePath(path),
        new FilePut.What.Data(content.getBytes(UTF_8)),
        FileAttributes.PLAIN_FILE,
        AssetKind.BLOB,
        Map.of(),
        List.of());
  }

  static Digest idOf(String content) {
    return Digest.of(content.getBytes(UTF_8));
  }

  @Override
  public void close() {
    catalog.close();
  }
}
