package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.cli.testing.MemoryAudit;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private MemoryAudit audit = new MemoryAudit();

  @BeforeEach
  void threeRecords() {
    harness = new CommandHarness(directory);
    audit = harness.store.audit;
    audit.add("Content/PutFiles", "OK", "a\\u001b");
    audit.add("Content/Read", "PERMISSION_DENIED", "b");
    audit.add("Tree/Remove", "OK", "c");
  }

  @Test
  void theTailShowsWhoDidWhat() {
    assertThat(harness.run("audit", "tail", "-n", "2").ends(ExitCode.OK).out().lines())
        .satisfiesExactly(
            second ->
                assertThat(second)
                    .startsWith("     2  2026-11-26 08:00:00  PERMISSION_DENIED")
                    .endsWith("Content/Read  papers  token t1  path=b  2 times"),
            third -> assertThat(third).contains("OK  Tree/Remove  papers"));
    harness.run("audit", "tail").ends(ExitCode.OK).prints("path=a\\x1b");
    assertThat(audit.asked).containsExactly("Last[count=2]", "Last[count=20]");
  }

  @Test
  void programsGetTheLinesAsTheyAreOrOneDocument() {
    assertThat(harness.run("audit", "tail", "-f", "-o", "jsonl").ends(ExitCode.OK).out().lines())
        .isEqualTo(audit.lines);
    assertThat(audit.asked).containsExactly("Last[count=20], following");

    JsonNode records =
        harness.run("audit", "tail", "-o", "json").ends(ExitCode.OK).json().get("records");
    assertThat(records).hasSize(3);
    assertThat(records.get(1).get("what").get("path").asText()).isEqualTo("b");
    assertThat(records.get(1).get("seq").asInt()).isEqualTo(2);

    harness.run("audit", "tail", "-f", "-o", "json").ends(ExitCode.USAGE);
    harness.run("audit", "tail", "-n", "0").ends(ExitCode.USAGE);
  }

  @Test
  void whatIsNoJsonIsShownAsItIs() {
    audit.lines.add("torn \u001b");

    harness.run("audit", "tail", "-n", "1").ends(ExitCode.OK).prints("torn \\x1b");
  }

  @Test
  void aWholeLogVerifies() {
    harness
        .run("audit", "verify", "--head", audit.head(2) + "")
        .ends(ExitCode.OK)
        .prints("checked 3 records: the chain is whole; the newest is " + audit.head(3));
  }

  @Test
  void eachProblemIsNamedAndTheExitCodeSays() {
    String head = audit.head(3) + "";
    audit.lines.remove(1);
    harness
        .run("audit", "verify")
        .ends(ExitCode.INTEGRITY)
        .prints("record 2 is missing\n")
        .prints("checked 2 records: 1 problem");

    audit.lines.removeLast();
    JsonNode json =
        harness
            .run("audit", "verify", "--head", head, "-o", "json")
            .ends(ExitCode.INTEGRITY)
            .json();
    assertThat(json.get("problems").get(0).get("problem").asText())
        .isEqualTo("record 3, which was noted, is missing: the newest is record 1");
    assertThat(json.get("whole").asBoolean()).isFalse();
  }

  @Test
  void anExportVerifiesOfflineAndItsHeadOnline() throws IOException {
    harness
        .run("audit", "export", "log.jsonl")
        .ends(ExitCode.OK)
        .complains("wrote 3 records; the newest is " + audit.head(3));

    Path file = directory.resolve("log.jsonl");
    assertThat(Files.readAllLines(file)).isEqualTo(audit.lines);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    harness
        .run("audit", "verify-file", "log.jsonl")
        .ends(ExitCode.OK)
        .complains("checking against")
        .prints("checked 3 records: the chain is whole");
    harness.run("audit", "verify", "--head-file", "log.jsonl.head").ends(ExitCode.OK);
    harness.run("audit", "export", "log.jsonl").ends(ExitCode.CONFLICT);

    audit.add("Tree/Move", "OK", "d");
    harness
        .run("audit", "export", "later.jsonl", "--from", "4", "--head-file", "log.jsonl.head")
        .ends(ExitCode.OK);
    assertThat(Files.readAllLines(directory.resolve("later.jsonl"))).hasSize(1);
    harness.run("audit", "export", "none.jsonl", "--from", "5").ends(ExitCode.USAGE);
    assertThat(directory.resolve("none.jsonl")).doesNotExist();
    harness.run("audit", "export", "none.jsonl", "--from", "0").ends(ExitCode.USAGE);
  }

  @Test
  void aChangedCopyIsNoticed() throws IOException {
    harness.run("audit", "export", "log.jsonl").ends(ExitCode.OK);
    Path file = directory.resolve("log.jsonl");
    List<String> lines = Files.readAllLines(file);
    Files.write(
        file, List.of(lines.get(0), lines.get(1).replace("papers", "papier"), lines.get(2)));

    harness
        .run("audit", "verify-file", "log.jsonl")
        .ends(ExitCode.INTEGRITY)
        .prints("record 2 was changed");

    Files.write(file, lines.subList(0, 2));
    harness
        .run("audit", "verify-file", "log.jsonl")
        .ends(ExitCode.INTEGRITY)
        .prints("record 3, which was noted, is missing: the newest is record 2");
    Files.delete(directory.resolve("log.jsonl.head"));
    harness.run("audit", "verify-file", "log.jsonl").ends(ExitCode.OK);
  }

  @Test
  void aBrokenLogIsExportedAndItsProblemsAreTold() throws IOException {
    audit.lines.remove(1);

    CommandRun run =
        harness.run("audit", "export", "log.jsonl", "-q", "-o", "json").ends(ExitCode.INTEGRITY);

    run.complains("record 2 is missing");
    assertThat(run.json().get("problems")).hasSize(1);
    assertThat(Files.readAllLines(directory.resolve("log.jsonl"))).hasSize(2);
  }

  @Test
  void anEmptyLogIsWhole() throws IOException {
    audit.lines.clear();

    harness.run("audit", "tail").ends(ExitCode.OK);
    harness.run("audit", "verify").ends(ExitCode.OK);
    harness.run("audit", "export", "log.jsonl").ends(ExitCode.OK);
    assertThat(directory.resolve("log.jsonl")).isEmptyFile();
    harness.run("audit", "verify-file", "log.jsonl").ends(ExitCode.OK);
  }

  @Test
  void wrongHeadsAreWrongInputs() throws IOException {
    harness.run("audit", "verify", "--head", "3").ends(ExitCode.USAGE).complains("--head");
    harness.run("audit", "verify", "--head", "x:y").ends(ExitCode.USAGE);
    harness.run("audit", "verify", "--head-file", "none").ends(ExitCode.NOT_FOUND);
    for (String text : List.of("", "{}", "{\"sequence\":1,\"digest\":\"12\"}", "not json")) {
      Files.writeString(directory.resolve("wrong.head"), text);
      harness
          .run("audit", "verify", "--head-file", "wrong.head")
          .ends(ExitCode.USAGE)
          .complains("holds no head");
    }
    harness.run("audit", "verify-file", "none").ends(ExitCode.NOT_FOUND);
    Files.write(directory.resolve("long"), new byte[2 << 20]);
    harness.run("audit", "verify-file", "long").ends(ExitCode.USAGE).complains("a line over");
  }
}
