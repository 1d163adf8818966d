package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.store.InitReport;
import io.aifs.cli.store.LocalStore;
import io.aifs.core.ExitCode;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aifs init}. */
@Command(
    name = "init",
    header = "Create a store in a data directory.",
    customSynopsis = "aifs init [OPTIONS] [--dry-run]",
    description = {
      "Also generates the root key, outside the data directory, and the first admin token.",
      "Running it again changes nothing. Without the root key the data is lost: keep a copy",
      "elsewhere with 'aifs key export'."
    },
    footer = {
      "Examples:",
      "  aifs init",
      "  aifs init --data /srv/aifs --root-key file:/etc/aifs/keys/root.key",
      "  aifs init --root-key passphrase"
    })
final class InitCommand extends AifsAction {
  @Option(names = "--dry-run", description = "only say what would be done")
  private boolean dryRun;

  InitCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    LocalStore store = invocation().access().requireLocal(true);
    InitReport report = invocation().stores().init(store, dryRun);
    for (String line : report.log()) {
      output().line(line);
    }
    if (report.created() && report.rootKeyFile().isPresent()) {
      output().line("Keep a copy of the root key elsewhere: aifs key export FILE");
    }
    output()
        .object(
            Fields.of("store_id", report.storeId())
                .with("created", report.created())
                .with("dry_run", dryRun)
                .with("data_directory", store.dataDirectory())
                .with("root_key_file", report.rootKeyFile())
                .with("admin_token_file", report.adminTokenFile())
                .with("log", report.log()));
    return ExitCode.OK;
  }
}
