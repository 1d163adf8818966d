package io.aifs.server.catalog.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.AssociationKey;
import io.aifs.server.catalog.AssociationRow;
import io.aifs.server.catalog.AssociationTypeRow;
import io.aifs.server.catalog.AuditHeadRow;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.catalog.EmbeddingRow;
import io.aifs.server.catalog.EventItem;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.KeptRequest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.PolicyRow;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.catalog.RevocationRow;
import io.aifs.server.catalog.RevokedName;
import io.aifs.server.catalog.SnapshotNode;
import io.aifs.server.catalog.SnapshotRow;
import io.aifs.server.catalog.SpaceRow;
import io.aifs.server.catalog.TablePage;
import io.aifs.server.catalog.TagRow;
import io.aifs.server.catalog.TokenFamilyRow;
import io.aifs.server.catalog.Tombstone;
import io.aifs.server.catalog.TreePart;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The bytes of transactions and pages: fixed for good, and safe against any others. */
class OpCodecTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456789Z");
  private static final Digest A = Digest.of(new byte[] {1});
  private static final Digest B = Digest.of(new byte[] {2});
  private static final TreeRoot ROOT = new TreeRoot(A, B, 1L << 33, Long.MAX_VALUE, 4_096);
  private static final DomainId DOMAIN = DomainId.parse("d0".repeat(16));
  private static final Name MAIN = Name.MAIN_BRANCH;

  /** Operations of working states since they are overlays on trees. */
  static final List<JournalOp> WORKING =
      List.of(
          new AssetOp.JoinUnnamed(3, List.of(A, B)),
          new WorkingOp.Reset(3, MAIN, new SnapshotRoots(ROOT, TreeRoot.EMPTY)),
          new WorkingOp.Freeze(3, MAIN, TreePart.UNNAMED),
          new WorkingOp.Folded(3, MAIN, TreePart.PATHS, 1L << 40, ROOT),
          new WorkingOp.Graft(3, MAIN, new TreePath("to"), ROOT, TreePath.ROOT));

  /** One of each operation of the first fixture, with every kind of value. */
  static final List<JournalOp> ALL =
      List.of(
          new StoreOp.SetStoreId("00112233445566778899aabbccddeeff"),
          new NamespaceOp.Create(
              new NamespaceRow(
                  3,
                  new Name("vision"),
                  "größe",
                  NOON,
                  Map.of("k", "v", "ä", ""),
                  DOMAIN,
                  ChunkerParameters.DEFAULT)),
          new LedgerOp.PutKeyFile("keys/a/1.key", new byte[] {1, 2, 3}),
          new AssetOp.PutAll(
              3,
              List.of(
                  new AssetRow(
                      A,
                      AssetKind.TENSOR,
                      1L << 40,
                      NOON,
                      7,
                      true,
                      false,
                      new byte[] {9},
                      Map.of("a", "b")),
                  new AssetRow(
                      B,
                      AssetKind.BLOB,
                      0,
                      Instant.EPOCH.minusNanos(1),
                      7,
                      false,
                      false,
                      new byte[0],
                      Map.of()))),
          new AssetOp.AddParents(
              3, A, List.of(new ParentEdge(B, "resize", "v1")), Optional.empty()),
          new AssetOp.PutEmbedding(3, new EmbeddingRow(A, "clip", 512, B)),
          new AssetOp.Delete(3, new Tombstone(B, AssetKind.BLOB, 0, NOON, "ada", "not needed")),
          new TreeOp.PutAll(
              3,
              MAIN,
              List.of(
                  new PathEntry(
                      new TreePath("a/é"),
                      new TreeEntry.File(
                          A, AssetKind.TENSOR, 1L << 40, new FileAttributes(0755, -5))),
                  new PathEntry(
                      new TreePath("l"), new TreeEntry.Symlink("a", FileAttributes.PLAIN_FILE)),
                  new PathEntry(
                      new TreePath("d"), new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)))),
          new TreeOp.RemoveAll(3, MAIN, List.of(new TreePath("l"), TreePath.ROOT)),
          new TreeOp.RemoveBelow(3, MAIN, TreePath.ROOT),
          new TreeOp.Move(3, MAIN, new TreePath("a"), new TreePath("b")),
          new EventOp.Append(
              new EventRow(
                  7, 3, EventRow.ASSET_PUT, NOON, List.of(A, B), Map.of("why", "because"))),
          new LedgerOp.Commit(
              List.of(new LivePack(new PackId("a".repeat(32)), DOMAIN, 1L << 30, true)),
              List.of(new PackId("b".repeat(32)))),
          new StoreOp.KeepRequest(
              new RequestKey("s", "PutAsset", "r1"), new KeptRequest(A, "{}", 1_000), -1));

  /** Those that came later, in a fixture of their own. */
  static final List<JournalOp> COLLECTION =
      List.of(
          new AssetOp.Revive(3, A, 1L << 33),
          new AssetOp.ForgetKept(3, 1L << 34, 10_000),
          new TreeOp.RemovePathsOf(3, B));

  private static final SnapshotId ONE = new SnapshotId("01".repeat(16));
  private static final SnapshotId TWO = new SnapshotId("ab".repeat(16));

  /** Those of history, likewise. */
  static final List<JournalOp> HISTORY =
      List.of(
          new SnapshotOp.Add(
              3,
              new SnapshotRow(
                  new SnapshotNode(TWO, NOON, 1L << 20, List.of(ONE, TWO), false),
                  new SnapshotRoots(new TreeRoot(A, B, 10, 1L << 40, 300), TreeRoot.EMPTY),
                  new byte[] {1, 2, 3},
                  new byte[] {4, 5})),
          new SnapshotOp.Prune(3, ONE),
          new RefOp.Move(
              3,
              new BranchMove(
                  7,
                  MAIN,
                  Optional.of(ONE),
                  Optional.of(TWO),
                  NOON,
                  "0a",
                  "größer",
                  Map.of("k", "v"))),
          new RefOp.Move(
              3,
              new BranchMove(8, MAIN, Optional.empty(), Optional.of(TWO), NOON, "", "", Map.of())),
          new RefOp.Guard(3, MAIN, true),
          new RefOp.MakeTag(
              3, new TagRow(new Name("v1"), TWO, NOON, "0a", Map.of("k", "v"), Optional.empty())),
          new RefOp.DeleteTag(3, new Name("v1"), NOON));

  /** Edges with their time. */
  static final List<JournalOp> LINEAGE =
      List.of(
          new AssetOp.AddParents(
              3,
              A,
              List.of(new ParentEdge(B, "größer", "v1"), new ParentEdge(B, "", "")),
              Optional.of(NOON)));

  /** Those of associations, likewise. */
  static final List<JournalOp> ASSOCIATIONS =
      List.of(
          new AssociationOp.Declare(
              3,
              List.of(
                  new AssociationTypeRow(16, new Name("produced"), 17),
                  new AssociationTypeRow(17, new Name("produced-by"), 16),
                  new AssociationTypeRow(18, new Name("seen"), 0))),
          new AssociationOp.PutAll(
              3,
              List.of(
                  new AssociationRow(
                      new ObjectId.External("run:größe"),
                      16,
                      new ObjectId.Asset(A),
                      Long.MIN_VALUE,
                      AssociationData.EMPTY),
                  new AssociationRow(
                      new ObjectId.Ref(MAIN),
                      18,
                      new ObjectId.Snapshot(TWO),
                      1L << 60,
                      AssociationData.of("why")))),
          new AssociationOp.DeleteAll(
              3, List.of(new AssociationKey(new ObjectId.Asset(B), 17, new ObjectId.Ref(MAIN)))));

  /** Those of events that know more than the assets, likewise. */
  static final List<JournalOp> EVENTS =
      List.of(
          new EventOp.Append(
              EventRow.of(
                      3,
                      EventRow.ASSET_PUT,
                      NOON,
                      List.of(
                          EventItem.of(A, AssetKind.TENSOR, 1L << 33).at(new TreePath("a/é")),
                          EventItem.of(B, AssetKind.BLOB, 0)),
                      Map.of("branch", "main"))
                  .withSequence(9)));

  /** Those of policies, likewise. */
  static final List<JournalOp> POLICIES =
      List.of(
          new PolicyOp.Add(3, new PolicyRow(1L << 20, "{\"version\":1}", NOON, "0a", "größer")),
          new PolicyOp.Add(3, new PolicyRow(1 + (1L << 20), "", NOON, "", "")));

  /** Those of tokens, likewise. */
  static final List<JournalOp> TOKENS =
      List.of(
          new TokenOp.Add(
              new TokenFamilyRow(
                  "0a",
                  "2",
                  List.of("namespace = models", "path = größer"),
                  NOON,
                  "admin-0b",
                  "für CI",
                  Optional.of(NOON.plusSeconds(1)))),
          new TokenOp.Add(new TokenFamilyRow("0c", "1", List.of(), NOON, "", "", Optional.empty())),
          new TokenOp.Revoke(
              new RevocationRow(
                  new RevokedName(RevokedName.Kind.FAMILY, "0a"), NOON, "admin-0b", "lost")),
          new TokenOp.Revoke(
              new RevocationRow(new RevokedName(RevokedName.Kind.TOKEN, "0d"), NOON, "", "")),
          new TokenOp.Used("0a", NOON.plusNanos(1)),
          new TokenOp.ForgetKey("keys/store/token-1.key"));

  /** Those of the audit log, likewise. */
  static final List<JournalOp> AUDIT =
      List.of(new AuditOp.KeepHead(new AuditHeadRow(1L << 40, A, B)));

  /** Those of embeddings, likewise. */
  static final List<JournalOp> EMBEDDINGS =
      List.of(
          new EmbeddingOp.PutSpace(
              3,
              new SpaceRow(
                  new EmbeddingSpace(
                      new Name("clip"), 512, VectorMetric.COSINE, "größe", VectorStorage.INT8),
                  NOON)),
          new EmbeddingOp.Put(
              3,
              new EmbeddingRow(
                  A,
                  "clip",
                  "seite ä",
                  512,
                  B,
                  Optional.of(new EmbeddingRow.Quarantine("/embeddings/review", NOON)))),
          new EmbeddingOp.Put(3, new EmbeddingRow(A, "clip", 512, B)),
          new EmbeddingOp.Remove(3, new EmbeddingKey(A, "clip", "seite ä")));

  static final TablePage PAGE =
      new TablePage(
          "sample",
          List.of("id", "text", "number", "nothing"),
          List.of(
              Arrays.asList(new byte[] {1}, "größe", Long.MIN_VALUE, null),
              Arrays.asList(new byte[0], "", 0L, null)));

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = OpCodecTest.class.getResourceAsStream("/format/" + name)) {
      String hex = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }
  }

  @Test
  void transactionsAreWrittenAsTheFixtureIs() throws IOException {
    assertThat(HexFormat.of().formatHex(OpCodec.encode(ALL)))
        .isEqualTo(HexFormat.of().formatHex(fixture("journal-v1-transaction.hex")));
  }

  @Test
  void theFixtureOfATransactionIsRead() throws IOException {
    List<JournalOp> read = OpCodec.decode(fixture("journal-v1-transaction.hex"));
    assertThat(read).hasSameSizeAs(ALL);
    assertThat(read)
        .usingRecursiveFieldByFieldElementComparator()
        .usingRecursiveComparison()
        .isEqualTo(ALL);
  }

  @Test
  void operationsOfCollectionAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-collection.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(COLLECTION)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(COLLECTION);
  }

  @Test
  void operationsOfHistoryAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-history.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(HISTORY)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).usingRecursiveComparison().isEqualTo(HISTORY);
  }

  @Test
  void operationsOfWorkingStatesAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-working.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(WORKING)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(WORKING);
  }

  @Test
  void edgesWithTheirTimeAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-lineage.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(LINEAGE)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(LINEAGE);
  }

  @Test
  void operationsOfAssociationsAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-associations.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(ASSOCIATIONS)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(ASSOCIATIONS);
  }

  @Test
  void eventsWithItemsAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-events.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(EVENTS)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(EVENTS);
  }

  @Test
  void operationsOfPoliciesAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-policies.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(POLICIES)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(POLICIES);
  }

  @Test
  void operationsOfTokensAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-tokens.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(TOKENS)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(TOKENS);
  }

  @Test
  void operationsOfTheAuditLogAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-audit.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(AUDIT)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(AUDIT);
  }

  @Test
  void operationsOfEmbeddingsAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-embeddings.hex");
    assertThat(HexFormat.of().formatHex(OpCodec.encode(EMBEDDINGS)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(OpCodec.decode(bytes)).isEqualTo(EMBEDDINGS);
  }

  @Test
  void codesAndLengthsOfEmbeddingsThatAreNoneAreRefused() {
    for (String fields :
        List.of(
            "c3:", // no such operation
            "c0:03" + "0161" + "00" + "00" + "00" + "00" + "00" + "00", // no dimension
            "c0:03" + "0161" + "04" + "09" + "00" + "00" + "00" + "00", // no such metric
            "c0:03" + "0141" + "04" + "00" + "00" + "00" + "00" + "00", // no name
            "c2:03" + "00")) {
      String[] parts = fields.split(":", -1);
      byte[] op =
          HexFormat.of()
              .parseHex("01" + parts[0] + "%02x".formatted(parts[1].length() / 2) + parts[1]);
      assertThatThrownBy(() -> OpCodec.decode(op)).isInstanceOf(JournalMalformedException.class);
    }
  }

  @Test
  void noOperationIsWithoutAFixture() {
    Set<Class<?>> written = new HashSet<>();
    ALL.forEach(op -> written.add(op.getClass()));
    COLLECTION.forEach(op -> written.add(op.getClass()));
    HISTORY.forEach(op -> written.add(op.getClass()));
    POLICIES.forEach(op -> written.add(op.getClass()));
    TOKENS.forEach(op -> written.add(op.getClass()));
    AUDIT.forEach(op -> written.add(op.getClass()));
    EMBEDDINGS.forEach(op -> written.add(op.getClass()));
    WORKING.forEach(op -> written.add(op.getClass()));
    ASSOCIATIONS.forEach(op -> written.add(op.getClass()));
    Set<Class<?>> all = new HashSet<>();
    for (Class<?> topic : JournalOp.class.getPermittedSubclasses()) {
      all.addAll(List.of(topic.getPermittedSubclasses()));
    }
    assertThat(written).isEqualTo(all);
  }

  @Test
  void pagesAreWrittenAndReadAsTheFixtureIs() throws IOException {
    byte[] bytes = fixture("journal-v1-page.hex");
    assertThat(HexFormat.of().formatHex(TablePageCodec.encode(PAGE)))
        .isEqualTo(HexFormat.of().formatHex(bytes));
    assertThat(TablePageCodec.decode(bytes)).usingRecursiveComparison().isEqualTo(PAGE);
  }

  @Test
  void bytesThatAreCutOrChangedAreRefusedOrReadAndNothingElse() {
    SeededTest.run(1, OpCodecTest::readChangedBytes);
  }

  private static void readChangedBytes(SplittableRandom random) {
    byte[] transaction = OpCodec.encode(ALL);
    byte[] page = TablePageCodec.encode(PAGE);
    for (int i = 0; i < 20_000; i++) {
      readAnything(changed(transaction, random), changed(page, random));
    }
    for (int cut = 0; cut < transaction.length; cut++) {
      readAnything(
          Arrays.copyOf(transaction, cut), Arrays.copyOf(page, Math.min(cut, page.length)));
    }
  }

  private static byte[] changed(byte[] bytes, SplittableRandom random) {
    byte[] changed = bytes.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    }
    return changed;
  }

  private static void readAnything(byte[] transaction, byte[] page) {
    try {
      assertThat(OpCodec.decode(transaction)).isNotNull();
    } catch (JournalMalformedException e) {
      assertThat(e).hasMessageContaining("");
    }
    try {
      assertThat(TablePageCodec.decode(page)).isNotNull();
    } catch (JournalMalformedException e) {
      assertThat(e).hasMessageContaining("");
    }
  }

  @Test
  void aLaterVersionIsRefusedByName() {
    assertThatThrownBy(() -> OpCodec.decode(new byte[] {2}))
        .isInstanceOf(JournalMalformedException.class)
        .hasMessageContaining("version 2");
    assertThatThrownBy(() -> OpCodec.decode(new byte[] {1, 0x7f, 0})).hasMessageContaining("0x7f");
    assertThatThrownBy(() -> TablePageCodec.decode(new byte[] {9}))
        .hasMessageContaining("version 9");
  }
}
