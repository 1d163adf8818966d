package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.FilePut;
import io.aifs.client.FilePut.What;
import io.aifs.client.PathInfo;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.PutFilesOutcome.FileOutcome;
import io.aifs.client.Tree;
import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.address.Ref;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.FileRef;
import io.aifs.proto.v1.GetUsageRequest;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.ListPathsResponse;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.StatPathsRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrpcTreeTest {
  private static final Name BRANCH = new Name("trial");
  private static final Ref REF = Ref.parse("trial~2");
  private static final Digest ID = Digest.of(new byte[] {1, 2, 3});
  private static final FileAttributes ATTRIBUTES = new FileAttributes(0640, 77);

  private final FakeTree fake = new FakeTree();
  private TestServer server;
  private Tree tree;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake);
    tree = server.client().tree();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void filesLinksAndDirectoriesArePutInOneCall() {
    PutFilesOutcome outcome =
        tree.putFiles(
            BRANCH,
            List.of(
                file("a", new What.Data(new byte[] {1, 2, 3})),
                file("b", new What.Known(Digest.of(new byte[0]))),
                file("c", new What.Symlink("../a")),
                file("d", new What.Directory())));
    assertThat(outcome)
        .isEqualTo(
            new PutFilesOutcome(
                List.of(
                    new FileOutcome(Optional.of(ID), true),
                    new FileOutcome(Optional.of(Digest.of(new byte[0])), false),
                    new FileOutcome(Optional.empty(), false),
                    new FileOutcome(Optional.empty(), false)),
                1,
                2,
                3,
                4));
    PutFilesRequest request = (PutFilesRequest) fake.requests.getFirst();
    assertThat(request.getNamespace()).isEqualTo("papers");
    assertThat(request.getBranch()).isEqualTo("trial");
    assertThat(request.getFiles(0).getAttributes().getMode()).isEqualTo(0640);
    assertThat(request.getFiles(0).getAttributes().getMtimeNanos()).isEqualTo(77);
    assertThat(request.getFiles(2).getSymlink().getTarget()).isEqualTo("../a");
    assertThat(request.getFiles(3).hasDirectory()).isTrue();
  }

  @Test
  void aBatchIsPutAgainUnderTheSameRequestId() {
    fake.failures.add(FakeFailures.unavailable());
    tree.putFiles(BRANCH, List.of(file("d", new What.Directory())));
    assertThat(fake.requests).hasSize(2);
    assertThat(fake.requests.get(0)).isEqualTo(fake.requests.get(1));
    String id = ((PutFilesRequest) fake.requests.getFirst()).getRequestId();
    assertThat(id).hasSize(32);
    assertThat(server.sent(TestServer.REQUEST_ID)).containsExactly(id, id);
  }

  @Test
  void aStoreThatTookOtherBytesIsFoundOut() {
    fake.lying = true;
    assertThatThrownBy(
            () -> tree.putFiles(BRANCH, List.of(file("a", new What.Data(new byte[] {1})))))
        .isInstanceOf(AifsException.Corrupt.class)
        .hasMessageContaining(" for a, ");
  }

  @Test
  void batchesOverTheLimitAreRefusedHere() {
    List<FilePut> many =
        Collections.nCopies(Limits.BATCH_ENTRIES_MAX + 1, file("d", new What.Directory()));
    assertThatThrownBy(() -> tree.putFiles(BRANCH, many))
        .isInstanceOf(AifsException.LimitExceeded.class)
        .hasMessageContaining("4097 files");
    byte[] large = new byte[Limits.BATCH_BYTES_MAX + 1];
    assertThatThrownBy(() -> tree.putFiles(BRANCH, List.of(file("a", new What.Data(large)))))
        .isInstanceOf(AifsException.LimitExceeded.class);
    assertThat(fake.requests).isEmpty();
  }

  @Test
  void manyPathsAreAskedAboutInBatches() {
    List<TreePath> paths =
        IntStream.range(0, 2 * Limits.BATCH_ENTRIES_MAX + 5)
            .mapToObj(i -> new TreePath("p" + i))
            .toList();
    fake.known = List.of(onWire("p3"), onWire("p9000"), onWire("p8196"));
    assertThat(tree.stat(REF, paths)).containsOnlyKeys(new TreePath("p3"), new TreePath("p8196"));
    assertThat(fake.requests)
        .extracting(request -> ((StatPathsRequest) request).getPathsCount())
        .containsExactly(Limits.BATCH_ENTRIES_MAX, Limits.BATCH_ENTRIES_MAX, 5);
  }

  @Test
  void nothingIsAskedAboutNothing() {
    assertThat(tree.stat(REF, List.of())).isEmpty();
    assertThat(tree.remove(BRANCH, List.of(), true)).isZero();
    assertThat(fake.requests).isEmpty();
  }

  @Test
  void pagesListEveryKindOfEntry() {
    fake.page =
        ListPathsResponse.newBuilder()
            .addPaths(onWire("f"))
            .addPaths(
                io.aifs.proto.v1.PathInfo.newBuilder()
                    .setPath("l")
                    .setSymlink(io.aifs.proto.v1.Symlink.newBuilder().setTarget("f")))
            .addPaths(
                io.aifs.proto.v1.PathInfo.newBuilder()
                    .setPath("d")
                    .setDirectory(io.aifs.proto.v1.Directory.getDefaultInstance()))
            .setNextPageToken("more")
            .build();
    FileAttributes none = new FileAttributes(0, 0);
    assertThat(tree.list(REF, new TreePath("x"), true, 3, Optional.of("begin")))
        .isEqualTo(
            new Tree.PathPage(
                List.of(
                    new PathInfo(
                        new TreePath("f"), new TreeEntry.File(ID, AssetKind.EMBED, 3, ATTRIBUTES)),
                    new PathInfo(new TreePath("l"), new TreeEntry.Symlink("f", none)),
                    new PathInfo(new TreePath("d"), new TreeEntry.Directory(none))),
                Optional.of("more")));
    ListPathsRequest request = (ListPathsRequest) fake.requests.getFirst();
    assertThat(request.getPath()).isEqualTo("x");
    assertThat(request.getRecursive()).isTrue();
    assertThat(request.getPageSize()).isEqualTo(3);
    assertThat(request.getPageToken()).isEqualTo("begin");

    fake.page = ListPathsResponse.getDefaultInstance();
    assertThat(tree.list(REF, TreePath.ROOT, false, 0, Optional.empty()))
        .isEqualTo(new Tree.PathPage(List.of(), Optional.empty()));
  }

  @Test
  void answersThatMakeNoSenseAreNotBelieved() {
    fake.page = ListPathsResponse.newBuilder().addPaths(onWire("../../etc/passwd")).build();
    assertThatThrownBy(() -> tree.list(REF, TreePath.ROOT, false, 0, Optional.empty()))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("gave an answer to ListPaths that is wrong: path has a '..' segment");
  }

  @Test
  void removingMovingAndMeasuringSayWhatTheyDid() {
    assertThat(tree.remove(BRANCH, List.of(new TreePath("a"), new TreePath("b")), true))
        .isEqualTo(2);
    assertThat(tree.move(BRANCH, new TreePath("a"), new TreePath("c"))).isEqualTo(12);
    assertThat(tree.usage(REF, new TreePath("a"))).isEqualTo(new Tree.Usage(1, 2, 3, 4, 5));

    RemovePathsRequest remove = (RemovePathsRequest) fake.requests.get(0);
    assertThat(remove.getRecursive()).isTrue();
    assertThat(remove.getPathsList()).containsExactly("a", "b");
    MovePathRequest move = (MovePathRequest) fake.requests.get(1);
    assertThat(move.getFromPath()).isEqualTo("a");
    assertThat(move.getToPath()).isEqualTo("c");
    assertThat(List.of(remove.getRequestId(), move.getRequestId()))
        .isEqualTo(server.sent(TestServer.REQUEST_ID).subList(0, 2));
    assertThat(((GetUsageRequest) fake.requests.get(2)).getBranch()).isEqualTo("trial~2");
  }

  private static FilePut file(String path, What what) {
    return new FilePut(new TreePath(path), what, ATTRIBUTES);
  }

  private static io.aifs.proto.v1.PathInfo onWire(String path) {
    return io.aifs.proto.v1.PathInfo.newBuilder()
        .setPath(path)
        .setFile(
            FileRef.newBuilder()
                .setAssetId(ID.hex())
                .setKind(io.aifs.proto.v1.AssetKind.EMBED)
                .setSize(3))
        .setAttributes(io.aifs.proto.v1.FileAttributes.newBuilder().setMode(0640).setMtimeNanos(77))
        .build();
  }
}
