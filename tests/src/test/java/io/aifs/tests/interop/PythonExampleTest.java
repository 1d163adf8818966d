package io.aifs.tests.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.tests.harness.ExternalTool;
import io.aifs.tests.harness.ServerProcess;
import io.aifs.tests.harness.StoreUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python example of the README, run as it stands there. */
class PythonExampleTest {
  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern PYTHON = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PRINTED =
      Pattern.compile("```python\n.*?```\\s+It prints\\s+```\n(.*?)```", Pattern.DOTALL);

  @TempDir Path temporary;

  @Test
  void theExampleInTheReadmeRuns() throws IOException {
    String python = ExternalTool.python("grpc, grpc_tools", "grpcio and grpcio-tools");
    generateStubs(python, Files.createDirectory(temporary.resolve("gen")));
    StoreUnderTest store = StoreUnderTest.create(temporary.resolve("store"));
    try (ServerProcess server = ServerProcess.start(store, 256)) {
      Path script = temporary.resolve("example.py");
      Files.writeString(script, example(server));
      Map<String, String> environment = new HashMap<>(store.homes().environment());
      environment.put("AIFS_TOKEN_FILE", store.adminTokenFile().toString());
      ExternalTool.Output output =
          ExternalTool.run(temporary, List.of(python, script.toString()), environment);
      assertThat(output.exit()).as("exit code; it said:%n%s", output.text()).isZero();
      assertThat(output.text())
          .as("what the README says it prints")
          .isEqualTo(readmeBlock(PRINTED));
      try (AifsClient client = server.connect()) {
        assertThat(client.assets().list(10, Optional.empty()).assets()).isNotEmpty();
        StoreUnderTest.requireClean(client);
      }
    }
  }

  /** The example with this server's address in place of the one that a reader has. */
  private static String example(ServerProcess server) throws IOException {
    String code = readmeBlock(PYTHON);
    assertThat(code).contains("127.0.0.1:50051");
    return code.replace("127.0.0.1:50051", server.address());
  }

  private static String readmeBlock(Pattern pattern) throws IOException {
    Matcher block = pattern.matcher(Files.readString(PROJECT.resolve("README.md")));
    assertThat(block.find()).as("README.md has %s", pattern).isTrue();
    return block.group(1);
  }

  private void generateStubs(String python, Path target) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                python,
                "-m",
                "grpc_tools.protoc",
                "-I" + PROJECT.resolve("proto"),
                "--python_out=" + target,
                "--grpc_python_out=" + target));
    try (Stream<Path> files = Files.list(PROJECT.resolve("proto/aifs/v1"))) {
      files.map(file -> "aifs/v1/" + file.getFileName()).sorted().forEach(command::add);
    }
    ExternalTool.Output output = ExternalTool.run(temporary, command);
    assertThat(output.exit()).as("exit code of protoc; it said:%n%s", output.text()).isZero();
  }
}
