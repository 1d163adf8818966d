package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.core.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code aifs version}. */
@Command(
    name = "version",
    header = "Say which version this is.",
    customSynopsis = "aifs version [OPTIONS]",
    footer = {"Examples:", "  aifs version -o json"})
final class VersionCommand extends AifsAction {
  VersionCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    String version = ProductVersion.read();
    String java = System.getProperty("java.runtime.version", "unknown");
    output().line("aifs " + version + " (Java " + java + ")");
    output().object(Fields.of("version", version).with("java", java));
    return ExitCode.OK;
  }
}
