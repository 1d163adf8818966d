package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.core.ExitCode;
import io.aifs.core.model.FileAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots, log, diff, changes and checkout. */
class HistoryCommandsTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private String first = "";
  private String second = "";

  @BeforeEach
  void makeTwoSnapshots() {
    harness = new CommandHarness(directory);
    harness.store.put("d/a", "AA");
    harness.store.put("d/b", "BBB");
    first = snapshot("first");
    harness.store.put("d/a", "AAAA");
    harness.store.put("d/c", "CC");
    harness.store.losePath("d/b");
    harness.store.put("e/b", "BBB");
    second = snapshot("second\nwith more");
  }

  private String snapshot(String message) {
    return harness.run("snapshot", "create", "-m", message).ends(ExitCode.OK).out().strip();
  }

  @Test
  void creatingPrintsTheId() {
    assertThat(first).matches("[0-9a-f]{32}");
    harness.store.put("f", "F");
    CommandRun run =
        harness.run(
            "snapshot",
            "create",
            "main",
            "-m",
            "m",
            "--author",
            "ada",
            "--meta",
            "k=v",
            "-o",
            "json");
    JsonNode json = run.ends(ExitCode.OK).json();
    assertThat(json.get("author").asText()).isEqualTo("ada");
    assertThat(json.get("metadata").get("k").asText()).isEqualTo("v");
    assertThat(json.get("parents").get(0).asText()).isEqualTo(second);
    assertThat(json.get("entries").asInt()).isEqualTo(4);
    assertThat(json.get("branch").asText()).isEqualTo("main");
    run.complains("snapshot of main: 4 entries (10 B)");
  }

  @Test
  void creatingWithoutChangesGivesTheNewest() {
    CommandRun run = harness.run("snapshot", "create", "-m", "again").ends(ExitCode.OK);
    assertThat(run.out().strip()).isEqualTo(second);
    run.complains("nothing changed on main");
    CommandRun anyway = harness.run("snapshot", "create", "-m", "again", "--allow-unchanged");
    assertThat(anyway.ends(ExitCode.OK).out().strip()).isNotEqualTo(second);
  }

  @Test
  void creatingFromAnExpectedSnapshotOnly() {
    harness
        .run("snapshot", "create", "-m", "m", "--expect", first)
        .ends(ExitCode.CONFLICT)
        .complains("token-1 moved it");
    harness.run("snapshot", "create", "-m", "m", "--expect", "snap:" + second).ends(ExitCode.OK);
    harness.run("snapshot", "create", "-m", "m", "--expect", "main").ends(ExitCode.USAGE);
  }

  @Test
  void onlyBranchesCanBeTakenASnapshotOf() {
    harness.run("snapshot", "create").ends(ExitCode.USAGE).complains("--message");
    harness.run("snapshot", "create", "main~1", "-m", "m").ends(ExitCode.USAGE);
    harness.run("snapshot", "create", "main:d", "-m", "m").ends(ExitCode.USAGE);
    harness.run("snapshot", "create", "none", "-m", "m").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void listAndShowSayWhatSnapshotsAre() {
    CommandRun list = harness.run("snapshot", "list").ends(ExitCode.OK);
    assertThat(list.out().lines()).hasSize(3);
    assertThat(list.out())
        .startsWith(second + "  2026-11-21 10:00:")
        .contains("3       9 B  second");
    assertThat(harness.run("snapshot", "list", "-n", "1").out().lines()).hasSize(1);
    assertThat(harness.run("snapshot", "list", "-o", "json").json().get("snapshots")).hasSize(3);
    harness.run("snapshot", "list", "-n", "-1").ends(ExitCode.USAGE);

    CommandRun show = harness.run("snapshot", "show", "main").ends(ExitCode.OK);
    show.prints(second).prints("second\\nwith more").prints(first).prints("signed by");
    JsonNode json = harness.run("snapshot", "show", "main~1", "-o", "json").json();
    assertThat(json.get("snapshot_id").asText()).isEqualTo(first);
    assertThat(json.get("signature").asText()).hasSize(128);
    assertThat(harness.run("snapshot", "show", first, "--assets").out().lines()).hasSize(2);
    harness.run("snapshot", "show", "none").ends(ExitCode.NOT_FOUND);
    harness.run("snapshot", "show", "main:d").ends(ExitCode.USAGE);
  }

  @Test
  void verifyNamesWhatIsWrong() {
    harness.run("snapshot", "verify", "main").ends(ExitCode.OK).prints("verified: snapshot");
    harness.run("snapshot", "verify", "main", "--key", "ab".repeat(32)).ends(ExitCode.INTEGRITY);
    harness.run("snapshot", "verify", "main", "--key", "ab").ends(ExitCode.USAGE);
    harness.store.snapshotProblems.add("node 7 has another digest");
    CommandRun run = harness.run("snapshot", "verify", first).ends(ExitCode.INTEGRITY);
    run.prints("BAD  node 7").complains("does NOT verify");
    JsonNode json = harness.run("snapshot", "verify", first, "-o", "json").json();
    assertThat(json.get("valid").asBoolean()).isFalse();
    assertThat(json.get("problems")).hasSize(1);
  }

  @Test
  void proveWritesAFileAndReplacesNone() throws IOException {
    harness.run("snapshot", "prove", "main:d/a", "--out", "a.proof").ends(ExitCode.OK);
    assertThat(directory.resolve("a.proof")).content().contains("OfPath").contains("d/a");
    harness.run("snapshot", "prove", "v:d/a", "--out", "a.proof").ends(ExitCode.CONFLICT);
    String id = "ab".repeat(32);
    harness
        .run("snapshot", "prove", "main", "--asset", id, "--out", "a.proof", "--force")
        .ends(ExitCode.OK);
    assertThat(Files.readString(directory.resolve("a.proof"))).contains("OfUnnamed");
    harness.run("snapshot", "prove", "main", "--out", "b.proof").ends(ExitCode.USAGE);
    harness
        .run("snapshot", "prove", "main:d/a", "--asset", id, "--out", "b.proof")
        .ends(ExitCode.USAGE);
    harness.run("snapshot", "prove", "main", "--asset", "1", "--out", "b").ends(ExitCode.USAGE);
    assertThat(directory.resolve("b.proof")).doesNotExist();
  }

  @Test
  void pruneAsksAndRefusesWhatIsNeeded() {
    harness.run("snapshot", "prune", first).ends(ExitCode.USAGE).complains("-y");
    harness
        .withTerminal("n\n")
        .run("snapshot", "prune", first)
        .ends(ExitCode.FAILED)
        .complains("forget snapshot '" + first + " first'? [y/N]");
    harness.run("snapshot", "prune", second, "-y").ends(ExitCode.CONFLICT);
    harness.run("snapshot", "prune", "main", "-y").ends(ExitCode.USAGE).complains("no snapshot id");
    harness.run("snapshot", "prune", first, "-y").ends(ExitCode.OK);
    assertThat(harness.run("snapshot", "list").out()).doesNotContain(first);
  }

  @Test
  void logFollowsTheParents() {
    CommandRun run = harness.run("log").ends(ExitCode.OK);
    assertThat(run.out())
        .startsWith("snapshot " + second + "\ntime     2026-11-21 10:00:05 UTC\n")
        .contains("\n    second\n    with more\n\nsnapshot " + first + "\n")
        .contains("    root\n");
    assertThat(harness.run("log", "--oneline", "-n", "2").out())
        .isEqualTo(second + " second\n" + first + " first\n");
    assertThat(harness.run("log", "--oneline", "main~1").out()).startsWith(first);
    assertThat(harness.run("log", "--oneline", "main:d/c").out()).isEqualTo(second + " second\n");
    assertThat(harness.run("log", "-o", "jsonl").out().lines()).hasSize(3);
    harness.run("log", "main:d", "--graph").ends(ExitCode.USAGE);
  }

  @Test
  void logDrawsMerges() {
    harness.run("branch", "create", "trial", "main~1").ends(ExitCode.OK);
    harness.run("checkout", "main:d/c", "trial:x/").ends(ExitCode.OK);
    String other = harness.run("snapshot", "create", "trial", "-m", "other").out().strip();
    String merged = harness.run("merge", "trial", "-m", "both").ends(ExitCode.OK).out().strip();
    assertThat(harness.run("log", "--graph", "--oneline").out())
        .isEqualTo(
            """
            *   %s both
            |\\
            | * %s other
            * | %s second
            |/
            * %s first
            * %s root
            """
                .formatted(
                    merged,
                    other,
                    second,
                    first,
                    harness
                        .run("snapshot", "show", "main~3", "-o", "json")
                        .json()
                        .get("snapshot_id")
                        .asText()));
    assertThat(harness.run("log", "--graph").out())
        .startsWith("*   snapshot " + merged + "\n|\\  merges   " + second + " " + other + "\n");
  }

  @Test
  void diffNamesWhatDiffers() {
    CommandRun run = harness.run("diff", "main~1", "main").ends(ExitCode.OK);
    assertThat(run.out()).isEqualTo("M  d/a  2 B -> 4 B\nA  d/c  2 B\nR  d/b -> e/b\n");
    assertThat(harness.run("diff", first, second, "--name-only").out())
        .isEqualTo("d/a\nd/c\ne/b\n");
    assertThat(harness.run("diff", first, second, "--stat").out())
        .isEqualTo("1 added, 1 modified, 1 renamed; +6 B, -2 B\n");
    assertThat(harness.run("diff", first + ":d/c").out()).isEqualTo("A  d/c  2 B\n");
    assertThat(harness.run("diff", second, first, "d/").out())
        .isEqualTo("M  d/a  4 B -> 2 B\nA  d/b  3 B\nD  d/c  2 B\n");
    harness.run("diff", first, second, "--exit-code").ends(ExitCode.FAILED);
    assertThat(harness.run("diff", second, "main", "--exit-code").ends(ExitCode.OK).out())
        .isEmpty();
  }

  @Test
  void diffSpeaksJson() {
    JsonNode json = harness.run("diff", first, second, "-o", "json").json();
    assertThat(json.get("changes")).hasSize(3);
    JsonNode renamed = json.get("changes").get(2);
    assertThat(renamed.get("change").asText()).isEqualTo("renamed");
    assertThat(renamed.get("from_path").asText()).isEqualTo("d/b");
    assertThat(renamed.get("after").get("size").asInt()).isEqualTo(3);
    assertThat(json.get("changes").get(1).get("before").isNull()).isTrue();
    assertThat(json.get("from_snapshot_id").asText()).isEqualTo(first);
    assertThat(json.get("modified").asInt()).isEqualTo(1);
  }

  @Test
  void diffOfNonsenseIsRefused() {
    harness.run("diff").ends(ExitCode.USAGE);
    harness.run("diff", "a/b").ends(ExitCode.USAGE).complains("no ref");
    harness.run("diff", "main:d", "main:e").ends(ExitCode.USAGE).complains("two paths");
    harness.run("diff", "main", "main", "../x").ends(ExitCode.USAGE);
    harness.run("diff", "main", "aifs://other/main").ends(ExitCode.USAGE);
    harness.run("diff", "main", "--stat", "--name-only").ends(ExitCode.USAGE);
    harness.run("diff", "none").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void attributesCountWhenAskedFor() {
    harness.store.put("d/a", "AAAA", new FileAttributes(0600, 0));
    assertThat(harness.run("changes").ends(ExitCode.OK).out()).isEmpty();
    assertThat(harness.run("changes", "--attributes").out())
        .isEqualTo("T  d/a  -rw-r--r-- -> -rw-------\n");
    harness.store.put("d/a", "AAAA", new FileAttributes(0644, 1_000_000_000));
    assertThat(harness.run("diff", "main", "--attributes").out())
        .isEqualTo("T  d/a  1970-01-01 00:00:00 -> 1970-01-01 00:00:01\n");
  }

  @Test
  void changesAreThoseSinceTheNewestSnapshot() {
    harness.run("changes", "--exit-code").ends(ExitCode.OK).complains("nothing changed on main");
    harness.store.put("new", "NEW");
    harness.store.losePath("d/c");
    CommandRun run = harness.run("changes", "--exit-code").ends(ExitCode.FAILED);
    assertThat(run.out()).isEqualTo("D  d/c  2 B\nA  new  3 B\n");
    run.complains("1 added, 1 removed; +3 B, -2 B");
    harness.run("changes", "main~1").ends(ExitCode.USAGE);
  }

  @Test
  void checkoutBringsBack() {
    harness.run("checkout", "main~1:d/b").ends(ExitCode.OK).complains("1 entry");
    assertThat(harness.store.content("d/b")).isEqualTo("BBB");
    harness.run("checkout", first + ":d", "main:old").ends(ExitCode.OK);
    assertThat(harness.store.content("old/a")).isEqualTo("AA");
    harness.run("checkout", first + ":d/a", "main:into/").ends(ExitCode.OK);
    assertThat(harness.store.content("into/a")).isEqualTo("AA");
    JsonNode json = harness.run("checkout", "snap:" + first, "-o", "json").json();
    assertThat(json.get("entries").asInt()).isEqualTo(2);
    assertThat(harness.store.paths()).containsExactly("d/a", "d/b");
    harness.run("checkout", "main~1:none").ends(ExitCode.NOT_FOUND);
    harness.run("checkout", "main:d", "main~1:d").ends(ExitCode.USAGE);
    harness.run("checkout", "main:d", "aifs://other/main/d").ends(ExitCode.USAGE);
  }

  @Test
  void readersTakeAnyRef() {
    assertThat(harness.run("ls", "-R", "main~1:").ends(ExitCode.OK).out()).isEqualTo("d/a\nd/b\n");
    assertThat(harness.run("cat", "snap:" + first + ":d/a").out()).isEqualTo("AA");
    assertThat(harness.run("cat", "aifs://default/main~1/d/a").out()).isEqualTo("AA");
    assertThat(harness.run("ls", "aifs-snap://" + first).out()).isEqualTo("d/\n");
    harness.run("tag", "create", "v1", first).ends(ExitCode.OK);
    harness.run("stat", "v1:d/b").ends(ExitCode.OK).prints("aifs://default/v1/d/b");
    harness.run("du", "v1:").ends(ExitCode.OK).prints("2 files");
    harness.run("get", "v1:d", "copy").ends(ExitCode.OK);
    assertThat(directory.resolve("copy/b")).hasContent("BBB");
    harness.run("verify", "v1:d").ends(ExitCode.OK);
    harness.run("ls", "none:").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void writersTakeBranchesOnly() throws IOException {
    Files.writeString(directory.resolve("f"), "F");
    for (String ref : new String[] {"main~1", "snap:" + first, "main@{2026-11-21}"}) {
      harness.run("put", "f", ref + ":f").ends(ExitCode.USAGE).complains("never change");
      harness.run("rm", "-y", ref + ":d/a").ends(ExitCode.USAGE).complains("never change");
      harness.run("mv", ref + ":d/a", ref + ":d/x").ends(ExitCode.USAGE).complains("never change");
      harness.run("mv", "main:d/a", ref + ":d/x").ends(ExitCode.USAGE).complains("never change");
    }
    harness.run("tag", "create", "v1").ends(ExitCode.OK);
    harness.run("put", "f", "v1:f").ends(ExitCode.USAGE).complains("'v1' is a tag");
    harness.run("rm", "-y", "v1:d/a").ends(ExitCode.USAGE).complains("'v1' is a tag");
    harness.run("branch", "create", "trial").ends(ExitCode.OK);
    harness.run("put", "f", "trial:f").ends(ExitCode.OK);
    assertThat(harness.run("cat", "trial:f").out()).isEqualTo("F");
    assertThat(harness.store.paths()).doesNotContain("f");
  }
}
