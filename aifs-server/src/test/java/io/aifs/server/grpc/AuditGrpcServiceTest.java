package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.proto.v1.AdminGrpc;
import io.aifs.proto.v1.AuditGrpc;
import io.aifs.proto.v1.AuditHead;
import io.aifs.proto.v1.CheckResponse;
import io.aifs.proto.v1.CreateNamespaceRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.FsckRequest;
import io.aifs.proto.v1.HistoryGrpc;
import io.aifs.proto.v1.MaintenanceGrpc;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.ReadAuditRequest;
import io.aifs.proto.v1.ReadAuditResponse;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.SnapshotInfo;
import io.aifs.proto.v1.StatPathsRequest;
import io.aifs.proto.v1.TakeSnapshotRequest;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.proto.v1.VerifyAuditRequest;
import io.aifs.proto.v1.VerifyAuditResponse;
import io.aifs.server.JobSettings;
import io.aifs.server.TestStore;
import io.aifs.server.file.FaultyDisk;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls leave in the audit log, and how it is read and checked over the wire. */
class AuditGrpcServiceTest {
  private static final Set<String> CHANGES = Set.of("put", "delete", "snapshot", "admin");

  @TempDir private Path directory;
  private EdgeFixture fixture;
  private Channel open;
  private Channel channel;

