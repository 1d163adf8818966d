package io.aifs.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.tests.harness.ExternalTool;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client in {@code tests/conformance}, which knows the contract and nothing of the project. */
class ConformanceTest {
  private static final Path CLIENT = Path.of("conformance").toAbsolutePath();

  @TempDir Path temporary;

  @Test
  void theContractHoldsForTheAdministrator() {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    try (ServerProcess server = ServerProcess.start(store, 512)) {
      conformance(server, "--token-file", store.adminTokenFile().toString());
    }
    store.requireClean();
  }

  @Test
  void theContractHoldsForAnyoneInDevMode() {
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    try (ServerProcess server = ServerProcess.start(store, 512, "--dev")) {
      conformance(server, "--anonymous");
    }
    store.requireClean();
  }

  private static void conformance(ServerProcess server, String... identity) {
    if (!Files.isDirectory(CLIENT.resolve("node_modules"))) {
      throw ExternalTool.missing("what 'npm ci' fetches for " + CLIENT);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                ExternalTool.require("node").toString(),
                "conformance.mjs",
                "--address",
                server.address()));
    command.addAll(List.of(identity));
    ExternalTool.Output output = ExternalTool.run(CLIENT, command);
    assertThat(output.exit())
        .as("exit code of the conformance client, which said:%n%s", output.text())
        .isZero();
    assertThat(output.text()).containsPattern("[1-9][0-9]* passed, 0 failed");
  }
}
