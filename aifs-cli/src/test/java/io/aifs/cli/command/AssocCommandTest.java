package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Associations on the command line. */
class AssocCommandTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void declareTypes() {
    harness = new CommandHarness(directory);
    run("declare", "produced", "--inverse", "produced-by")
        .ends(ExitCode.OK)
        .complains("type produced  inverse produced-by");
    run("declare", "similar", "--symmetric").ends(ExitCode.OK);
  }

  private CommandRun run(String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "assoc";
    System.arraycopy(args, 0, all, 1, args.length);
    return harness.run(all);
  }

  @Test
  void typesAreListed() {
    assertThat(run("types").ends(ExitCode.OK).out().lines())
        .containsExactly(
            "produced  inverse produced-by", "produced-by  inverse produced", "similar  symmetric");
    JsonNode json = run("types", "-o", "json").json().get("types");
    assertThat(json.get(2).get("symmetric").asBoolean()).isTrue();
    run("declare", "produced").ends(ExitCode.CONFLICT);
    run("declare", "x", "--inverse", "x").ends(ExitCode.USAGE).complains("--symmetric");
    run("declare", "x", "--inverse", "y", "--symmetric").ends(ExitCode.USAGE);
    run("declare", "No").ends(ExitCode.USAGE);
  }

  @Test
  void associationIsAddedSeenFromBothEndsAndRemoved() throws IOException {
    Files.writeString(directory.resolve("note"), "from a file");
    run("add", "run:1", "produced", "git:a", "--time", "5", "--value", "step 3")
        .ends(ExitCode.OK)
        .complains("created 1, updated 0");
    run("add", "run:1", "produced", "git:b", "--time", "2026-11-26T12:00:00Z", "--value", "@note")
        .ends(ExitCode.OK);

    assertThat(run("range", "run:1", "produced").ends(ExitCode.OK).out().lines())
        .containsExactly(
            "2026-11-26T12:00:00Z  git:b  from a file",
            "1970-01-01T00:00:00.000000005Z  git:a  step 3");
    assertThat(run("range", "run:1", "produced", "-n", "1").out().lines()).hasSize(1);
    assertThat(run("range", "run:1", "produced", "--to", "5").out()).contains("git:a");
    assertThat(run("count", "git:a", "produced-by").ends(ExitCode.OK).out().strip()).isEqualTo("1");
    JsonNode got =
        run("get", "run:1", "produced", "git:a", "git:none", "-o", "json")
            .json()
            .get("associations");
    assertThat(got).hasSize(1);
    assertThat(got.get(0).get("time_nanos").asLong()).isEqualTo(5);
    run("rm", "run:1", "produced", "git:a", "git:none")
        .ends(ExitCode.OK)
        .complains("removed 1 of 2");
    assertThat(run("count", "git:a", "produced-by").out().strip()).isEqualTo("0");
  }

  @Test
  void batchIsWhatARangePrints() throws IOException {
    Files.write(directory.resolve("raw"), new byte[] {(byte) 0xff, 0});
    run("add", "run:1", "produced", "git:a", "--time", "5", "--value", "@raw").ends(ExitCode.OK);
    run("add", "run:1", "produced", "git:b", "--time", "6", "--value", "b").ends(ExitCode.OK);
    String lines = run("range", "run:1", "produced", "-o", "jsonl").ends(ExitCode.OK).out();
    run("rm", "run:1", "produced", "git:a", "git:b").ends(ExitCode.OK);

    harness.withInput(lines + "\n");
    run("add", "--batch", "-").ends(ExitCode.OK).complains("created 2, updated 0");

    assertThat(run("range", "run:1", "produced", "-o", "jsonl").out()).isEqualTo(lines);
    Files.writeString(directory.resolve("lines"), lines);
    run("add", "--batch", "lines").ends(ExitCode.OK).complains("created 0, updated 2");
  }

  @Test
  void wrongWordsAreRefused() throws IOException {
    run("add", "run:1", "produced").ends(ExitCode.USAGE);
    run("add", "run", "produced", "git:a").ends(ExitCode.USAGE).complains("no scheme");
    run("add", "run:1", "nobody", "git:a").ends(ExitCode.NOT_FOUND);
    run("add", "run:1", "produced", "git:a", "--time", "soon").ends(ExitCode.USAGE);
    run("range", "run:1", "produced", "--from", "2", "--to", "1").ends(ExitCode.USAGE);
    run("add", "run:1", "produced", "git:a", "--batch", "-").ends(ExitCode.USAGE);
    Files.write(directory.resolve("large"), new byte[(64 << 10) + 1]);
    run("add", "run:1", "produced", "git:a", "--value", "@large").ends(ExitCode.USAGE);
    for (String line :
        new String[] {
          "no json",
          "{\"id1\":\"run:1\"}",
          "{\"id1\":\"run:1\",\"type\":\"produced\",\"id2\":\"git:a\",\"time_nanos\":\"x\"}",
          "{\"id1\":\"run:1\",\"type\":\"produced\",\"id2\":\"git:a\",\"data_base64\":\"?\"}"
        }) {
      harness.withInput("\n" + line + "\n");
      run("add", "--batch", "-").ends(ExitCode.USAGE).complains("line 2");
    }
  }
}