  @BeforeEach
  void open() throws IOException {
    fixture = EdgeFixture.open(directory);
    open = fixture.inProcess();
    channel = EdgeFixture.withToken(open, TestTokens.admin());
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private AuditGrpc.AuditBlockingStub audit() {
    return AuditGrpc.newBlockingStub(channel);
  }

  private TreeGrpc.TreeBlockingStub tree() {
    return TreeGrpc.newBlockingStub(channel);
  }

  private List<String> records() {
    return records(ReadAuditRequest.getDefaultInstance());
  }

  private List<String> records(ReadAuditRequest request) {
    List<String> records = new ArrayList<>();
    audit().read(request).forEachRemaining(page -> records.addAll(page.getRecordsList()));
    return records;
  }

  private List<String> recordsOf(String method) {
    return records().stream()
        .filter(record -> record.contains("\"method\":\"aifs.v1." + method + "\""))
        .toList();
  }

  private void putFile(String path, String content) {
    var _ =
        tree()
            .putFiles(
                PutFilesRequest.newBuilder()
                    .addFiles(
                        FilePut.newBuilder()
                            .setPath(path)
                            .setData(ByteString.copyFromUtf8(content))
                            .putMetadata("planted-key", "planted-value"))
                    .build());
  }

  /** A new RPC that changes something is in the log without anybody thinking of it. */
  @Test
  void everyRpcThatChangesSomethingLeavesARecordAndNoOtherDoes() {
    Map<String, String> expected = new TreeMap<>();
    for (MethodDescriptor<?, ?> method : fixture.edge().methods()) {
      List<String> words = words(method);
      if (method.getFullMethodName().equals("grpc.health.v1.Health/Watch")) {
        continue; // never ends
      }
      StatusRuntimeException end = RawCalls.end(channel, method);
      if (!words.isEmpty() && CHANGES.containsAll(words)) {
        expected.put(method.getFullMethodName(), end.getStatus().getCode().name());
      }
    }

    Map<String, String> found = new TreeMap<>();
    for (String record : records()) {
      String method = field(record, "method");
      if (!method.startsWith("aifs.audit/")) {
        assertThat(found.put(method, field(record, "outcome"))).as("one of " + method).isNull();
        assertThat(field(record, "family")).as(record).isEqualTo("test");
        assertThat(field(record, "request_id")).isNotEmpty();
        assertThat(field(record, "client")).isEqualTo("process");
      }
    }
    assertThat(found).isEqualTo(expected).hasSizeGreaterThan(30);
  }

  private static List<String> words(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema
        ? schema.getMethodDescriptor().getOptions().getExtension(io.aifs.proto.v1.Options.method)
        : List.of();
  }

  private static String field(String record, String name) {
    int from = record.indexOf("\"" + name + "\":\"") + name.length() + 4;
    return record.substring(from, record.indexOf('"', from));
  }

  @Test
  void everyRefusedCallIsCounted() {
    String narrow = TestTokens.with("methods = list", "namespace = default");
    for (int i = 0; i < 7; i++) {
      refused(open);
      refused(EdgeFixture.withToken(open, "garbage"));
      refused(EdgeFixture.withToken(open, narrow));
    }

    Map<String, Long> counted =
        records().stream()
            .filter(record -> record.contains("Tree/StatPaths"))
            .collect(
                Collectors.groupingBy(
                    record -> field(record, "outcome") + " " + field(record, "reason"),
                    Collectors.summingLong(AuditGrpcServiceTest::count)));
    assertThat(counted)
        .containsOnly(
            Map.entry("UNAUTHENTICATED TOKEN_MISSING", 7L),
            Map.entry("PERMISSION_DENIED TOKEN_INVALID", 7L),
            Map.entry("PERMISSION_DENIED TOKEN_NOT_ALLOWED", 7L));
    assertThat(records())
        .filteredOn(one -> one.contains("NOT_ALLOWED"))
        .allMatch(one -> field(one, "family").equals("test"));
  }

  private static void refused(Channel channel) {
    WireFailure.of(
        () -> TreeGrpc.newBlockingStub(channel).statPaths(StatPathsRequest.getDefaultInstance()));
  }

  private static long count(String record) {
    int from = record.indexOf("\"count\":") + 8;
    return Long.parseLong(record.substring(from, record.indexOf(',', from)));
  }

  @Test
  void recordSaysWhatItWasAboutAndNothingElse() throws IOException {
    putFile("data/a.txt", "planted content");
    putFile("data/b.txt", "other content");
    var _ =
        tree()
            .movePath(
                MovePathRequest.newBuilder().setFromPath("data/a.txt").setToPath("c.txt").build());
    var _ =
        tree()
            .removePaths(
                RemovePathsRequest.newBuilder().addPaths("data/b.txt").addPaths("c.txt").build());
    SnapshotInfo snapshot =
        HistoryGrpc.newBlockingStub(channel)
            .takeSnapshot(
                TakeSnapshotRequest.newBuilder()
                    .setMessage("planted message")
                    .setRequestId("r-1")
                    .build());
    var _ =
        AdminGrpc.newBlockingStub(channel)
            .createNamespace(CreateNamespaceRequest.newBuilder().setName("second").build());
    String asset = Upload.put(channel, "upload".getBytes(UTF_8)).getAssetId();

    assertThat(recordsOf("Tree/PutFiles").getFirst())
        .contains("\"namespace\":\"default\"", "\"files_count\":1,\"path\":\"data/a.txt\"")
        .contains("\"answer_asset_id\":");
    assertThat(recordsOf("Tree/MovePath").getFirst())
        .contains("\"from_path\":\"data/a.txt\",\"to_path\":\"c.txt\"");
    assertThat(recordsOf("Tree/RemovePaths").getFirst())
        .contains("\"paths_count\":2,\"paths\":\"data/b.txt\"");
    assertThat(recordsOf("History/TakeSnapshot").getFirst())
        .contains("\"request_id\":\"r-1\"", "answer_snapshot_id\":\"" + snapshot.getSnapshotId());
    assertThat(recordsOf("Admin/CreateNamespace").getFirst()).contains("\"name\":\"second\"");
    assertThat(recordsOf("AIFS/PutAsset").getFirst()).contains("\"answer_asset_id\":\"" + asset);
    String all = String.join("\n", records()) + fileBytes();
    assertThat(all).doesNotContain("planted", "other content", TestTokens.admin());
  }

  private String fileBytes() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : files()) {
      all.append(Files.readString(file, UTF_8));
    }
    return all.toString();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("data/audit"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void namespaceThatATokenMayNotUseIsInTheRecord() {
    Channel narrow = EdgeFixture.withToken(open, TestTokens.with("namespace = default"));
    WireFailure.of(
            () ->
                TreeGrpc.newBlockingStub(narrow)
                    .statPaths(StatPathsRequest.newBuilder().setNamespace("secret").build()))
        .is(Code.PERMISSION_DENIED, Reason.TOKEN_NOT_ALLOWED);

    assertThat(recordsOf("Tree/StatPaths")).singleElement().asString().contains("\"secret\"");
  }

  @Test
  void logIsReadFromAnyRecordAndFromItsEnd() {
    for (int i = 0; i < 20; i++) {
      putFile("f" + i, "x");
    }
    List<String> all = records();
    assertThat(records(ReadAuditRequest.newBuilder().setFromSequence(5).build()))
        .startsWith(all.get(4))
        .hasSizeGreaterThan(16);
    int before = records().size();
    List<String> last = records(ReadAuditRequest.newBuilder().setLast(3).build());
    assertThat(last).hasSize(3);
    assertThat(last.getLast()).contains("\"seq\":" + (before + 1) + ",");
    WireFailure.of(() -> records(ReadAuditRequest.newBuilder().setLast(-1).build()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
  }

  @Test
  void whoFollowsIsToldOfNewRecordsUntilTheServerEnds() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    AuditGrpc.newStub(channel)
        .read(
            ReadAuditRequest.newBuilder().setLast(1).setFollow(true).build(),
            new StreamObserver<>() {
              @Override
              public void onNext(ReadAuditResponse page) {
                told.addAll(page.getRecordsList());
              }

              @Override
              public void onError(Throwable error) {
                told.add(error.toString());
              }

              @Override
              public void onCompleted() {
                told.add("completed");
              }
            });
    assertThat(told.take()).contains("aifs.audit/Begin");
    putFile("a", "1");
    assertThat(told.take()).contains("Tree/PutFiles", "\"path\":\"a\"");
    putFile("b", "2");
    assertThat(told.take()).contains("\"path\":\"b\"");
    var _ = fixture.edge().shutdown(Limits.STALL_MILLIS);
    assertThat(told.take()).contains("UNAVAILABLE");
  }

  private static <T> List<T> all(Iterator<T> stream) {
    List<T> all = new ArrayList<>();
    stream.forEachRemaining(all::add);
    return all;
  }

  private List<VerifyAuditResponse> verify(AuditHead... expected) {
    return all(
        audit().verify(VerifyAuditRequest.newBuilder().addAllExpected(List.of(expected)).build()));
  }

  private static <T, V> List<V> flat(List<T> all, Function<T, Collection<V>> part) {
    return all.stream().map(part).flatMap(Collection::stream).toList();
  }

  @Test
  void logIsCheckedAgainstHeadsThatWereExported() {
    putFile("a", "1");
    List<ReadAuditResponse> pages = all(audit().read(ReadAuditRequest.getDefaultInstance()));
    AuditHead exported = pages.getLast().getHead();
    putFile("b", "2");

    List<VerifyAuditResponse> good = verify(exported);
    assertThat(flat(good, VerifyAuditResponse::getProblemsList)).isEmpty();
    assertThat(good.getLast().getHead().getSequence()).isGreaterThan(exported.getSequence());
    assertThat(good.getLast().getChecked()).isEqualTo(good.getLast().getHead().getSequence());
    AuditHead wrong = exported.toBuilder().setDigest("0".repeat(64)).build();
    assertThat(flat(verify(exported, wrong), VerifyAuditResponse::getProblemsList))
        .singleElement()
        .asString()
        .startsWith("record " + exported.getSequence() + " is not the one");
    AuditHead strange = exported.toBuilder().setStoreId("0".repeat(32)).build();
    WireFailure.of(() -> verify(strange)).is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
    AuditHead malformed = exported.toBuilder().setDigest("zz").build();
    WireFailure.of(() -> verify(malformed)).is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
  }

  @Test
  void fsckNamesWhatWasChangedAndFilesAreForTheirOwnerOnly() throws IOException {
    putFile("data/a", "1");
    putFile("data/b", "2");
    assertThat(fsck()).isEmpty();
    Path file = files().getFirst();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("data/audit"))))
        .isEqualTo("rwx------");
    Files.writeString(file, Files.readString(file).replace("data/a", "data/c"));

