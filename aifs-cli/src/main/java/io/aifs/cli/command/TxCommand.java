package io.aifs.cli.command;

import io.aifs.cli.config.Durations;
import io.aifs.cli.config.StoreChoice;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.client.AifsClient;
import io.aifs.client.Jobs;
import io.aifs.client.TransactionSummary;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.TransactionId;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs tx}: the group; its members do the work. */
@Command(
    name = "tx",
    header = "Make many changes visible at one instant, or none of them.",
    customSynopsis = "aifs tx begin|commit|abort|list [OPTIONS]",
    description = {
      "put, rm, mv, branch move and tag create take --tx ID: they are staged then, and nobody sees",
      "anything of them before the commit. A transaction ends when nobody uses it for longer than",
      "its lease, and with its server."
    },
    footer = {
      "Examples:",
      "  tx=$(aifs tx begin)",
      "  aifs put data/ main:data --tx $tx",
      "  aifs mv main:model.bin main:old/model.bin --tx $tx",
      "  aifs tx commit $tx"
    })
final class TxCommand {
  private static Fields fields(TransactionSummary summary) {
    Fields fields =
        Fields.of("id", summary.id())
            .with("state", summary.state().name().toLowerCase(Locale.ROOT))
            .with("begun_at", summary.begunAt())
            .with("expires_at", summary.expiresAt())
            .with("lease_seconds", summary.lease().toSeconds())
            .with("steps", summary.steps())
            .with("entries", summary.entries())
            .with("staged_bytes", summary.stagedBytes())
            .with("version", summary.version());
    summary.endedAt().ifPresent(at -> fields.with("ended_at", at));
    return fields;
  }

  /** {@code aifs tx begin}. */
  @Command(
      name = "begin",
      header = "Begin a transaction, and print its id.",
      customSynopsis = "aifs tx begin [OPTIONS]",
      description = "Needs a server: a transaction lasts no longer than the process that has it.",
      footer = {"Examples:", "  tx=$(aifs tx begin --lease 2h)"})
  static final class Begin extends AifsAction {
    @Option(
        names = "--lease",
        paramLabel = "TIME",
        description = "it ends if nobody uses it for so long: 30s, 10m (the default), up to 24h")
    private Optional<String> lease = Optional.empty();

    Begin(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Duration wanted = lease.map(Begin::duration).orElse(Duration.ZERO);
      AifsClient client = invocation().client();
      requireServed(client);
      TransactionId id = client.transactions().start(wanted).id();
      output().line(id.toString());
      output().object(Fields.of("id", id));
      return ExitCode.OK;
    }

    private static Duration duration(String text) {
      try {
        return Durations.parse(text);
      } catch (IllegalArgumentException e) {
        throw Usage.error("--lease: " + e.getMessage(), "write 30s, 10m or 2h");
      }
    }

    /** In a store that this command opens by itself, a transaction would end with the command. */
    private void requireServed(AifsClient client) throws IOException {
      boolean local = invocation().settings().store() instanceof StoreChoice.Local;
      if (local
          && client.jobs().list().stream().anyMatch(job -> job.state() == Jobs.State.STOPPED)) {
        throw new AifsException.Precondition(
            Reason.TRANSACTION_ENDED,
            "a transaction would end with this command: nobody serves the store",
            "start a server with 'aifs serve', then begin the transaction again");
      }
    }
  }

  /** {@code aifs tx commit}. */
  @Command(
      name = "commit",
      header = "Make everything staged visible at one instant.",
      customSynopsis = "aifs tx commit [OPTIONS] ID",
      description = {
        "If something cannot be done any more, nothing is: the failure says which step, and of a",
        "branch who moved it. The transaction stays open then. Repeating a commit is harmless."
      },
      footer = {"Examples:", "  aifs tx commit $tx"})
  static final class Commit extends AifsAction {
    @Parameters(paramLabel = "ID", description = "the transaction")
    private String id = "";

    Commit(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      TransactionId transaction = TransactionOption.parse(id);
      long version = invocation().client().transactions().join(transaction).commit();
      output().object(Fields.of("committed", transaction).with("version", version));
      invocation().say("committed: version " + version + " shows it");
      return ExitCode.OK;
    }
  }

  /** {@code aifs tx abort}. */
  @Command(
      name = "abort",
      header = "Drop everything staged.",
      customSynopsis = "aifs tx abort [OPTIONS] ID",
      description = "What was stored for it is collected later, as gc says.",
      footer = {"Examples:", "  aifs tx abort $tx"})
  static final class Abort extends AifsAction {
    @Parameters(paramLabel = "ID", description = "the transaction")
    private String id = "";

    Abort(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      TransactionId transaction = TransactionOption.parse(id);
      invocation().client().transactions().join(transaction).abort();
      output().object(Fields.of("aborted", transaction));
      invocation().say("aborted: nothing of it is left");
      return ExitCode.OK;
    }
  }

  /** {@code aifs tx list}. */
  @Command(
      name = "list",
      header = "List the transactions that your token began.",
      customSynopsis = "aifs tx list [OPTIONS]",
      description = "Id, state, when it ends or ended (UTC), steps. Ended ones for a day.",
      footer = {"Examples:", "  aifs tx list -o jsonl"})
  static final class ListAll extends AifsAction {
    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list(
          "transactions",
          invocation().client().transactions().list(),
          ListAll::line,
          TxCommand::fields);
      return ExitCode.OK;
    }

    private static String line(TransactionSummary summary) {
      return "%s  %-9s  %s  %s"
          .formatted(
              summary.id(),
              summary.state().name().toLowerCase(Locale.ROOT),
              SnapshotText.time(summary.endedAt().orElse(summary.expiresAt())),
              Sizes.count(summary.steps(), "step"));
    }
  }
}
