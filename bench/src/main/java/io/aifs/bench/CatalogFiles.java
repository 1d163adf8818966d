package io.aifs.bench;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogWriter;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small files as a catalog sees them: random ids at given paths. Not thread-safe. */
final class CatalogFiles {
  private final Random random;
  private final List<TreePath> paths = new ArrayList<>();
  private final List<Digest> ids = new ArrayList<>();
  private long space;

  CatalogFiles(Random random) {
    this.random = random;
  }

  /** Adds a file, which {@link #put} will put. */
  void add(TreePath path) {
    byte[] id = new byte[Digest.BYTES];
    random.nextBytes(id);
    ids.add(Digest.fromBytes(id));
    paths.add(path);
  }

  int size() {
    return paths.size();
  }

  List<TreePath> paths() {
    return paths;
  }

  List<Digest> ids() {
    return ids;
  }

  /** The namespace's number. */
  long space() {
    return space;
  }

  void createNamespace(Catalog catalog) {
    space = catalog.write(writer -> writer.namespaces().create(namespace())).number();
  }

  /** Puts those from {@code first} to before {@code end}; returns the event's sequence. */
  long put(CatalogWriter writer, int first, int end) {
    long born = writer.events().next();
    List<AssetRow> rows = new ArrayList<>();
    List<PathEntry> entries = new ArrayList<>();
    for (int i = first; i < end; i++) {
      long size = 1_024L + i % 3_000;
      Instant created = Instant.ofEpochSecond(1_790_000_000, born * 1_000_003);
      FileAttributes attributes = new FileAttributes(0644, 1_780_000_000_123_456_789L + i);
      Digest id = ids.get(i);
      rows.add(
          new AssetRow(
              id, AssetKind.BLOB, size, created, born, false, false, new byte[0], Map.of()));
      entries.add(
          new PathEntry(paths.get(i), new TreeEntry.File(id, AssetKind.BLOB, size, attributes)));
    }
    writer.assets().putAll(space, rows);
    writer.tree().putAll(space, Name.MAIN_BRANCH, entries);
    return writer
        .events()
        .append(
            EventRow.of(
                space,
                EventRow.ASSET_PUT,
                Instant.EPOCH,
                entries.stream().map(EventItem::of).toList(),
                Map.of("branch", Name.MAIN_BRANCH.value())));
  }

  private static NamespaceRow namespace() {
    return new NamespaceRow(
        0,
        Name.DEFAULT_NAMESPACE,
        "",
        Instant.EPOCH,
        Map.of(),
        DomainId.fromBytes(new byte[DomainId.BYTES]),
        ChunkerParameters.DEFAULT);
  }
}
