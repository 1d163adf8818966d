package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.Directory;
import io.aifs.proto.v1.FileAttributes;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetUsageRequest;
import io.aifs.proto.v1.GetUsageResponse;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.ListPathsResponse;
import io.aifs.proto.v1.MovePathRequest;
import io.aifs.proto.v1.PathInfo;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.PutFilesResponse;
import io.aifs.proto.v1.RemovePathsRequest;
import io.aifs.proto.v1.StatPathsRequest;
import io.aifs.proto.v1.Symlink;
import io.aifs.proto.v1.TreeGrpc;
import io.grpc.Status.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeGrpcServiceTest {
  private EdgeFixture fixture;
  private TreeGrpc.TreeBlockingStub tree;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    fixture = EdgeFixture.open(directory);
    tree = TreeGrpc.newBlockingStub(EdgeFixture.withToken(fixture.inProcess(), TestTokens.admin()));
  }

  @AfterEach
  void close() throws IOException {
    fixture.close();
  }

  private static FilePut file(String path, String content) {
    return FilePut.newBuilder().setPath(path).setData(ByteString.copyFromUtf8(content)).build();
  }

  private PutFilesResponse put(FilePut... files) {
    return tree.putFiles(PutFilesRequest.newBuilder().addAllFiles(List.of(files)).build());
  }

  private static String idOf(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).hex();
  }

  @Test
  void filesLinksAndDirectoriesComeBackAsTheyWerePut() {
    FileAttributes attributes =
        FileAttributes.newBuilder().setMode(0755).setMtimeNanos(1_234_567_890L).build();
    PutFilesResponse put =
        put(
            file("a/run", "#!").toBuilder().setAttributes(attributes).build(),
            FilePut.newBuilder()
                .setPath("a/link")
                .setSymlink(Symlink.newBuilder().setTarget("run"))
                .build(),
            FilePut.newBuilder()
                .setPath("empty")
                .setDirectory(Directory.getDefaultInstance())
                .build());

    assertThat(put.getResults(0).getAssetId()).isEqualTo(idOf("#!"));
    assertThat(put.getResults(0).getNewContent()).isTrue();
    assertThat(put.getResults(1).getAssetId()).isEmpty();
    List<PathInfo> found =
        tree.statPaths(
                StatPathsRequest.newBuilder()
                    .addAllPaths(List.of("a/run", "none", "a/link", "empty", "a"))
                    .build())
            .getPathsList();
    assertThat(found)
        .extracting(PathInfo::getPath)
        .containsExactly("a/run", "a/link", "empty", "a");
    assertThat(found.get(0).getFile().getAssetId()).isEqualTo(idOf("#!"));
    assertThat(found.get(0).getAttributes()).isEqualTo(attributes);
    assertThat(found.get(1).getSymlink().getTarget()).isEqualTo("run");
    assertThat(found.get(2).hasDirectory()).isTrue();
    assertThat(found.get(3).hasDirectory()).isTrue();
  }

  @Test
  void knownContentNeedsNoBytes() {
    put(file("first", "the same"));

    PutFilesResponse put =
        put(FilePut.newBuilder().setPath("second").setAssetId(idOf("the same")).build());

    assertThat(put.getNewChunks()).isZero();
    WireFailure.of(() -> put(FilePut.newBuilder().setPath("x").setAssetId("ab".repeat(32)).build()))
        .is(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aListingComesInPages(boolean recursive) {
    put(file("d/1", "1"), file("d/2", "2"), file("d/ä", "3"), file("d/sub/4", "4"));
    List<String> all = new ArrayList<>();
    String token = "";
    do {
      ListPathsResponse page =
          tree.listPaths(
              ListPathsRequest.newBuilder()
                  .setPath("d")
                  .setRecursive(recursive)
                  .setPageSize(2)
                  .setPageToken(token)
                  .build());
      page.getPathsList().forEach(path -> all.add(path.getPath()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());

    assertThat(all).containsExactly("d/1", "d/2", recursive ? "d/sub/4" : "d/sub", "d/ä");
  }

  @Test
  void pathsAreMovedMeasuredAndRemoved() {
    put(file("d/1", "1"), file("d/2", "22"), file("e", "22"));

    assertThat(
            tree.movePath(MovePathRequest.newBuilder().setFromPath("d").setToPath("new/d").build())
                .getMoved())
        .isEqualTo(2);
    GetUsageResponse usage = tree.getUsage(GetUsageRequest.getDefaultInstance());
    assertThat(usage.getFiles()).isEqualTo(3);
    assertThat(usage.getContentBytes()).isEqualTo(5);
    assertThat(usage.getDistinctBytes()).isEqualTo(3);
    RemovePathsRequest remove = RemovePathsRequest.newBuilder().addPaths("new").build();
    WireFailure.of(() -> tree.removePaths(remove))
        .is(Code.FAILED_PRECONDITION, Reason.DIRECTORY_NOT_EMPTY);
    assertThat(tree.removePaths(remove.toBuilder().setRecursive(true).build()).getRemoved())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/abs", "a//b", "a/../b", ".", "nul\0", "a/"})
  void aPathThatCannotBeIsNamed(String path) {
    WireFailure.of(() -> put(file(path, "x")))
        .is(Code.INVALID_ARGUMENT, Reason.PATH_INVALID)
        .names("files[0].path");
    WireFailure.of(() -> tree.statPaths(StatPathsRequest.newBuilder().addPaths(path).build()))
        .is(Code.INVALID_ARGUMENT, Reason.PATH_INVALID)
        .names("paths");
  }

  @Test
  void whatIsWrongWithAnEntryIsNamed() {
    WireFailure.of(() -> put()).is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED).names("files");
    WireFailure.of(() -> put(FilePut.newBuilder().setPath("p").build()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING)
        .names("files[0]");
    WireFailure.of(
            () ->
                put(
                    FilePut.newBuilder()
                        .setPath("p")
                        .setSymlink(Symlink.getDefaultInstance())
                        .build()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("symlink");
    WireFailure.of(
            () ->
                put(
                    file("p", "x").toBuilder()
                        .setAttributes(FileAttributes.newBuilder().setMode(-1))
                        .build()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("attributes");
  }
}
