package io.aifs.tests.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.ExitCode;
import io.aifs.crypto.Macaroon;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.tests.harness.CliProcess;
import io.aifs.tests.harness.CliResult;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The commands with tokens that are for a part of a namespace, or only for putting. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // made before all tests
class RestrictedCommandsTest {
  private static final int LARGE_BYTES = 3 << 20;

  private Path root;
  private Path source;
  private StoreUnderTest store;
  private ServerProcess server;

  @BeforeAll
  void makeStore(@TempDir Path temporary) throws IOException {
    root = temporary;
    store = StoreUnderTest.create(temporary.resolve("store"));
    server = ServerProcess.start(store, 256);
    source = Files.createDirectories(temporary.resolve("source"));
    Files.copy(new RandomStream(SeededTest.seed(), LARGE_BYTES), source.resolve("large"));
    Files.writeString(Files.createDirectory(source.resolve("sub")).resolve("small"), "small");
    Files.writeString(root.resolve("secret"), "secret");
    run(store.adminTokenFile(), "put", root.resolve("secret").toString(), "main:secret/x")
        .requireExit(0);
  }

  @AfterAll
  void theStoreIsClean() {
    server.close();
    store.requireClean();
  }

  /** A file with what the admin token becomes by these caveats. */
  private Path token(String name, String... caveats) throws IOException {
    Macaroon macaroon = Macaroon.parse(store.adminToken());
    for (String caveat : caveats) {
      macaroon = macaroon.attenuate(caveat);
    }
    Path file = root.resolve(name);
    Files.writeString(file, macaroon.serialize() + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private CliResult run(Path token, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--server", server.address(), "--token-file", token.toString()));
    return CliProcess.run(store.homes(), all.toArray(String[]::new));
  }

  private static void assertDenied(CliResult result) {
    result.requireExit(ExitCode.DENIED.code());
    assertThat(result.errors()).contains("does not allow");
  }

  @Test
  void aTokenForAPathPutsListsAndGetsWhatIsThereAndNothingElse() throws IOException {
    Path token = token("train", "path = data/train");
    for (int time = 0; time < 2; time++) {
      run(token, "put", source.toString(), "main:data/train").requireExit(0);
    }
    run(token, "put", root.resolve("secret").toString(), "main:data/train/").requireExit(0);

    assertThat(run(token, "ls").requireExit(0).text()).isEqualTo("data/\n");
    assertThat(run(token, "ls", "-R", "main:data/train").requireExit(0).text())
        .contains("large")
        .contains("sub/small");
    Path copy = root.resolve("copy");
    run(token, "get", "main:data/train", copy.toString()).requireExit(0);
    assertThat(copy.resolve("large")).hasSameBinaryContentAs(source.resolve("large"));
    assertThat(copy.resolve("sub/small")).hasContent("small");
    assertThat(run(token, "cat", "main:data/train/sub/small", "--range", "1-2").text())
        .isEqualTo("ma");
    assertThat(run(token, "stat", "main:data/train/sub/small").requireExit(0).text())
        .contains("5 bytes");

    assertDenied(run(token, "put", root.resolve("secret").toString(), "main:other"));
    CliResult there = run(token, "get", "main:secret/x", "-");
    assertDenied(there);
    assertThat(run(token, "get", "main:secret/none", "-").errors())
        .isEqualTo(there.errors().replace("secret/x", "secret/none"));
    assertDenied(run(token, "ls", "main:secret"));
  }

  @Test
  void aTokenForATagGetsWhatItNames() throws IOException {
    run(store.adminTokenFile(), "snapshot", "create", "-m", "one", "--allow-unchanged")
        .requireExit(0);
    run(store.adminTokenFile(), "tag", "create", "v1", "main").requireExit(0);
    Path token = token("tagged", "ref = v1", "methods = get,list");

    assertThat(run(token, "cat", "v1:secret/x").requireExit(0).text()).isEqualTo("secret");
    Path copy = root.resolve("tagged-copy");
    run(token, "get", "v1:secret", copy.toString()).requireExit(0);
    assertThat(copy.resolve("x")).hasContent("secret");
    run(token, "cat", "main:secret/x").requireExit(ExitCode.DENIED.code());
  }

  @Test
  void aTokenThatOnlyPutsPutsAndIsToldThatAllIsNew() throws IOException {
    Path token = token("ingest", "methods = put");
    for (int time = 0; time < 2; time++) {
      assertThat(
              run(token, "put", source.toString(), "main:in", "-o", "json").requireExit(0).text())
          .contains("\"new_files\" : 2");
    }
    run(token, "cat", "main:in/sub/small").requireExit(ExitCode.DENIED.code());
    run(token, "ls", "main:in").requireExit(ExitCode.DENIED.code());
  }
}
