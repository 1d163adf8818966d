package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.config.Setting;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common: help, usage, errors, and the commands about aifs itself. */
class ToolTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void useDirectory() {
    harness = new CommandHarness(directory);
  }

  static Stream<String> commands() {
    return CommandTable.ALL.stream()
        .flatMap(
            entry ->
                Stream.concat(
                    Stream.of(entry.name()),
                    entry.members().keySet().stream().map(member -> entry.name() + " " + member)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithExamples(String command) {
    String[] words = (command + " --help").split(" ");
    CommandRun run = harness.run(words).ends(ExitCode.OK);
    run.prints("Usage: aifs " + command).prints("Examples:").prints("--server=HOST:PORT");
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    String[] help = ("help " + command).split(" ");
    assertThat(harness.run(help).out()).isEqualTo(run.out());
  }

  @Test
  void helpListsEveryCommand() {
    CommandRun run = harness.run("help").ends(ExitCode.OK);
    CommandTable.ALL.forEach(entry -> run.prints(" " + entry.name() + " "));
    assertThat(harness.run("--help").out()).isEqualTo(run.out());
    CommandRun bare = harness.run().ends(ExitCode.USAGE);
    assertThat(bare.out()).isEmpty();
    bare.complains("Commands:");
    harness.run("help", "nope").ends(ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lss",
        "ls --bogus",
        "ls a b",
        "snapshot create x",
        "gc",
        "--bogus",
        "ls -o xml",
        "ls --server",
        "namespace",
        "namespace nope",
        "key"
      })
  void wrongUsageEndsWithTwo(String line) {
    CommandRun run = harness.run(line.split(" ")).ends(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("aifs: ");
    assertThat(run.err().lines()).hasSize(2);
  }

  @Test
  void errorsAreJsonWhenJsonWasAskedFor() {
    for (String[] args :
        new String[][] {
          {"lss", "-o", "json"}, {"ls", "--bogus", "--output=jsonl"}, {"ls", "x", "-ojson"}
        }) {
      JsonNode error = harness.run(args).error();
      assertThat(error.fieldNames())
          .toIterable()
          .containsExactly("code", "exit", "message", "hint", "request_id");
      assertThat(error.get("exit").asInt()).isIn(2, 5);
    }
    harness.environment.put("AIFS_OUTPUT", "json");
    assertThat(harness.run("ls", "none").ends(ExitCode.NOT_FOUND).error().get("code").asText())
        .isEqualTo("PATH_NOT_FOUND");
  }

  @Test
  void failuresSayWhatToDoAndHideTheirTraces() {
    AifsException failure =
        new AifsException.Unavailable(Reason.STORE_LOCKED, "it is held", "wait", null);
    failure.setRequestId("r-1");
    harness.store.failure = Optional.of(failure);
    CommandRun run = harness.run("status").ends(ExitCode.LOCKED);
    assertThat(run.err()).isEqualToNormalizingNewlines("aifs: it is held\n  wait\n");
    harness.run("status", "-v").ends(ExitCode.LOCKED).complains("\tat io.aifs");
    assertThat(harness.run("status", "-o", "json").error().get("request_id").asText())
        .isEqualTo("r-1");
    harness.store.failure = Optional.of(new IllegalStateException("a bug"));
    harness.run("status").ends(ExitCode.FAILED).complains("-v");
  }

  @Test
  void aReaderWhoWentAwayIsNoError() {
    harness.store.put("x", "content");
    harness.out =
        Optional.of(
            new io.aifs.cli.output.StandardOutput(
                new OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    throw new IOException("Broken pipe");
                  }
                }));
    CommandRun run = harness.run("cat", "main:x").ends(ExitCode.FAILED);
    assertThat(run.err()).isEmpty();
  }

  @Test
  void whatWasPrintedBeforeAFailureIsKept() {
    harness.store.put("x", "content");
    CommandRun run = harness.run("cat", "main:x", "main:none").ends(ExitCode.NOT_FOUND);
    assertThat(run.out()).isEqualTo("content");
  }

  @Test
  void globalOptionsGoBeforeAndAfterTheCommand() {
    harness.store.put("x", "content");
    assertThat(harness.run("-o", "jsonl", "ls").out()).startsWith("{");
    assertThat(harness.run("ls", "-o", "jsonl").out()).startsWith("{");
    assertThat(harness.run("namespace", "list", "-ojsonl").out()).startsWith("{");
  }

  @Test
  void configShowNamesEveryOrigin() throws IOException {
    Files.createDirectories(directory.resolve("home/.config/aifs"));
    Files.writeString(directory.resolve("home/.config/aifs/config.toml"), "timeout = '5s'");
    harness.environment.put("AIFS_JOBS", "7");
    CommandRun run = harness.run("config", "show", "--namespace", "n").ends(ExitCode.OK);
    run.prints("AIFS_JOBS").prints("timeout in ").prints("--namespace").prints("built in");
    JsonNode json = harness.run("config", "show", "-o", "json").json();
    assertThat(json.get("settings")).hasSize(Setting.values().length);
    assertThat(json.get("store").asText()).startsWith("data directory ");
    Files.writeString(directory.resolve("home/.config/aifs/config.toml"), "tiemout = '5s'");
    harness.run("config", "show").ends(ExitCode.USAGE).complains("'tiemout'");
    harness.run("ls").ends(ExitCode.USAGE).complains("config.toml");
  }

  @Test
  void versionAndCompletionSpeakOfThisBuild() {
    assertThat(harness.run("version").ends(ExitCode.OK).out()).matches("aifs \\d.*\\(Java .*\\)\n");
    assertThat(harness.run("version", "-o", "json").json().get("version").asText()).isNotBlank();
    harness.run("completion").ends(ExitCode.OK).prints("complete -F").prints("namespace");
    harness.run("completion", "fish").ends(ExitCode.USAGE);
  }

  @Test
  void doctorGoesThroughEverythingAndSaysWhatIsWrong() {
    CommandRun run = harness.run("doctor").ends(ExitCode.OK);
    run.prints("ok    java").prints("create it: aifs init");
    harness.nameEncoding = "US-ASCII";
    harness.run("doctor").ends(ExitCode.FAILED).prints("BAD   file names").prints("LC_ALL=C.UTF-8");
  }

  @Test
  void doctorLooksAtTheStoreAndItsFiles() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    Files.writeString(data.resolve("FORMAT"), "");
    Path config = Files.createDirectories(directory.resolve("home/.config"));
    Files.writeString(config.resolve("root.key"), "k");
    CommandRun open = harness.run("doctor", "--data", "data").ends(ExitCode.FAILED);
    open.prints("chmod go= '" + config.resolve("root.key") + "'");
    Files.setPosixFilePermissions(
        config.resolve("root.key"),
        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    JsonNode checks = harness.run("doctor", "--data", "data", "-o", "json").json().get("checks");
    assertThat(checks.findValuesAsText("check"))
        .contains("root key", "admin token", "store", "disk space");
    harness.store.healthy = false;
    harness.run("doctor", "--server", "localhost").ends(ExitCode.FAILED).prints("NOT_SERVING");
  }
}
