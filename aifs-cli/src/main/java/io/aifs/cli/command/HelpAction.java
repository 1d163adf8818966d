package io.aifs.cli.command;

import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aifs help}. */
@Command(
    name = "help",
    header = "Show how a command is used.",
    customSynopsis = "aifs help [COMMAND...]",
    footer = {"Examples:", "  aifs help put", "  aifs help namespace create"})
final class HelpAction extends AifsAction {
  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      hideParamSyntax = true,
      description = "a command, or a group and its member")
  private List<String> names = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  HelpAction(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    if (spec == null) {
      throw new IllegalStateException("not run by the command line parser");
    }
    CommandLine command = spec.root().commandLine();
    for (String name : names) {
      command = command.getSubcommands().get(name);
      if (command == null) {
        throw Usage.error("there is no command '" + name + "'", "'aifs help' lists them");
      }
    }
    command.usage(spec.root().commandLine().getOut());
    return ExitCode.OK;
  }
}
