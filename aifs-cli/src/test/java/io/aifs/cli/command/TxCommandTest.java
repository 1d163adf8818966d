package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions from the command line. */
class TxCommandTest {
  @TempDir private Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void open() {
    harness = new CommandHarness(directory);
    harness.store.put("old", "old");
    harness.store.put("moved", "moved");
  }

  private String begin(String... options) {
    String[] line = new String[2 + options.length];
    line[0] = "tx";
    line[1] = "begin";
    System.arraycopy(options, 0, line, 2, options.length);
    return harness.run(line).ends(ExitCode.OK).out().strip();
  }

  @Test
  void whatIsStagedIsDoneByTheCommit() throws IOException {
    String tx = begin();
    Path file = Files.writeString(directory.resolve("new"), "new");
    harness
        .run("put", file.toString(), "main:new", "--tx", tx)
        .ends(ExitCode.OK)
        .complains("once transaction " + tx + " is committed");
    harness
        .run("rm", "-y", "main:old", "--tx", tx)
        .ends(ExitCode.OK)
        .complains("removes 1 path, once transaction");
    harness
        .run("mv", "main:moved", "main:d/moved", "--tx", tx)
        .ends(ExitCode.OK)
        .complains("moves ");
    assertThat(harness.store.paths()).containsExactly("moved", "old");
    assertThat(harness.run("tx", "list").ends(ExitCode.OK).out()).contains(tx + "  open ");
    harness.run("tx", "commit", tx).ends(ExitCode.OK).complains("version 7 shows it");
    assertThat(harness.store.paths()).containsExactly("d/moved", "new");
    JsonNode listed = harness.run("tx", "list", "-o", "json").json().get("transactions").get(0);
    assertThat(listed.get("state").asText()).isEqualTo("committed");
    assertThat(listed.get("steps").asInt()).isEqualTo(3);
    harness.run("tx", "commit", tx).ends(ExitCode.CONFLICT);
  }

  @Test
  void abortDropsIt() {
    String tx = begin("--lease", "2h");
    harness.run("rm", "-y", "main:old", "--tx", tx).ends(ExitCode.OK);
    harness.run("tx", "abort", tx).ends(ExitCode.OK);
    assertThat(harness.store.paths()).containsExactly("moved", "old");
    harness.run("rm", "-y", "main:old", "--tx", tx).ends(ExitCode.CONFLICT);
  }

  @Test
  void refsAreStagedToo() {
    harness.run("snapshot", "create", "-m", "first").ends(ExitCode.OK);
    String tx = begin();
    harness.run("tag", "create", "v1", "--tx", tx).ends(ExitCode.OK).complains("makes tag v1");
    harness.run("tag", "list").ends(ExitCode.OK).prints("");
    harness
        .run("branch", "move", "main", "main", "--tx", tx)
        .ends(ExitCode.OK)
        .complains("moves branch main from");
    harness
        .run("branch", "move", "main", "main", "--force", "--tx", tx)
        .ends(ExitCode.USAGE)
        .complains("forces nothing");
    harness.run("tx", "commit", tx).ends(ExitCode.OK);
    assertThat(harness.run("tag", "list").ends(ExitCode.OK).out()).contains("v1");
  }

  @Test
  void wrongInputsAreNamed() {
    harness.run("tx", "commit", "x").ends(ExitCode.USAGE).complains("no transaction id");
    harness.run("tx", "begin", "--lease", "soon").ends(ExitCode.USAGE).complains("--lease");
    harness.run("tx", "commit", "01a1fdfa-467b-7000-8000-000000000000").ends(ExitCode.NOT_FOUND);
    harness
        .run("rm", "-y", "--asset", "ab".repeat(32), "--tx", begin())
        .ends(ExitCode.USAGE)
        .complains("--tx is about paths");
  }
}
