package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.OutputMode;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.LineFile;
import io.aifs.cli.transfer.PrivateFile;
import io.aifs.client.Audit;
import io.aifs.client.AuditRecords;
import io.aifs.core.ExitCode;
import io.aifs.core.audit.AuditChain;
import io.aifs.core.audit.AuditHead;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs audit}: the group; its members do the work. */
@Command(
    name = "audit",
    header = "See who did what, and whether the log of it is whole.",
    customSynopsis = "aifs audit tail|verify|export|verify-file [OPTIONS]",
    description = {
      "Each record holds the digest of the one before, so that none can be changed or taken out",
      "without a trace. Whoever can write the whole log can make another: note heads elsewhere."
    },
    footer = {
      "Examples:",
      "  aifs audit tail --follow",
      "  aifs audit export /media/usb/audit.jsonl",
      "  aifs audit verify --head-file /media/usb/audit.jsonl.head"
    })
final class AuditCommand {
  /** {@code aifs audit tail}. */
  @Command(
      name = "tail",
      header = "Show the newest records.",
      customSynopsis = "aifs audit tail [OPTIONS]",
      description = {
        "Number, time (UTC), outcome, call, namespace, token, what. With -o jsonl the lines as they",
        "are in the log."
      },
      footer = {"Examples:", "  aifs audit tail -n 100", "  aifs audit tail --follow -o jsonl"})
  static final class Tail extends AifsAction {
    @Option(
        names = {"-n", "--max-count"},
        paramLabel = "N",
        description = "begin so many before the newest (default: 20)")
    private long count = 20;

    @Option(
        names = {"-f", "--follow"},
        description = "go on with what happens later")
    private boolean follow;

    Tail(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      if (count < 1) {
        throw Usage.error("-n is below 1: " + count, "give how many you want to see");
      }
      if (follow && output().mode() == OutputMode.JSON) {
        throw Usage.error(
            "-o json is one document, which does not end while records are followed",
            "use -o jsonl");
      }
      try (Rows rows = output().rows("records");
          AuditRecords records =
              invocation().client().audit().read(new Audit.Start.Last(count), follow)) {
        while (records.hasNext()) {
          AuditPrinter.print(output(), rows, records.next());
          if (follow) {
            output().flush();
          }
        }
      }
      return ExitCode.OK;
    }
  }

  /** {@code aifs audit verify}. */
  @Command(
      name = "verify",
      header = "Have the store check its whole log.",
      customSynopsis = "aifs audit verify [OPTIONS]",
      description = {
        "From the first record to the newest, against the head in the catalog, and against heads",
        "that you noted. Names each record that was changed, removed or moved; exit code 7 then."
      },
      footer = {
        "Examples:",
        "  aifs audit verify",
        "  aifs audit verify --head-file audit.jsonl.head"
      })
  static final class Verify extends AifsAction {
    @Mixin private NotedHeads noted = new NotedHeads();

    Verify(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      List<AuditHead> heads = noted.all(invocation());
      try (Rows rows = output().rows("problems")) {
        AuditPrinter.Problems problems = new AuditPrinter.Problems(rows);
        try (ProgressDisplay progress = invocation().progress(problems)) {
          Audit.Checked checked = invocation().client().audit().verify(heads, problems);
          progress.end();
          return problems.finish(checked.records(), Optional.of(checked.head()));
        }
      }
    }
  }

  /** {@code aifs audit export}. */
  @Command(
      name = "export",
      header = "Copy the log to a file, and its head to another.",
      customSynopsis = "aifs audit export [OPTIONS] FILE",
      description = {
        "FILE gets the lines as they are in the log, FILE.head the newest record's number and",
        "digest; both are new, with mode 0600. Keep FILE.head where the store's operator cannot",
        "write. What is exported is checked: exit code 7 if the chain is broken."
      },
      footer = {
        "Examples:",
        "  aifs audit export audit.jsonl",
        "  aifs audit export later.jsonl --from 120001 --head-file audit.jsonl.head"
      })
  static final class Export extends AifsAction {
    @Parameters(paramLabel = "FILE", description = "a new file")
    private String file = "";

