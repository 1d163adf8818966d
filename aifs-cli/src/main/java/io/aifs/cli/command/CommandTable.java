package io.aifs.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every command, in the order of the help. */
final class CommandTable {
  private static final String START = "START";
  private static final String DATA = "DATA";
  private static final String HISTORY = "HISTORY";
  private static final String TRUST = "TRUST";
  private static final String CARE = "CARE";

  static final List<CommandEntry> ALL =
      List.of(
          CommandEntry.of("quickstart", START, QuickstartCommand::new),
          CommandEntry.of("init", START, InitCommand::new),
          CommandEntry.of("serve", START, ServeCommand::new),
          CommandEntry.of("status", START, StatusCommand::new),
          CommandEntry.of("doctor", START, DoctorCommand::new),
          new CommandEntry(
              "config", START, _ -> new ConfigCommand(), Map.of("show", ConfigCommand.Show::new)),
          CommandEntry.of("version", START, VersionCommand::new),
          CommandEntry.of("completion", START, CompletionCommand::new),
          CommandEntry.of("help", START, HelpAction::new),
          CommandEntry.of("put", DATA, PutCommand::new),
          CommandEntry.of("get", DATA, GetCommand::new),
          CommandEntry.of("import", DATA, ImportCommand::new),
          CommandEntry.of("export", DATA, ExportCommand::new),
          CommandEntry.of("cat", DATA, CatCommand::new),
          CommandEntry.of("ls", DATA, LsCommand::new),
          CommandEntry.of("stat", DATA, StatCommand::new),
          CommandEntry.of("rm", DATA, RmCommand::new),
          CommandEntry.of("mv", DATA, MvCommand::new),
          CommandEntry.of("du", DATA, DuCommand::new),
          CommandEntry.of("search", DATA, SearchCommand::new),
          new CommandEntry(
              "index",
              DATA,
              _ -> new IndexCommand(),
              Map.of(
                  "list", IndexCommand.ListAll::new,
                  "stats", IndexCommand.Stats::new,
                  "create", IndexCommand.Create::new,
                  "add", IndexAddCommand::new,
                  "remove", IndexAddCommand.Remove::new,
                  "build", IndexCommand.Build::new,
                  "drop", IndexCommand.Drop::new)),
          new CommandEntry(
              "snapshot",
              HISTORY,
              _ -> new SnapshotCommand(),
              Map.of(
                  "create", SnapshotCommand.Create::new,
                  "list", SnapshotCommand.ListAll::new,
                  "show", SnapshotCommand.Show::new,
                  "verify", SnapshotCommand.Verify::new,
                  "prove", SnapshotCommand.Prove::new,
                  "prune", SnapshotCommand.Prune::new)),
          CommandEntry.of("checkout", HISTORY, CheckoutCommand::new),
          CommandEntry.of("log", HISTORY, LogCommand::new),
          CommandEntry.of("diff", HISTORY, DiffCommand::new),
          CommandEntry.of("changes", HISTORY, DiffCommand.Changes::new),
          CommandEntry.of("merge", HISTORY, MergeCommand::new),
          CommandEntry.of("revert", HISTORY, MergeCommand.Revert::new),
          new CommandEntry(
              "branch",
              HISTORY,
              _ -> new BranchCommand(),
              Map.of(
                  "create", BranchCommand.Create::new,
                  "list", BranchCommand.ListAll::new,
                  "move", BranchCommand.Move::new,
                  "delete", BranchCommand.Delete::new,
                  "protect", BranchCommand.Protect::new,
                  "history", BranchCommand.HistoryOf::new)),
          new CommandEntry(
              "tag",
              HISTORY,
              _ -> new TagCommand(),
              Map.of(
                  "create", TagCommand.Create::new,
                  "list", TagCommand.ListAll::new,
                  "delete", TagCommand.Delete::new)),
          CommandEntry.of("lock", HISTORY, LockCommand::new),
          CommandEntry.of("events", HISTORY, EventsCommand::new),
          CommandEntry.of("lineage", HISTORY, LineageCommand::new),
          CommandEntry.of("impact", HISTORY, ImpactCommand::new),
          CommandEntry.of("why", HISTORY, WhyCommand::new),
          new CommandEntry(
              "assoc",
              HISTORY,
              _ -> new AssocCommand(),
              Map.of(
                  "declare", AssocCommand.Declare::new,
                  "types", AssocCommand.Types::new,
                  "add", AssocAddCommand::new,
                  "get", AssocCommand.Get::new,
                  "count", AssocCommand.Count::new,
                  "range", AssocCommand.Range::new,
                  "rm", AssocCommand.Remove::new)),
          new CommandEntry(
              "tx",
              HISTORY,
              _ -> new TxCommand(),
              Map.of(
                  "begin", TxCommand.Begin::new,
                  "commit", TxCommand.Commit::new,
                  "abort", TxCommand.Abort::new,
                  "list", TxCommand.ListAll::new)),
          CommandEntry.of("verify", TRUST, VerifyCommand::new),
          CommandEntry.of("verify-proof", TRUST, VerifyProofCommand::new),
          new CommandEntry(
              "key",
              TRUST,
              _ -> new KeyCommand(),
              Map.of(
                  "export", KeyCommand.Export::new,
                  "import", KeyCommand.Import::new,
                  "list", SigningKeyCommands.ListAll::new,
                  "rotate", SigningKeyCommands.Rotate::new)),
          new CommandEntry(
              "trust",
              TRUST,
              _ -> new TrustCommand(),
              Map.of(
                  "list", TrustCommand.ListAll::new,
                  "accept", TrustCommand.Accept::new,
                  "forget", TrustCommand.Forget::new)),
          new CommandEntry(
              "token",
              TRUST,
              _ -> new TokenCommand(),
              Map.of(
                  "mint", TokenCommand.Mint::new,
                  "attenuate", TokenCommand.Attenuate::new,
                  "inspect", TokenCommand.Inspect::new,
                  "revoke", TokenCommand.Revoke::new,
                  "list", TokenCommand.ListAll::new,
                  "revoked", TokenCommand.Revoked::new)),
          new CommandEntry(
              "audit",
              TRUST,
              _ -> new AuditCommand(),
              Map.of(
                  "tail", AuditCommand.Tail::new,
                  "verify", AuditCommand.Verify::new,
                  "export", AuditCommand.Export::new,
                  "verify-file", AuditCommand.VerifyFile::new)),
          new CommandEntry(
              "quarantine",
              TRUST,
              _ -> new QuarantineCommand(),
              Map.of(
                  "list", QuarantineCommand.ListAll::new,
                  "approve", QuarantineCommand.Approve::new,
                  "reject", QuarantineCommand.Reject::new)),
          new CommandEntry("gc", CARE, GcCommand::new, Map.of("undo", GcCommand.Undo::new)),
          CommandEntry.of("fsck", CARE, FsckCommand::new),
          new CommandEntry(
              "job",
              CARE,
              _ -> new JobCommand(),
              Map.of(
                  "list", JobCommand.ListAll::new,
                  "run", JobCommand.Run::new,
                  "cancel", JobCommand.Cancel::new)),
          new CommandEntry(
              "namespace",
              CARE,
              _ -> new NamespaceCommand(),
              Map.of(
                  "create", NamespaceCommand.Create::new,
                  "list", NamespaceCommand.ListAll::new,
                  "show", NamespaceCommand.Show::new)),
          new CommandEntry(
              "policy",
              CARE,
              _ -> new PolicyCommand(),
              Map.of(
                  "show", PolicyCommand.Show::new,
                  "set", PolicyCommand.SetTo::new,
                  "check", PolicyCommand.Check::new,
                  "history", PolicyCommand.HistoryOf::new,
                  "revert", PolicyCommand.Revert::new,
                  "remove", PolicyCommand.Remove::new)));

  private static final Set<String> NEED_ALL = Set.of("help", "completion");

  /**
   * The commands that a command line can be about: if its first word is one, that one alone, which
   * saves time at each start.
   */
  static List<CommandEntry> candidates(String... args) {
    Optional<CommandEntry> first =
        args.length == 0
            ? Optional.empty()
            : ALL.stream()
                .filter(entry -> entry.name().equals(args[0]) && !NEED_ALL.contains(args[0]))
                .findFirst();
    return first.map(List::of).orElse(ALL);
  }

  private CommandTable() {}
}
