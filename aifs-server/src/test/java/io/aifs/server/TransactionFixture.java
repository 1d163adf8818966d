package io.aifs.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.StagedTransaction;
import io.aifs.server.engine.CheckListener;
import io.aifs.server.engine.CheckOptions;
import io.aifs.server.engine.CheckTally;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.Finding;
import io.aifs.server.engine.PutHeader;
import io.aifs.server.engine.PutSession;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.history.TakeOrder;
import io.aifs.server.engine.open.Engine;
import io.aifs.server.engine.transaction.StagedStep;
import io.aifs.server.engine.transaction.StepOrder;
import io.aifs.server.engine.transaction.TransactionKey;
import io.aifs.server.engine.transaction.TransactionService;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A whole store under a clock that the test moves; checked by fsck in the end. */
abstract class TransactionFixture {
  static final Name MAIN = Name.MAIN_BRANCH;
  static final String OWNER = "token";
  static final Mover ADA = new Mover("ada");

  Instant now = Instant.parse("2026-11-21T12:00:00Z");
  final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
  @TempDir Path home;
  TestStore store;
  Engine engine;
  NamespaceRow space;

  @BeforeEach
  void open() {
    use(TestStore.create(home, clock));
  }

  final void use(TestStore opened) {
    store = opened;
    engine = opened.engine();
    space = engine.namespaces().require(Name.DEFAULT_NAMESPACE);
  }

  /** As a new server process finds the store. */
  void reopen() {
    store.close();
    use(TestStore.open(home, clock, JobSettings.DEFAULT, disk -> disk));
  }

  @AfterEach
  void checkAndClose() {
    List<Finding> findings = new ArrayList<>();
    engine
        .checks()
        .fsck(
            new CheckOptions(true, false),
            new CheckListener() {
              @Override
              public void finding(Finding finding) {
                if (finding.severity() != Finding.Severity.INFO) {
                  findings.add(finding);
                }
              }

              @Override
              public void progress(CheckTally soFar) {
                // nobody waits
              }
            });
    store.close();
    assertThat(findings).isEmpty();
  }

  TransactionService transactions() {
    return engine.transactions();
  }

  TransactionKey begin() {
    return begin(TransactionService.LEASE);
  }

  TransactionKey begin(Duration lease) {
    return key(transactions().begin(space, OWNER, lease, Optional.empty()));
  }

  TransactionKey key(StagedTransaction transaction) {
    return new TransactionKey(space, OWNER, transaction.id());
  }

  static FilePut file(String path, String content, Digest... parents) {
    return new FilePut(
        new TreePath(path),
        new FilePut.What.Data(content.getBytes(UTF_8)),
        FileAttributes.PLAIN_FILE,
        AssetKind.BLOB,
        Map.of(),
        List.of(parents).stream().map(id -> new ParentEdge(id, "made", "")).toList());
  }

  static Digest idOf(String content) {
    return Digest.of(content.getBytes(UTF_8));
  }

  void put(TransactionKey key, FilePut... files) {
    var _ =
        engine
            .files()
            .put(space, MAIN, List.of(files), true, transactions().puts(key), Optional.empty());
  }

  void put(FilePut... files) {
    assertThat(version(files)).isPositive();
  }

  /** Puts files, and returns the version that shows them. */
  long version(FilePut... files) {
    return engine.files().put(space, MAIN, List.of(files), Optional.empty()).version();
  }

  void stage(TransactionKey key, StagedStep... steps) {
    List<StepOrder> orders = List.of(steps).stream().<StepOrder>map(StepOrder.Ready::new).toList();
    var _ = transactions().stage(key, orders, Optional.empty());
  }

  List<String> paths() {
    return engine
        .tree()
        .read(space, MAIN, tree -> tree.walk(TreePath.ROOT, Optional.empty(), 10_000))
        .stream()
        .map(entry -> entry.path().value())
        .toList();
  }

  boolean isVisible(String content) {
    return !engine.assets().describeAll(space, List.of(idOf(content))).isEmpty();
  }

  SnapshotId snapshot() {
    TakeOrder order = new TakeOrder(MAIN, "made", "ada", Map.of(), Optional.empty(), false, "ada");
    return engine.history().snapshots().take(space, order, Optional.empty()).snapshot().id();
  }

  void move(TransactionKey key, SnapshotId to, SnapshotId expected) {
    stage(key, new StagedStep.MoveBranch(MAIN, to, expected, ADA));
  }

  static Reason reasonOf(Runnable work) {
    try {
      work.run();
      throw new AssertionError("nothing was refused");
    } catch (AifsException e) {
      return e.reason();
    }
  }

  void putUnnamed(String content) {
    PutHeader header =
        new PutHeader(AssetKind.BLOB, Map.of(), List.of(), new byte[0], Optional.empty());
    try (PutSession session = engine.assets().beginPut(space, header)) {
      byte[] bytes = content.getBytes(UTF_8);
      session.write(bytes, 0, bytes.length);
      assertThat(session.finish(Optional.empty()).version()).isPositive();
    }
  }
}
