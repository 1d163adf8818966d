package io.aifs.cli.command;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * A command of the first level.
 *
 * @param heading what it stands under in the help
 * @param maker makes it for one run
 * @param members makers of the commands below it
 */
record CommandEntry(
    String name,
    String heading,
    Function<Invocation, Object> maker,
    Map<String, Function<Invocation, Object>> members) {

  static CommandEntry of(String name, String heading, Function<Invocation, Object> maker) {
    return new CommandEntry(name, heading, maker, Map.of());
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
}
