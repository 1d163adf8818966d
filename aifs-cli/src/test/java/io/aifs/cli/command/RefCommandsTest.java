package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.client.ConflictChoice;
import io.aifs.client.MergeOptions;
import io.aifs.client.MergeOutcome;
import io.aifs.core.ExitCode;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Branches, tags, merges and reverts. */
class RefCommandsTest {
  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private String first = "";
  private String second = "";

  @BeforeEach
  void makeTwoSnapshots() {
    harness = new CommandHarness(directory);
    harness.store.put("a", "A");
    first = id(harness.run("snapshot", "create", "-m", "first"));
    harness.store.put("b", "B");
    second = id(harness.run("snapshot", "create", "-m", "second"));
  }

  private static String id(CommandRun run) {
    return run.ends(ExitCode.OK).out().strip();
  }

  @Test
  void branchesAreMadeAndListed() {
    harness
        .run("branch", "create", "trial", "main~1", "--why", "try")
        .ends(ExitCode.OK)
        .complains("branch trial is at snapshot " + first);
    harness.store.put("c", "C");
    CommandRun list = harness.run("branch", "list").ends(ExitCode.OK);
    assertThat(list.out().lines())
        .satisfiesExactly(
            main -> assertThat(main).startsWith(second + "  2026-").endsWith("  main  changed"),
            trial -> assertThat(trial).startsWith(first).endsWith("  trial"));
    JsonNode json = harness.run("branch", "list", "-o", "json").json().get("branches");
    assertThat(json.get(0).get("changed").asBoolean()).isTrue();
    harness.run("branch", "create", "trial").ends(ExitCode.CONFLICT);
    harness.run("branch", "create", "Trial").ends(ExitCode.USAGE);
    harness.run("branch", "create", "snap").ends(ExitCode.USAGE);
    harness.run("branch", "create", "ab".repeat(16)).ends(ExitCode.USAGE).complains("like an id");
    harness.run("branch", "create", "x", "none").ends(ExitCode.NOT_FOUND);
    harness.run("branch", "create", "x", "main:a").ends(ExitCode.USAGE);
  }

  @Test
  void movingComparesFirst() {
    harness
        .run("branch", "move", "main", "main~1", "--expect", first)
        .ends(ExitCode.CONFLICT)
        .complains("token-1 moved it");
    harness
        .run("branch", "move", "main", "main~1", "--why", "back")
        .ends(ExitCode.OK)
        .complains("moved from " + second + " to " + first);
    assertThat(harness.store.paths()).containsExactly("a");
    harness.run("branch", "history", "main", "-n", "1").prints(second + " -> " + first + "  back");
    harness.run("branch", "move", "main", first, "--expect", "x").ends(ExitCode.USAGE);
    harness.run("branch", "move", "none", first).ends(ExitCode.NOT_FOUND);
  }

  @Test
  void movingOverChangesIsForcedAndAsked() {
    harness.store.put("c", "C");
    harness.run("branch", "move", "main", first).ends(ExitCode.CONFLICT).complains("--force");
    harness.run("branch", "move", "main", first, "--force").ends(ExitCode.USAGE).complains("-y");
    harness
        .withTerminal("n\n")
        .run("branch", "move", "main", first, "--force")
        .ends(ExitCode.FAILED)
        .complains("move branch main from " + second + " to snap:" + first + "? [y/N]");
    harness.run("branch", "move", "main", first, "--force", "-y").ends(ExitCode.OK);
    assertThat(harness.store.paths()).containsExactly("a");
  }

