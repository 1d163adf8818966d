package io.aifs.cli.command;

import io.aifs.cli.doctor.Doctor;
import io.aifs.cli.doctor.Finding;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.terminal.Printable;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code aifs doctor}. */
@Command(
    name = "doctor",
    header = "Check this machine and the store, and say what to do.",
    customSynopsis = "aifs doctor [OPTIONS]",
    description = "Changes nothing. Exit code 1 if something does not work.",
    footer = {"Examples:", "  aifs doctor", "  aifs doctor --server localhost:50051"})
final class DoctorCommand extends AifsAction {
  DoctorCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    List<Finding> findings =
        new Doctor(invocation().surroundings(), invocation().settings(), invocation().stores())
            .examine(invocation()::client, () -> invocation().access().requireLocal(false));
    boolean bad = false;
    try (Rows rows = output().rows("checks")) {
      for (Finding finding : findings) {
        bad |= finding.verdict() == Finding.Verdict.BAD;
        rows.add(line(finding), fields(finding));
      }
      rows.summary(
          bad ? "something does not work: see above" : "all is well", Fields.of("healthy", !bad));
    }
    return bad ? ExitCode.FAILED : ExitCode.OK;
  }

  private static String line(Finding finding) {
    String mark =
        switch (finding.verdict()) {
          case OK -> "ok  ";
          case NOTE -> "note";
          case BAD -> "BAD ";
        };
    String line = "%s  %-15s %s".formatted(mark, finding.check(), Printable.of(finding.message()));
    return finding.hint().isEmpty() ? line : line + "\n      -> " + Printable.of(finding.hint());
  }

  private static Fields fields(Finding finding) {
    return Fields.of("check", finding.check())
        .with("verdict", finding.verdict().name().toLowerCase(Locale.ROOT))
        .with("message", finding.message())
        .with("hint", finding.hint());
  }
}
