package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.AifsClient;
import io.aifs.client.Refs;
import io.aifs.client.TransactionStep;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs branch}: the group; its members do the work. */
@Command(
    name = "branch",
    header = "Make, move and end branches, and see where they were.",
    customSynopsis = "aifs branch create|list|move|delete|protect|history [OPTIONS]",
    footer = {
      "Examples:",
      "  aifs branch create trial main~1",
      "  aifs branch list",
      "  aifs branch history main"
    })
final class BranchCommand {
  private static Fields fields(Refs.Branch branch) {
    return Fields.of("name", branch.name())
        .with("snapshot_id", branch.snapshot())
        .with("created_at", branch.createdAt())
        .with("updated_at", branch.updatedAt())
        .with("protected", branch.isProtected())
        .with("changed", branch.changed())
        .with("metadata", branch.metadata());
  }

  /** {@code aifs branch create}. */
  @Command(
      name = "create",
      header = "Make a branch.",
      customSynopsis = "aifs branch create [OPTIONS] NAME [REF]",
      footer = {
        "Examples:",
        "  aifs branch create trial",
        "  aifs branch create fix v1 --why 'wrong labels'"
      })
  static final class Create extends AifsAction {
    @Parameters(index = "0", paramLabel = "NAME", description = "the new branch")
    private String name = "";

    @Parameters(
        index = "1",
        paramLabel = "REF",
        arity = "0..1",
        description = "where it begins (default: the newest snapshot of main)")
    private String at = "main";

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "metadata; may be repeated")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(names = "--why", paramLabel = "TEXT", description = "the reason, kept in its history")
    private String why = "";

