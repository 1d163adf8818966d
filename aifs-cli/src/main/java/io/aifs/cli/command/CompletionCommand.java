package io.aifs.cli.command;

import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code aifs completion}. */
@Command(
    name = "completion",
    header = "Print a script that completes commands and options.",
    customSynopsis = "aifs completion [bash|zsh]",
    footer = {
      "Examples:",
      "  source <(aifs completion bash)",
      "  aifs completion zsh > ~/.aifs-completion; echo 'source ~/.aifs-completion' >> ~/.zshrc"
    })
final class CompletionCommand extends AifsAction {
  @Parameters(paramLabel = "SHELL", arity = "0..1", description = "bash (the default) or zsh")
  private String shell = "bash";

  @Spec private @Nullable CommandSpec spec;

  CompletionCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw Usage.error("no completion for '" + shell + "'", "there is one for bash and zsh");
    }
    if (spec == null) {
      throw new IllegalStateException("not run by the command line parser");
    }
    // The script works in both: it switches on the emulation that zsh needs.
    String script = AutoComplete.bash("aifs", spec.root().commandLine());
    output().bytes().write(script.getBytes(StandardCharsets.UTF_8));
    return ExitCode.OK;
  }
}
