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
          CommandEntry.of("cat", DATA, CatCommand::new),
          CommandEntry.of("ls", DATA, LsCommand::new),
          CommandEntry.of("stat", DATA, StatCommand::new),
          CommandEntry.of("rm", DATA, RmCommand::new),
          CommandEntry.of("mv", DATA, MvCommand::new),
          CommandEntry.of("du", DATA, DuCommand::new),
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
                  "show", NamespaceCommand.Show::new)));

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
