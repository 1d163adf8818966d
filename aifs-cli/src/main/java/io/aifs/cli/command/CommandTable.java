package io.aifs.cli.command;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;

/** Every command: its name, the heading it stands under, and how to make it. */
enum CommandTable {
  QUICKSTART("START", QuickstartCommand::new),
  INIT("START", InitCommand::new),
  SERVE("START", ServeCommand::new),
  STATUS("START", StatusCommand::new),
  DOCTOR("START", DoctorCommand::new),
  CONFIG("START", _ -> new ConfigCommand(), Map.of("show", ConfigCommand.Show::new)),
  VERSION("START", VersionCommand::new),
  COMPLETION("START", CompletionCommand::new),
  HELP("START", _ -> new CommandLine.HelpCommand()),
  PUT("DATA", PutCommand::new),
  GET("DATA", GetCommand::new),
  CAT("DATA", CatCommand::new),
  LS("DATA", LsCommand::new),
  STAT("DATA", StatCommand::new),
  RM("DATA", RmCommand::new),
  MV("DATA", MvCommand::new),
  DU("DATA", DuCommand::new),
  VERIFY("TRUST", VerifyCommand::new),
  KEY("TRUST", _ -> new KeyCommand(), Map.of("export", KeyCommand.Export::new)),
  FSCK("CARE", FsckCommand::new),
  NAMESPACE(
      "CARE",
      _ -> new NamespaceCommand(),
      Map.of(
          "create", NamespaceCommand.Create::new,
          "list", NamespaceCommand.ListAll::new,
          "show", NamespaceCommand.Show::new));

  private final String heading;
  private final Function<Invocation, Object> maker;
  private final Map<String, Function<Invocation, Object>> members;

  CommandTable(String heading, Function<Invocation, Object> maker) {
    this(heading, maker, Map.of());
  }

  CommandTable(
      String heading,
      Function<Invocation, Object> maker,
      Map<String, Function<Invocation, Object>> members) {
    this.heading = heading;
    this.maker = maker;
    this.members = members;
  }

  String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  String heading() {
    return heading;
  }

  /** The command with its members below it. */
  CommandLine make(Invocation invocation) {
    CommandLine line = new CommandLine(maker.apply(invocation));
    members.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            member ->
                line.addSubcommand(
                    member.getKey(), new CommandLine(member.getValue().apply(invocation))));
    return line;
  }

  static List<CommandTable> all() {
    return List.of(values());
  }

  /**
   * The command that a command line is about, if its first word is one. Only that one needs to be
   * made, which saves time at each start; help and completion need all.
   */
  static Optional<CommandTable> first(String... args) {
    return args.length == 0
        ? Optional.empty()
        : Arrays.stream(values())
            .filter(command -> command.label().equals(args[0]))
            .filter(command -> command != HELP && command != COMPLETION)
            .findFirst();
  }
}
