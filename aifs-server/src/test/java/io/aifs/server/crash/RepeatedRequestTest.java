package io.aifs.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.SimulatedStore;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.WriteRequest;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.tree.TreeNodes;
import io.aifs.server.file.Disk;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repeated request syncs packs that hold what others put: the ledger must hear of them. */
class RepeatedRequestTest {
  private static final Name NAMESPACE = new Name("space");
  private static final int SEVERAL_PACKS_BYTES = 20_000;

  @TempDir Path directory;
  private final Disk disk = new MemoryDisk();
  private final Random random = new Random(1);
  private final Clock clock = new SteadyClock(Instant.parse("2026-11-25T12:00:00Z"));
  private SimulatedStore.Identity identity;

  @BeforeEach
  void makeStore() throws IOException {
    identity = SimulatedStore.Identity.create(directory, random::nextBytes, clock);
    try (SqliteCatalog catalog = openCatalog(new TreeNodes())) {
      catalog.write(
          writer -> {
            writer.setStoreId(identity.storeId());
            return true;
          });
    }
  }

  @Test
  void anUploadBesideARepeatedPutOutlivesARestart() throws IOException {
    requireUploadBeside(upload("first", Optional.of(request("put")))::putWhole);
  }

  @Test
  void anUploadBesideARepeatedBatchOutlivesARestart() throws IOException {
    FilePut file =
        new FilePut(
            new TreePath("f"),
            new FilePut.What.Data(new byte[] {1}),
            FileAttributes.PLAIN_FILE,
            AssetKind.BLOB,
            Map.of(),
            List.of());
    Optional<WriteRequest> request = Optional.of(request("files"));
    requireUploadBeside(
        engine -> engine.files().put(row(engine), Name.MAIN_BRANCH, List.of(file), request));
  }

  private void requireUploadBeside(Consumer<Engine> repeated) throws IOException {
    byte[] content = new byte[SEVERAL_PACKS_BYTES];
    random.nextBytes(content);
    Upload beside = new Upload(NAMESPACE, content, Optional.empty(), Optional.empty());
    try (SimulatedStore store = open()) {
      Engine engine = store.engine();
      engine.namespaces().create(NAMESPACE, "", Map.of(), Optional.empty());
      repeated.accept(engine);
      try (PutSession session = beside.begin(engine)) {
        session.write(content, 0, content.length - 1);
        repeated.accept(engine);
        session.write(content, content.length - 1, 1);
        beside.finish(session);
      }
    }
    try (SimulatedStore store = open()) {
      Engine engine = store.engine();
      assertThat(engine.verifier().verify(row(engine), Digest.of(content)).valid()).isTrue();
      new Comparison(engine).requireSound();
    }
  }

  private static Upload upload(String text, Optional<WriteRequest> request) {
    return new Upload(NAMESPACE, text.getBytes(StandardCharsets.UTF_8), Optional.empty(), request);
  }

  private static WriteRequest request(String method) {
    return new WriteRequest(new RequestKey("scope", method, "1"), Digest.of(new byte[0]));
  }

  private static NamespaceRow row(Engine engine) {
    return engine.namespaces().require(NAMESPACE);
  }

  private SimulatedStore open() {
    TreeNodes trees = new TreeNodes();
    return SimulatedStore.open(identity, disk, openCatalog(trees), trees, clock, random::nextBytes);
  }

  private SqliteCatalog openCatalog(TreeNodes trees) {
    return SqliteCatalog.open(directory.resolve("catalog.db"), SqliteOptions.DEFAULT, trees);
  }
}
