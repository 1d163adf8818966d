package io.aifs.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.client.EventOptions;
import io.aifs.client.EventOptions.Start;
import io.aifs.client.StoreEvent;
import io.aifs.core.ExitCode;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCommandTest {
  private static final Digest ID = Digest.of(new byte[] {1});

  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void twoEvents() {
    harness = new CommandHarness(directory);
    harness.store.events.add(
        new StoreEvent(
            "e1",
            "asset.put",
            Instant.EPOCH,
            1,
            Optional.of(ID),
            Optional.of(AssetKind.TENSOR),
            OptionalLong.of(5),
            Optional.of(new TreePath("d/a\u001b")),
            Optional.empty(),
            false,
            Optional.of("main"),
            Map.of("branch", "main")));
    harness.store.events.add(
        new StoreEvent(
            "e2",
            "ref.move",
            Instant.EPOCH,
            2,
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.of("main"),
            Map.of("branch", "main", "to", "abc")));
  }

  private EventOptions asked() {
    return harness.store.eventOptions.getLast();
  }

  @Test
  void eventsAreLinesForPeople() {
    assertThat(harness.run("events").ends(ExitCode.OK).out())
        .isEqualTo(
            "1970-01-01T00:00:00.000000+00:00  asset.put       main d/a\\x1b TENSOR "
                + ID.hex().substring(0, 12)
                + "\n1970-01-01T00:00:00.000000+00:00  ref.move        main to=abc\n");
    assertThat(asked().start()).isEqualTo(new Start.Oldest());
    assertThat(asked().follow()).isFalse();
  }

  @Test
  void eventsAreObjectsForPrograms() {
    JsonNode events = harness.run("events", "-o", "json").json().get("events");
    assertThat(events).hasSize(2);
    assertThat(events.get(0).get("id").asText()).isEqualTo("e1");
    assertThat(events.get(0).get("path").asText()).isEqualTo("d/a\u001b");
    assertThat(events.get(0).get("kind").asText()).isEqualTo("TENSOR");
    assertThat(events.get(0).get("size").asInt()).isEqualTo(5);
    assertThat(events.get(1).get("details").get("to").asText()).isEqualTo("abc");
    assertThat(harness.run("events", "-f", "-o", "jsonl").ends(ExitCode.OK).out().lines())
        .hasSize(2);
    assertThat(asked().start()).isEqualTo(new Start.Now());
    assertThat(asked().follow()).isTrue();
  }

  @Test
  void optionsSayWhatIsWanted() {
    harness
        .run(
            "events",
            "--since",
            "e1",
            "--type",
            "asset.*",
            "--path",
            "d/",
            "--kind",
            "tensor",
            "--branch",
            "main",
            "-n",
            "1")
        .ends(ExitCode.OK);
    assertThat(asked())
        .isEqualTo(
            new EventOptions(
                new Start.After("e1"),
                false,
                List.of("asset.*"),
                List.of(new TreePath("d")),
                List.of(AssetKind.TENSOR),
                List.of(new Name("main"))));
    assertThat(harness.run("events", "-n", "1").out().lines()).hasSize(1);
    assertThat(harness.run("events", "-n", "0").out()).isEmpty();
  }

  @Test
  void wrongOptionsAreNamed() {
    harness.run("events", "-f", "-o", "json").ends(ExitCode.USAGE);
    harness.run("events", "--since", "e1", "--from-start").ends(ExitCode.USAGE);
    harness.run("events", "--kind", "picture").ends(ExitCode.USAGE).complains("--kind");
    harness.run("events", "--path", "/a").ends(ExitCode.USAGE).complains("--path");
    harness.run("events", "--branch", "Ü").ends(ExitCode.USAGE).complains("--branch");
    harness.run("events", "-n", "-1").ends(ExitCode.USAGE);
  }
}
