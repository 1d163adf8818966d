package io.aifs.tests.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.ListPathsRequest;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.Symlink;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.tests.harness.RawClient;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that would lead out of a tree, sent by a client that does not check them itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathRefusalTest {
  private StoreUnderTest store;
  private ServerProcess server;
  private RawClient raw;

  @BeforeAll
  void serve(@TempDir Path temporary) {
    store = StoreUnderTest.create(temporary.resolve("store"));
    server = ServerProcess.start(store, 256);
    raw = new RawClient(server, store.adminToken());
  }

  @AfterAll
  void nothingWasStored() {
    assertThat(tree().listPaths(ListPathsRequest.newBuilder().setRecursive(true).build()))
        .extracting(list -> list.getPathsList())
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .isEmpty();
    raw.close();
    server.close();
    store.requireClean();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        "../x",
        "a/../b",
        "a/..",
        ".",
        "a/./b",
        "/etc/passwd",
        "/",
        "a//b",
        "a/",
        "nul\0byte",
        ""
      })
  void aPathThatIsNoneIsInvalid(String path) {
    requireInvalid(FilePut.newBuilder().setPath(path));
  }

  static Stream<String> tooLong() {
    return Stream.of("x".repeat(256), "\u00fc".repeat(128), "d/".repeat(2_100) + "x");
  }

  @ParameterizedTest
  @MethodSource("tooLong")
  void aPathOrNameThatNoFileSystemTakesIsInvalid(String path) {
    requireInvalid(FilePut.newBuilder().setPath(path));
  }

  @Test
  void aLinkWithNulIsInvalid() {
    requireInvalid(
        FilePut.newBuilder().setPath("link").setSymlink(Symlink.newBuilder().setTarget("a\0b")));
  }

  private void requireInvalid(FilePut.Builder file) {
    if (!file.hasSymlink()) {
      file.setData(ByteString.copyFromUtf8("content"));
    }
    try {
      tree().putFiles(PutFilesRequest.newBuilder().addFiles(file).build());
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode())
          .as(e.getStatus().toString())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(e.getStatus().getDescription()).isNotEmpty();
      return;
    }
    throw new AssertionError("stored " + file.getPath());
  }

  private TreeGrpc.TreeBlockingStub tree() {
    return raw.tree();
  }
}
