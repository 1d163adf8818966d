package io.aifs.cli.command;

import io.aifs.cli.config.StoreChoice;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.statcache.FileMemory;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.IgnoreRules;
import io.aifs.cli.transfer.LocalName;
import io.aifs.cli.transfer.Notices;
import io.aifs.cli.transfer.StoredFile;
import io.aifs.cli.transfer.TreeScan;
import io.aifs.cli.transfer.Upload;
import io.aifs.cli.transfer.UploadOptions;
import io.aifs.cli.transfer.UploadReport;
import io.aifs.client.AifsClient;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs put}. */
@Command(
    name = "put",
    header = "Put files and directories into the store.",
    customSynopsis = "aifs put [OPTIONS] SRC... ADDR",
    description = {
      "One directory: its contents appear below ADDR, with modes, times and symbolic links.",
      "Several sources, or an ADDR that is a directory or ends in /: each goes into it.",
      "SRC - is standard input. Files named in .aifsignore files (written as .gitignore) stay out.",
      "Prints the id of a single file. What cannot be read is named and skipped: exit code 3."
    },
    footer = {
      "Examples:",
      "  aifs put model.bin main:models/",
      "  aifs put data/ aifs://default/main/data --exclude '*.tmp' --exclude .cache/",
      "  pg_dump db | aifs put - main:dumps/db.sql --meta source=db"
    })
final class PutCommand extends AifsAction {
  @Parameters(
      paramLabel = "SRC... ADDR",
      arity = "2..*",
      hideParamSyntax = true,
      description = "what to put, and where")
  private List<String> arguments = new ArrayList<>();

  @Mixin private AssetOptions asset = new AssetOptions();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "leave out what matches, as a line of .gitignore would; may be repeated")
  private List<String> excludes = new ArrayList<>();

  @Option(
      names = "--dry-run",
      description = "only say what would be put, how much would move and about how long it takes")
  private boolean dryRun;

  @Option(names = "--no-cache", description = "read every file, also those that seem unchanged")
  private boolean noCache;

  @Mixin private TransactionOption transaction = new TransactionOption();

  PutCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    LocalName.requireUtf8(invocation().surroundings());
    List<String> sources = arguments.subList(0, arguments.size() - 1);
    Places places = invocation().places();
    Place.OfPath place = places.findPath(arguments.getLast());
    AifsClient client = transaction.on(places.clientFor(place));
    UploadOptions options = options(place, places);
    if (sources.contains("-")) {
      return new StandardInputPut(invocation(), client, options).run(sources, place);
    }
    List<Path> paths = sources.stream().map(invocation().surroundings()::path).toList();
    PutPlan plan = PutPlan.of(paths, place, client);
    try (PutMemory memory = PutMemory.open(invocation(), client)) {
      FileMemory files = noCache ? memory.files().withoutRecall() : memory.files();
      return put(plan, place, client, options.withMemory(files), memory);
    }
  }

  private UploadOptions options(Place.OfPath place, Places places) throws IOException {
    return new UploadOptions(
        place.branch(),
        asset.kind(),
        asset.metadata(),
        asset.parents(places),
        IgnoreRules.of(excludes),
        MemoryBound.jobs(invocation().settings().jobs()),
        dryRun,
        invocation().settings().store() instanceof StoreChoice.Local(Path data)
            ? Optional.of(data)
            : Optional.empty(),
        FileMemory.NONE);
  }

  private ExitCode put(
      PutPlan plan, Place.OfPath place, AifsClient client, UploadOptions options, PutMemory memory)
      throws IOException {
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation().progress(tally, true);
        TreeScan scan = new TreeScan(options, plan.sources(), tally);
        Rows rows = output().rows("files")) {
      if (progress.isShown()) {
        scan.start();
      }
      Notices notices = new Notices(progress::message);
      StoredFile.Listener listener = file -> print(rows, file, plan.isOneFile());
      try (Upload upload = new Upload(client, options, tally, notices, listener)) {
        for (PutPlan.Item item : plan.items()) {
          if (item.directory()) {
            upload.putDirectory(item.source(), item.target());
          } else {
            upload.putFile(item.source(), item.target());
          }
        }
        UploadReport report = upload.finish();
        progress.end();
        report(rows, report, place, progress.elapsed(), memory);
        return report.skipped() > 0 ? ExitCode.PARTIAL : ExitCode.OK;
      }
    }
  }

  private void report(
      Rows rows, UploadReport report, Place.OfPath place, Duration elapsed, PutMemory memory)
      throws IOException {
    if (dryRun) {
      DryRunSummary summary = DryRunSummary.of(report, place, elapsed, memory::timeFor);
      rows.summary("", summary.fields());
      invocation().say(summary.line());
    } else {
      memory.timed(report, elapsed);
      PutSummary summary = new PutSummary(report, place, elapsed);
      rows.summary("", summary.fields());
      invocation().say(summary.line() + transaction.suffix());
    }
  }

  private void print(Rows rows, StoredFile file, boolean oneFile) {
    String line =
        dryRun
            ? "%s  %10s  %s"
                .formatted(
                    file.newContent() ? "new  " : "known",
                    Sizes.bytes(file.size()),
                    Printable.of(file.path().value()))
            : oneFile ? file.id().hex() : "";
    try {
      rows.add(line, fields(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Fields fields(StoredFile file) {
    return Fields.of("path", file.path())
        .with("id", file.id())
        .with("size", file.size())
        .with("new", file.newContent());
  }
}