    assertThat(fsck()).singleElement().asString().contains("audit-log-broken", "record 2 was");
  }

  private List<String> fsck() {
    return all(MaintenanceGrpc.newBlockingStub(channel).fsck(FsckRequest.getDefaultInstance()))
        .stream()
        .filter(CheckResponse::hasFinding)
        .map(response -> response.getFinding().getCode() + " " + response.getFinding().getMessage())
        .toList();
  }

  @Test
  void nothingIsChangedWhileTheLogCannotBeWritten() throws IOException {
    close();
    AtomicReference<FaultyDisk> faulty = new AtomicReference<>();
    TestStore store =
        TestStore.open(
            directory,
            Clock.systemUTC(),
            JobSettings.DEFAULT,
            disk -> {
              faulty.set(new FaultyDisk(disk));
              return faulty.get();
            });
    fixture = EdgeFixture.over(store, EdgeFixture.Options.DEFAULT, Clock.systemUTC());
    open = fixture.inProcess();
    channel = EdgeFixture.withToken(open, TestTokens.admin());
    putFile("before", "1");
    faulty.get().failAll(FaultyDisk.Operation.APPEND);

    WireFailure.of(() -> putFile("first", "2"));
    for (int i = 0; i < 3; i++) {
      WireFailure failure = WireFailure.of(() -> putFile("second", "3"));
      failure.is(Code.UNAVAILABLE, Reason.IO_FAILED);
      assertThat(failure.status().getMessage()).contains("audit log");
    }
    var _ = tree().statPaths(StatPathsRequest.newBuilder().addPaths("before").build());
    faulty.get().heal();
    putFile("third", "4");

    List<String> puts = recordsOf("Tree/PutFiles");
    assertThat(puts.stream().mapToLong(AuditGrpcServiceTest::count).sum()).isEqualTo(6);
    assertThat(flat(verify(), VerifyAuditResponse::getProblemsList)).isEmpty();
  }
}