    Create(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath place = RefArgument.alone(places, at);
      Refs.Branch branch =
          places
              .clientFor(place)
              .refs()
              .startBranch(RefArgument.name(name), place.ref(), metadata, why);
      output().object(fields(branch));
      invocation().say("branch " + branch.name() + " is at snapshot " + branch.snapshot());
      return ExitCode.OK;
    }
  }

  /** {@code aifs branch list}. */
  @Command(
      name = "list",
      header = "List the branches.",
      customSynopsis = "aifs branch list [OPTIONS]",
      description =
          "Snapshot, time of the last move (UTC), name; 'changed' if there is more since.",
      footer = {"Examples:", "  aifs branch list -o jsonl"})
  static final class ListAll extends AifsAction {
    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list(
          "branches",
          invocation().client().refs().branches(),
          ListAll::line,
          BranchCommand::fields);
      return ExitCode.OK;
    }

    private static String line(Refs.Branch branch) {
      return branch.snapshot()
          + "  "
          + SnapshotText.time(branch.updatedAt())
          + "  "
          + branch.name()
          + (branch.changed() ? "  changed" : "")
          + (branch.isProtected() ? "  protected" : "");
    }
  }

  /** {@code aifs branch move}. */
  @Command(
      name = "move",
      header = "Make a branch stand at another snapshot.",
      customSynopsis = "aifs branch move [OPTIONS] NAME REF",
      description = {
        "What it holds becomes what REF holds. Refused if it holds changes since its snapshot,",
        "unless --force: they are then kept as a snapshot in its history. --force asks first;",
        "without a terminal it wants -y. Exit code 6 if somebody else moved it meanwhile."
      },
      footer = {
        "Examples:",
        "  aifs branch move trial main~2 --why 'begin again'",
        "  aifs branch move main v1 --expect 5d0c5cbf6f1c4a0b8e3f2a1b9c8d7e6f"
      })
  static final class Move extends AifsAction {
    @Parameters(index = "0", paramLabel = "NAME", description = "the branch")
    private String name = "";

    @Parameters(index = "1", paramLabel = "REF", description = "where it goes")
    private String to = "";

    @Option(
        names = "--expect",
        paramLabel = "ID",
        description = "fail unless the branch is at this snapshot")
    private Optional<String> expected = Optional.empty();

    @Option(names = "--force", description = "also if it holds changes")
    private boolean force;

    @Option(names = "--why", paramLabel = "TEXT", description = "the reason, kept in its history")
    private String why = "";

    @Mixin private TransactionOption transaction = new TransactionOption();

    @Mixin private Destructive destructive = new Destructive();

    Move(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Places places = invocation().places();
      Place.OfPath place = RefArgument.alone(places, to);
      Name branch = RefArgument.name(name);
      Refs refs = places.clientFor(place).refs();
      SnapshotId from =
          expected.isPresent()
              ? RefArgument.id(places, "--expect", expected.get())
              : refs.branch(branch).snapshot();
      if (transaction.isGiven()) {
        return stage(places.clientFor(place), branch, place, from);
      }
      if (force) {
        destructive.confirm(
            invocation(), "move branch " + branch + " from " + from + " to " + place.ref());
      }
      Refs.Branch moved = refs.moveBranch(branch, place.ref(), from, force, why);
      output().object(fields(moved).with("from_snapshot_id", from));
      invocation().say("branch " + branch + " moved from " + from + " to " + moved.snapshot());
      return ExitCode.OK;
    }

    private ExitCode stage(AifsClient client, Name branch, Place.OfPath place, SnapshotId from)
        throws IOException {
      if (force) {
        throw Usage.error("a transaction forces nothing", "leave out --force or --tx");
      }
      transaction.stage(client, new TransactionStep.MoveBranch(branch, place.ref(), from, why));
      output().object(Fields.of("name", branch).with("from_snapshot_id", from));
      invocation()
          .say(
              "moves branch "
                  + branch
                  + " from "
                  + from
                  + " to "
                  + place.ref()
                  + transaction.suffix());
      return ExitCode.OK;
    }
  }

  /** {@code aifs branch delete}. */
  @Command(
      name = "delete",
      header = "End a branch.",
      customSynopsis = "aifs branch delete [OPTIONS] [-y] NAME",
      description = {
        "Its snapshots and its history stay; 'aifs branch create NAME snap:ID' brings it back.",
        "Asks first; without a terminal it wants -y."
      },
      footer = {"Examples:", "  aifs branch delete trial -y"})
  static final class Delete extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the branch")
    private String name = "";

    @Option(names = "--force", description = "also if it holds changes since its snapshot")
    private boolean force;

    @Option(names = "--why", paramLabel = "TEXT", description = "the reason, kept in its history")
    private String why = "";

    @Mixin private Destructive destructive = new Destructive();

    Delete(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Name branch = RefArgument.name(name);
      Refs refs = invocation().client().refs();
      destructive.confirm(invocation(), "delete branch " + branch);
      SnapshotId was = refs.endBranch(branch, force, why);
      output().object(Fields.of("deleted", branch).with("snapshot_id", was));
      invocation().say("deleted branch " + branch + ", which was at snapshot " + was);
      return ExitCode.OK;
    }
  }

  /** {@code aifs branch protect}. */
  @Command(
      name = "protect",
      header = "Let a branch only go forward.",
      customSynopsis = "aifs branch protect [OPTIONS] NAME",
      description = "By snapshots and merges; it cannot be moved back or deleted.",
      footer = {"Examples:", "  aifs branch protect main", "  aifs branch protect --off main"})
  static final class Protect extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the branch")
    private String name = "";

    @Option(names = "--off", description = "lift the protection")
    private boolean off;

    Protect(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Refs.Branch branch = invocation().client().refs().protectBranch(RefArgument.name(name), !off);
      output().object(fields(branch));
      invocation()
          .say(
              "branch "
                  + branch.name()
                  + (branch.isProtected() ? " is protected" : " is no longer protected"));
      return ExitCode.OK;
    }
  }

  /** {@code aifs branch history}. */
  @Command(
      name = "history",
      header = "Say where a branch stood, newest first.",
      customSynopsis = "aifs branch history [OPTIONS] NAME",
      description = "Time (UTC), who (the token's id), from, to, why. Also of a deleted branch.",
      footer = {"Examples:", "  aifs branch history main -n 10"})
  static final class HistoryOf extends AifsAction {
    private static final String NONE = "-".repeat(32);

    @Parameters(paramLabel = "NAME", description = "the branch")
    private String name = "";

    @Mixin private CountLimit limit = new CountLimit();

    HistoryOf(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Refs refs = invocation().client().refs();
      list(
          "moves",
          limit.of(refs.moves(RefArgument.name(name))),
          HistoryOf::line,
          HistoryOf::fields);
      return ExitCode.OK;
    }

    private static String line(Refs.Move move) {
      return String.format(
              Locale.ROOT,
              "%s  %s  %s -> %s  %s",
              SnapshotText.time(move.at()),
              move.who().isEmpty() ? "-" : Printable.of(move.who()),
              move.from().map(SnapshotId::hex).orElse(NONE),
              move.to().map(SnapshotId::hex).orElse(NONE),
              Printable.of(move.why()))
          .stripTrailing();
    }

    private static Fields fields(Refs.Move move) {
      return Fields.of("sequence", move.sequence())
          .with("at", move.at())
          .with("who", move.who())
          .with("from_snapshot_id", move.from())
          .with("to_snapshot_id", move.to())
          .with("why", move.why())
          .with("metadata", move.metadata());
    }
  }
}
