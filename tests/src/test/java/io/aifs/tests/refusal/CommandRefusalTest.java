package io.aifs.tests.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.ExternalTool;
import io.aifs.tests.harness.StoreUnderTest;
import io.aifs.tests.harness.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command refuses, and the exit codes that say so. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandRefusalTest {
  private Path root;
  private StoreUnderTest store;

  @BeforeAll
  void makeStore(@TempDir Path temporary) throws IOException {
    root = temporary;
    store = StoreUnderTest.create(temporary.resolve("store"));
    Files.writeString(temporary.resolve("file"), "content");
  }

  @AfterAll
  void theStoreIsClean() {
    store.requireClean();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aifs://default/main/../../etc/passwd",
        "aifs://Default/main/x",
        "aifs://default",
        "aifs://0123",
        "main:/absolute",
        "http://default/main/x",
        ""
      })
  void aMalformedAddressIsAUsageError(String address) {
    CliResult result =
        CliProcess.run(store.homes(), "put", root.resolve("file").toString(), address);
    result.requireExit(2);
    assertThat(result.errors()).isNotBlank();
  }

  @Test
  void anUnknownIdIsNotFound() {
    CliProcess.run(store.homes(), "get", "aifs://" + "0".repeat(64), "copy").requireExit(5);
    assertThat(store.homes().root().resolve("copy")).doesNotExist();
  }

  @Test
  void anUnknownKindIsAUsageError() {
    CliResult result =
        CliProcess.run(
            store.homes(), "put", "--kind", "movie", root.resolve("file").toString(), "main:x");
    assertThat(result.requireExit(2).errors()).contains("movie").contains("tensor");
  }

  @Test
  void aDirectoryThatIsNoStoreIsNotFound() {
    CliResult result =
        CliProcess.run(store.homes(), "--data", root.resolve("nothing").toString(), "ls");
    assertThat(result.requireExit(5).errors()).contains("init");
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() {
    CliProcess.run(store.homes(), "--server", "127.0.0.1:1", "--timeout", "2s", "ls")
        .requireExit(9);
  }

  @Test
  void aGarbageTokenIsDenied() throws IOException {
    Path token = root.resolve("token");
    Files.writeString(token, "bm90IGEgdG9rZW4\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    CliProcess.run(store.homes(), "--token-file", token.toString(), "ls").requireExit(4);
  }

  @Test
  void aNameThatIsNotUtf8IsSkippedAndNamedAndTheRestIsStored() throws IOException {
    Path source = Files.createDirectory(root.resolve("source"));
    Files.writeString(source.resolve("good"), "good content");
    String script = "printf x > \"$1/bad-$(printf '\\377\\376')-name\"";
    assertThat(
            ExternalTool.run(root, List.of("/bin/sh", "-c", script, "sh", source.toString()))
                .exit())
        .isZero();
    String place = "aifs://default/main/not-utf8";
    CliResult result = CliProcess.run(store.homes(), "put", source.toString(), place);
    assertThat(result.requireExit(3).errors()).contains("bad-").contains("UTF-8");
    Path copy = root.resolve("not-utf8");
    CliProcess.run(store.homes(), "get", place, copy.toString()).requireExit(0);
    assertThat(Trees.describe(copy).keySet()).containsExactly("good");
  }
}
