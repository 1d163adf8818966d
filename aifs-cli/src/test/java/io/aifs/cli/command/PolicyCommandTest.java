package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.client.Policies;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aifs policy}, and the version that every command may demand. */
class PolicyCommandTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private String file = "";

  @BeforeEach
  void writePolicy() throws IOException {
    harness = new CommandHarness(directory);
    file = directory.resolve("policy.json").toString();
    Files.writeString(Path.of(file), "{\"version\": 1}\n");
  }

  @Test
  void policyIsSetShownAndTakenAway() {
    harness.run("policy", "show").ends(ExitCode.OK).complains("there is no policy");
    harness
        .run("policy", "set", file, "--reason", "rules")
        .ends(ExitCode.OK)
        .complains("policy version 1 counts");
    assertThat(harness.run("policy", "show").ends(ExitCode.OK).out())
        .isEqualTo("{\"version\": 1}\n");
    harness.run("policy", "remove").ends(ExitCode.USAGE).complains("-y");
    harness.run("policy", "remove", "-y").ends(ExitCode.OK).complains("nothing is demanded");
    assertThat(harness.run("policy", "show", "1").ends(ExitCode.OK).out())
        .isEqualTo("{\"version\": 1}\n");
    harness.run("policy", "show", "9").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void earlierVersionIsBroughtBack() {
    harness.run("policy", "set", file).ends(ExitCode.OK);
    harness.withInput("{\"version\": 1, \"kinds\": [\"BLOB\"]}").run("policy", "set", "-");
    harness.run("policy", "revert", "1").ends(ExitCode.OK).complains("policy version 3 counts");

    CommandRun history = harness.run("policy", "history").ends(ExitCode.OK);
    assertThat(history.out().lines())
        .satisfiesExactly(
            third -> assertThat(third).startsWith("3  2026-").endsWith("ada  revert to version 1"),
            second -> assertThat(second).startsWith("2  "),
            first -> assertThat(first).startsWith("1  "));
    JsonNode json = harness.run("policy", "show", "-o", "json").json();
    assertThat(json.get("policy_version").asLong()).isEqualTo(3);
    assertThat(json.get("document").asText()).isEqualTo("{\"version\": 1}\n");
  }

  @Test
  void expectedVersionIsCompared() {
    harness.run("policy", "set", file, "--expect", "0").ends(ExitCode.OK);
    harness.run("policy", "remove", "-y", "--expect", "0").ends(ExitCode.CONFLICT);
  }

  @Test
  void emptyFileIsNoWayToTakeAPolicyAway() throws IOException {
    Files.writeString(Path.of(file), " \n");
    harness.run("policy", "set", file).ends(ExitCode.USAGE).complains("aifs policy remove");
    harness.run("policy", "set", file + ".none").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void policyIsTried() {
    harness.run("policy", "check", file).ends(ExitCode.OK).complains("allows all 7 assets");
    harness
        .run("policy", "check", "--kind", "tensor", "--meta", "a=b")
        .ends(ExitCode.OK)
        .complains("allows it");
    assertThat(harness.store.policies.checked)
        .containsExactly("{\"version\": 1}\n on all", "current on TENSOR {a=b}");

    harness.store.policies.violations.add(
        new Policies.Violation("ab".repeat(32), "/kinds", "kind", "TENSOR is not allowed"));
    assertThat(harness.run("policy", "check", file).ends(ExitCode.FAILED).out())
        .isEqualTo("ab".repeat(32) + "  kind: TENSOR is not allowed (rule /kinds)\n");
    JsonNode json = harness.run("policy", "check", "-o", "json").json().get("violations");
    assertThat(json.get(0).get("rule").asText()).isEqualTo("/kinds");
    harness.run("policy", "check", "--kind", "model").ends(ExitCode.USAGE);
  }

  @Test
  void versionIsDemandedOfTheStore() {
    harness.run("policy", "show", "--min-version", "12").ends(ExitCode.OK);
    assertThat(harness.store.versions.newest()).isEqualTo(12);
    harness.run("policy", "show", "--min-version", "-1").ends(ExitCode.USAGE);
    harness.run("policy", "show", "--min-version", "x").ends(ExitCode.USAGE);
  }
}
