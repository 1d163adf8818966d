package io.aifs.server.engine.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogProblem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.WriteRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.InstanceOfAssertFactories;

/** Snapshots and refs over a catalog of its own, with trees and keys in memory. */
final class HistoryFixture implements AutoCloseable {
  static final Name MAIN = Name.MAIN_BRANCH;
  static final String STORE = "00112233445566778899aabbccddeeff";
  static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  final MemoryTrees trees = new MemoryTrees();
  final MemorySnapshotKeys keys = new MemorySnapshotKeys(STORE);
  final Catalog catalog;
  final NamespaceRow space;
  final History history;

  private final AtomicLong millis = new AtomicLong();

  HistoryFixture(Path directory) {
    catalog = SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT, trees);
    space = namespace("default");
    history = History.of(catalog, keys, trees, trees.folding(catalog), STORE, clock());
  }

  /** A clock that goes on by a millisecond each time it is looked at. */
  private Clock clock() {
    InstantSource source = () -> NOON.plusMillis(millis.incrementAndGet());
    return source.withZone(ZoneOffset.UTC);
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
                        DomainId.parse("d0".repeat(16)),
                        ChunkerParameters.DEFAULT)));
  }

  Digest asset(String content) {
    Digest id = Digest.of(content.getBytes(StandardCharsets.UTF_8));
    var _ =
        catalog.<Boolean>write(
            writer -> {
              if (writer.assets().find(space.number(), id).isEmpty()) {
                long born = writer.events().next();
                AssetRow row =
                    new AssetRow(
                        id,
                        AssetKind.BLOB,
                        content.length(),
                        NOON,
                        born,
                        false,
                        false,
                        new byte[0],
                        Map.of());
                writer.assets().putAll(space.number(), List.of(row));
                writer
                    .events()
                    .append(
                        new EventRow(
                            0, space.number(), EventRow.ASSET_PUT, NOON, List.of(id), Map.of()));
              }
              return true;
            });
    return id;
  }

  /** Puts a file, whose asset is made visible. */
  void put(Name branch, String path, String content) {
    Digest id = asset(content);
    PathEntry entry =
        new PathEntry(
            new TreePath(path),
            new TreeEntry.File(id, AssetKind.BLOB, content.length(), FileAttributes.PLAIN_FILE));
    var _ =
        catalog.<Integer>write(
            writer -> writer.tree().putAll(space.number(), branch, List.of(entry)));
  }

  void put(String path, String content) {
    put(MAIN, path, content);
  }

  void remove(Name branch, String path) {
    var _ =
        catalog.<Integer>write(
            writer -> writer.tree().removeAll(space.number(), branch, List.of(new TreePath(path))));
  }

  SnapshotId take(Name branch) {
    return history.snapshots().take(space, order(branch), Optional.empty()).snapshot().id();
  }

  SnapshotId take() {
    return take(MAIN);
  }

  /** Puts a file and takes a snapshot. */
  SnapshotId commit(Name branch, String path, String content) {
    put(branch, path, content);
    return take(branch);
  }

  static TakeOrder order(Name branch) {
    return new TakeOrder(branch, "made", "ada", Map.of(), Optional.empty(), false, "token");
  }

  SnapshotId head(Name branch) {
    return history.refs().branch(space, branch).head();
  }

  Name start(String name, SnapshotId at) {
    return history
        .refs()
        .start(space, new Name(name), at, new Mover("token"), Optional.empty())
        .row()
        .name();
  }

  VerifiedSnapshot resolve(String ref) {
    return history.resolver().snapshot(space, Ref.parse(ref));
  }

  /** What a branch holds now. */
  List<String> paths(Name branch) {
    return catalog
        .read(
            reader ->
                reader.tree().walk(space.number(), branch, TreePath.ROOT, Optional.empty(), 10_000))
        .stream()
        .map(entry -> entry.path().value())
        .toList();
  }

  static void assertRefused(Reason reason, Runnable call) {
    assertThatThrownBy(call::run)
        .asInstanceOf(InstanceOfAssertFactories.type(AifsException.class))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason))
        .satisfies(refusal -> assertThat(refusal.hint()).isNotEmpty());
  }

  static WriteRequest request(String id, String content) {
    return new WriteRequest(
        new RequestKey("default token", "Method", id),
        Digest.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public void close() {
    List<CatalogProblem> problems = catalog.check();
    catalog.close();
    assertThat(problems).isEmpty();
  }
}