    @Option(
        names = "--from",
        paramLabel = "N",
        description = "begin with this record (default: the first)")
    private long from = 1;

    @Mixin private NotedHeads noted = new NotedHeads();

    Export(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      if (from < 1) {
        throw Usage.error("--from is below 1: " + from, "records are counted from 1");
      }
      Path target = invocation().surroundings().path(file);
      requireFree(target);
      requireFree(headOf(target));
      List<String> problems = new ArrayList<>();
      AuditChain chain = new AuditChain(noted.all(invocation()), problems::add);
      try (AuditRecords records =
          invocation().client().audit().read(new Audit.Start.At(from), false)) {
        PrivateFile.create(target, out -> write(records, chain, out), invocation().temporaries());
        chain.end();
        AuditHead head = chain.head().or(records::head).orElse(AuditHead.BEFORE_FIRST);
        PrivateFile.create(headOf(target), NotedHeads.text(head), invocation().temporaries());
        output()
            .object(
                Fields.of("file", target)
                    .with("records", chain.lines())
                    .with("head", head)
                    .with("problems", problems));
        invocation()
            .say(
                "wrote %s; the newest is %s".formatted(Sizes.count(chain.lines(), "record"), head));
      }
      problems.forEach(problem -> invocation().surroundings().err().println(shown(problem)));
      return problems.isEmpty() ? ExitCode.OK : ExitCode.INTEGRITY;
    }

    private static String shown(String problem) {
      return "aifs: " + Printable.of(problem);
    }

    private void write(AuditRecords records, AuditChain chain, OutputStream out)
        throws IOException {
      if (!records.hasNext() && from > 1) {
        throw Usage.error(
            "there is no record from " + from + " on", "'aifs audit tail' shows which there are");
      }
      while (records.hasNext()) {
        String record = records.next();
        chain.add(record);
        out.write((record + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }

    private static void requireFree(Path target) throws IOException {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
    }
  }

  private static Path headOf(Path file) {
    return file.resolveSibling(file.getFileName() + ".head");
  }

  /** {@code aifs audit verify-file}. */
  @Command(
      name = "verify-file",
      header = "Check a copy of the log, without any store.",
      customSynopsis = "aifs audit verify-file [OPTIONS] FILE",
      description = {
        "FILE is what 'aifs audit export' wrote, or a file of the store's directory 'audit'. Without",
        "--head or --head-file, FILE.head is the head if it is there; who could change FILE could",
        "change that too. Names each record that was changed, removed or moved; exit code 7 then."
      },
      footer = {
        "Examples:",
        "  aifs audit verify-file audit.jsonl",
        "  aifs audit verify-file audit.jsonl --head-file /media/usb/audit.jsonl.head"
      })
  static final class VerifyFile extends AifsAction {
    @Parameters(paramLabel = "FILE", description = "the copy")
    private String file = "";

    @Mixin private NotedHeads noted = new NotedHeads();

    VerifyFile(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Path source = invocation().surroundings().path(file);
      try (LineFile lines = LineFile.open(source);
          Rows rows = output().rows("problems")) {
        AuditPrinter.Problems problems = new AuditPrinter.Problems(rows);
        AuditChain chain = new AuditChain(heads(source), problems::problem);
        for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
          chain.add(line.get());
        }
        chain.end();
        return problems.finish(chain.lines(), chain.head());
      }
    }

    private List<AuditHead> heads(Path source) throws IOException {
      if (noted.areGiven() || !Files.exists(headOf(source))) {
        return noted.all(invocation());
      }
      invocation().say("checking against " + Printable.of(headOf(source).toString()));
      return List.of(NotedHeads.read(headOf(source)));
    }
  }
}
