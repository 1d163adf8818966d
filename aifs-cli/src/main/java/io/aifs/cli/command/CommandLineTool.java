package io.aifs.cli.command;

import io.aifs.cli.output.BrokenPipeException;
import io.aifs.cli.output.ErrorPrinter;
import io.aifs.cli.output.Failure;
import io.aifs.cli.output.OutputMode;
import io.aifs.cli.store.Stores;
import io.aifs.cli.terminal.Endings;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.cli.transfer.TemporaryFiles;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs one command line, from its arguments to its exit code. */
public final class CommandLineTool {
  private final Surroundings surroundings;
  private final Stores stores;
  private final TemporaryFiles temporaries;
  private final Endings endings;

  public CommandLineTool(
      Surroundings surroundings, Stores stores, TemporaryFiles temporaries, Endings endings) {
    this.surroundings = surroundings;
    this.stores = stores;
    this.temporaries = temporaries;
    this.endings = endings;
  }

  /** Runs the command and returns its exit code. Every failure is printed here. */
  public int run(String... args) {
    FailureReport report = new FailureReport(surroundings, OutputGuess.of(args, surroundings));
    try (Invocation invocation = new Invocation(surroundings, stores, temporaries, endings)) {
      CommandLine line = commandLine(invocation, args);
      line.setParameterExceptionHandler((e, _) -> report.usage(e));
      line.setExecutionExceptionHandler(
          (e, _, _) -> {
            flushQuietly(invocation);
            return report.failure(e, invocation.options().verbose());
          });
      int exit = line.execute(args);
      line.getOut().flush();
      return exit;
    } catch (RuntimeException | Error e) {
      return report.failure(e, List.of(args).contains("-v"));
    }
  }

  /** What was printed before a failure counts; that it cannot be printed is the lesser failure. */
  private static void flushQuietly(Invocation invocation) {
    try {
      invocation.flush();
    } catch (IOException _) {
      // The failure that is about to be told came first.
    }
  }

  private CommandLine commandLine(Invocation invocation, String... args) {
    CommandLine root = new CommandLine(new AifsCommand());
    root.getCommandSpec()
        .addMixin("global", CommandLine.Model.CommandSpec.forAnnotatedObject(invocation.options()));
    CommandTable.candidates(args)
        .forEach(entry -> root.addSubcommand(entry.name(), entry.make(invocation)));
    HelpLayout.applyToRoot(root);
    boolean colours =
        surroundings.properties().outIsTerminal() && surroundings.variable("NO_COLOR").isEmpty();
    root.setColorScheme(Help.defaultColorScheme(colours ? Help.Ansi.ON : Help.Ansi.OFF));
    root.setOut(
        new PrintWriter(new OutputStreamWriter(surroundings.out(), StandardCharsets.UTF_8)));
    root.setErr(
        new PrintWriter(new OutputStreamWriter(surroundings.err(), StandardCharsets.UTF_8), true));
    root.setExpandAtFiles(false);
    root.setAllowOptionsAsOptionParameters(false);
    return root;
  }

  /** Prints failures, once each. */
  private record FailureReport(Surroundings surroundings, OutputMode mode) {
    int usage(ParameterException e) {
      CommandLine command = e.getCommandLine();
      String name = command.getCommandSpec().qualifiedName();
      String message = String.valueOf(e.getMessage());
      if (command.getParent() == null && message.startsWith("Missing required subcommand")) {
        command.usage(surroundings.err());
        return ExitCode.USAGE.code();
      }
      String hint = "'" + name + " --help' shows how it is used";
      if (e instanceof UnmatchedArgumentException unmatched
          && !unmatched.getSuggestions().isEmpty()) {
        hint = "did you mean: " + String.join(", ", unmatched.getSuggestions()) + "? " + hint;
      }
      Failure failure = Failure.usage(message, hint);
      new ErrorPrinter(surroundings.err(), mode).print(failure, null);
      return failure.exit().code();
    }

    int failure(Throwable e, boolean trace) {
      if (isBrokenPipe(e)) {
        return ExitCode.FAILED.code();
      }
      Failure failure = Failure.of(e);
      new ErrorPrinter(surroundings.err(), mode).print(failure, trace ? e : null);
      return failure.exit().code();
    }

    private static boolean isBrokenPipe(Throwable thrown) {
      for (Throwable t = thrown; t != null; t = t.getCause()) {
        if (t instanceof BrokenPipeException) {
          return true;
        }
      }
      return false;
    }
  }
}