  @Test
  void endedBranchesKeepTheirHistory() {
    harness.run("branch", "create", "trial").ends(ExitCode.OK);
    harness.run("branch", "delete", "trial").ends(ExitCode.USAGE).complains("delete branch trial");
    JsonNode json =
        harness.run("branch", "delete", "trial", "-y", "--why", "done", "-o", "json").json();
    assertThat(json.get("snapshot_id").asText()).isEqualTo(second);
    CommandRun history = harness.run("branch", "history", "trial").ends(ExitCode.OK);
    assertThat(history.out().lines()).hasSize(2);
    history.prints(second + " -> " + "-".repeat(32) + "  done");
    JsonNode moves = harness.run("branch", "history", "trial", "-o", "json").json().get("moves");
    assertThat(moves.get(0).get("to_snapshot_id").isNull()).isTrue();
    assertThat(moves.get(0).get("who").asText()).isEqualTo("token-1");
    harness.run("branch", "delete", "trial", "-y").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void protectionIsSetAndLifted() {
    harness.run("branch", "protect", "main").ends(ExitCode.OK).complains("main is protected");
    harness.run("branch", "list").prints("main  protected");
    harness
        .run("branch", "protect", "--off", "main")
        .ends(ExitCode.OK)
        .complains("no longer protected");
  }

  @Test
  void tagsAreMadeListedAndDeleted() {
    harness
        .run("tag", "create", "v1", "--meta", "k=v")
        .ends(ExitCode.OK)
        .complains("tag v1 is snapshot " + second);
    harness.run("tag", "create", "v0", "main~1").ends(ExitCode.OK);
    harness.run("tag", "create", "v1", first).ends(ExitCode.CONFLICT);
    harness.run("tag", "create", "").ends(ExitCode.USAGE);
    CommandRun list = harness.run("tag", "list").ends(ExitCode.OK);
    assertThat(list.out()).matches("(?s)" + first + ".*  v0\n" + second + ".*  v1\n");
    JsonNode tags = harness.run("tag", "list", "-o", "json").json().get("tags");
    assertThat(tags.get(1).get("metadata").get("k").asText()).isEqualTo("v");
    harness.run("tag", "delete", "v1").ends(ExitCode.USAGE).complains("-y");
    harness.run("tag", "delete", "v1", "-y").ends(ExitCode.OK);
    harness.run("tag", "delete", "v1", "-y").ends(ExitCode.NOT_FOUND);
  }

  private void divergeOnTrial() {
    harness.run("branch", "create", "trial", "main~1").ends(ExitCode.OK);
    harness.run("checkout", "main:b", "trial:c").ends(ExitCode.OK);
    harness.run("snapshot", "create", "trial", "-m", "other").ends(ExitCode.OK);
  }

  @Test
  void mergesSayWhatTheyDid() {
    divergeOnTrial();
    CommandRun dry = harness.run("merge", "trial", "--dry-run").ends(ExitCode.OK);
    assertThat(dry.out()).isEmpty();
    dry.complains("would make a snapshot on main, 1 path changed");
    CommandRun run = harness.run("merge", "trial", "-m", "both", "--author", "ada");
    assertThat(id(run)).matches("[0-9a-f]{32}");
    run.complains("made a snapshot on main, 1 path changed");
    assertThat(harness.store.paths()).containsExactly("a", "b", "c");
    harness.run("merge", "trial").ends(ExitCode.OK).complains("holds all of it already");
    harness
        .run("merge", "main", "--into", "trial")
        .ends(ExitCode.OK)
        .complains("branch trial moved forward to snapshot");
    harness.run("merge", "none").ends(ExitCode.NOT_FOUND);
    harness.run("merge", "trial", "--into", "main~1").ends(ExitCode.USAGE);
    harness.run("merge", "trial", "--ours", "--theirs").ends(ExitCode.USAGE);
  }

  @Test
  void conflictsAreListedWithWhatToDo() {
    divergeOnTrial();
    harness.store.conflicts.add(
        new MergeOutcome.Conflict(
            new TreePath("b"),
            harness.store.entry("a"),
            harness.store.entry("b"),
            Optional.empty(),
            ConflictChoice.FAIL));
    CommandRun run = harness.run("merge", "trial").ends(ExitCode.CONFLICT);
    assertThat(run.out()).isEqualTo("C  b  ours: modified, theirs: removed\n");
    run.complains("both sides changed 1 path")
        .complains("aifs merge trial --into main --choose 'PATH=ours'");
    CommandRun json = harness.run("merge", "trial", "--dry-run", "-o", "json");
    assertThat(json.ends(ExitCode.CONFLICT).error().get("code").asText())
        .isEqualTo("MERGE_CONFLICTS");
    assertThat(json.json().get("outcome").asText()).isEqualTo("conflicts");
    assertThat(json.json().get("conflicts").get(0).get("theirs").isNull()).isTrue();
    CommandRun chosen = harness.run("merge", "trial", "--theirs");
    assertThat(id(chosen)).matches("[0-9a-f]{32}");
    chosen.complains("chose theirs for b  ours: modified, theirs: removed");
  }

  @Test
  void choicesComeFromTheLineAndAFile() throws IOException {
    divergeOnTrial();
    Files.writeString(directory.resolve("choices"), "# mine\n\nb=theirs\nx=y=ours\n");
    harness
        .run("merge", "trial", "--choices", "choices", "--choose", "b=ours", "--no-ff")
        .ends(ExitCode.OK);
    MergeOptions options = harness.store.merges.getLast();
    assertThat(options.choices())
        .isEqualTo(
            Map.of(
                new TreePath("b"), ConflictChoice.OURS, new TreePath("x=y"), ConflictChoice.OURS));
    assertThat(options.ownSnapshot()).isTrue();
    for (String wrong : new String[] {"b", "b=mine", "=ours/", "../b=ours"}) {
      harness.run("merge", "trial", "--choose", wrong).ends(ExitCode.USAGE);
    }
    harness.run("merge", "trial", "--choices", "none").ends(ExitCode.NOT_FOUND);
  }

  @Test
  void revertsUndoOneSnapshot() {
    harness.store.put("c", "C");
    id(harness.run("snapshot", "create", "-m", "third"));
    CommandRun run = harness.run("revert", "main~1", "-m", "no b", "--ours");
    assertThat(id(run)).matches("[0-9a-f]{32}");
    assertThat(harness.store.paths()).containsExactly("a", "c");
    assertThat(harness.store.merges.getLast().choice()).isEqualTo(ConflictChoice.OURS);
    assertThat(harness.store.merges.getLast().message()).isEqualTo("no b");
    harness.run("revert", "none").ends(ExitCode.NOT_FOUND);
    harness.run("revert", "main:b").ends(ExitCode.USAGE);
  }
}
