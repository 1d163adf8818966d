package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.ByteRange;
import io.aifs.cli.transfer.DirectoryDownload;
import io.aifs.cli.transfer.DownloadOptions;
import io.aifs.cli.transfer.DownloadReport;
import io.aifs.cli.transfer.FileDownload;
import io.aifs.cli.transfer.LocalName;
import io.aifs.cli.transfer.Notices;
import io.aifs.cli.transfer.ProofFile;
import io.aifs.client.AifsClient;
import io.aifs.client.ProofDemand;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.crypto.RangeProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs get}. */
@Command(
    name = "get",
    header = "Get a file or a directory out of the store.",
    customSynopsis = "aifs get [OPTIONS] ADDR DST|-",
    description = {
      "A file goes to DST, or into it if it is a directory or ends in /; - is standard output.",
      "A directory becomes DST: same files, modes, times and symbolic links. What is in DST and",
      "not in the store stays. Files appear complete or not at all.",
      "A file that is there and differs is only replaced with --force.",
      "With --tensor or --slice a tensor or a part of it comes as an .npy or Arrow file."
    },
    footer = {
      "Examples:",
      "  aifs get main:data ./data",
      "  aifs get main:models/model.bin - --range 0-1023",
      "  aifs get main:models/model.bin part --range 0-1023 --proof part.proof",
      "  aifs get 3c5f0a91 copy.bin",
      "  aifs get main:base.safetensors top.npy --tensor wte.weight --slice 0:10"
    })
final class GetCommand extends AifsAction {
  @Parameters(index = "0", paramLabel = "ADDR", description = "what to get")
  private String address = "";

  @Parameters(index = "1", paramLabel = "DST|-", description = "where to put it")
  private String target = "";

  @Option(
      names = "--range",
      paramLabel = "A-B",
      description = "only bytes A to B (from 0, both included); A- to the end, -N the last N")
  private Optional<String> range = Optional.empty();

  @Option(
      names = "--proof",
      paramLabel = "FILE",
      description = "write there what 'aifs verify-proof' checks the bytes by")
  private Optional<String> proof = Optional.empty();

  @Option(
      names = "--verified",
      description = "fail if the server does not prove the range; --proof implies it")
  private boolean verified;

  @Option(names = "--force", description = "replace files that differ")
  private boolean force;

  @Option(
      names = "--keep-setid",
      description = "give files their set-user-id and set-group-id bits back")
  private boolean keepSetid;

  @Mixin private TensorGet tensor = new TensorGet();

  GetCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    LocalName.requireUtf8(invocation().surroundings());
    Optional<ByteRange> bytes =
        (proof.isPresent() ? range.or(() -> Optional.of("0-")) : range).map(GetCommand::parse);
    Places places = invocation().places();
    Place place = places.find(address);
    AifsClient client = places.clientFor(place);
    Gettable readable = Gettable.at(place, client);
    return switch (readable) {
      case Gettable.OfFile file -> getFile(file, bytes, client);
      case Gettable.OfDirectory(Place.OfPath directory) -> {
        if (target.equals("-") || bytes.isPresent() || tensor.isWanted()) {
          throw Usage.error(
              directory + " is a directory",
              "name a file in it, or a directory of this machine to write to");
        }
        yield getDirectory(directory, client);
      }
    };
  }

  static ByteRange parse(String text) {
    try {
      return ByteRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error("--range: " + e.getMessage(), "write 0-99, 100- or -100");
    }
  }

  private ExitCode getFile(Gettable.OfFile file, Optional<ByteRange> bytes, AifsClient client)
      throws IOException {
    if (tensor.isWanted()) {
      if (bytes.isPresent() || verified) {
        throw Usage.error(
            "--tensor and --slice give no bytes of the file as it is",
            "leave out --range, --proof and --verified");
      }
      TensorGet.To to = new TensorGet.To(target, path(file.name()), force);
      return tensor.get(invocation(), client, file.target(), to);
    }
    if (bytes.isPresent()) {
      return getRange(file, bytes.get(), client);
    }
    if (target.equals("-")) {
      file.copy(client, output().bytes());
      return ExitCode.OK;
    }
    Tally tally = new Tally();
    Path path = path(file.name());
    try (ProgressDisplay progress = invocation().progress(tally, false)) {
      tally.setTotal(new Tally.Total(1, file.size()));
      FileDownload download =
          new FileDownload(client, options(), invocation().temporaries(), tally);
      boolean written =
          download.get(file.target(), file.id(), file.size(), file.attributes(), path);
      progress.end();
      noteSetid(download);
      report(new DownloadReport(1, written ? 0 : 1, 0, 0, tally.view().bytes(), 0), path, progress);
    }
    return ExitCode.OK;
  }

  private ExitCode getRange(Gettable.OfFile file, ByteRange bytes, AifsClient client)
      throws IOException {
    boolean toFile = !target.equals("-");
    Optional<Path> proofPath = proof.map(invocation().surroundings()::path);
    if (toFile && proofPath.equals(Optional.of(path(file.name())))) {
      throw Usage.error("--proof and DST are one file", "name two");
    }
    Optional<ProofFile> proofFile = proofPath.map(path -> new ProofFile(path, force));
    proofFile.ifPresent(ProofFile::requireFree);
    ProofDemand demand =
        verified || proof.isPresent() ? ProofDemand.REQUIRED : ProofDemand.IF_OFFERED;
    Optional<RangeProof> proven =
        toFile
            ? getRange(file, file.slice(bytes), demand, client)
            : file.copy(client, bytes, demand, output().bytes());
    noteUnproven(proven, invocation());
    if (proofFile.isPresent()) {
      proofFile.get().write(proven.orElseThrow(), invocation().temporaries());
    }
    return ExitCode.OK;
  }

  private Optional<RangeProof> getRange(
      Gettable.OfFile file, ByteRange.Slice slice, ProofDemand demand, AifsClient client)
      throws IOException {
    Tally tally = new Tally();
    Path path = path(file.name());
    try (ProgressDisplay progress = invocation().progress(tally, false)) {
      tally.setTotal(new Tally.Total(1, slice.length()));
      FileDownload download =
          new FileDownload(client, options(), invocation().temporaries(), tally);
      Optional<RangeProof> proven =
          download.getRange(file.target(), slice, demand, file.attributes(), path);
      progress.end();
      report(new DownloadReport(1, 0, 0, 0, tally.view().bytes(), 0), path, progress);
      return proven;
    }
  }

  static void noteUnproven(Optional<RangeProof> proven, Invocation invocation) {
    if (proven.isEmpty()) {
      invocation.say(
          "this server does not prove ranges: the bytes were not verified here ('get --verified' "
              + "insists)");
    }
  }

  private Path path(String name) {
    Path path = invocation().surroundings().path(target);
    return Files.isDirectory(path) || target.endsWith("/") ? path.resolve(name) : path;
  }

  private DownloadOptions options() throws IOException {
    return new DownloadOptions(force, keepSetid, MemoryBound.jobs(invocation().settings().jobs()));
  }

  private ExitCode getDirectory(Place.OfPath directory, AifsClient client) throws IOException {
    Tally tally = new Tally();
    Path path = invocation().surroundings().path(target);
    try (ProgressDisplay progress = invocation().progress(tally, false)) {
      if (progress.isShown()) {
        total(directory, client).ifPresent(tally::setTotal);
      }
      FileDownload files = new FileDownload(client, options(), invocation().temporaries(), tally);
      DownloadReport report =
          new DirectoryDownload(directory, path, files, options(), new Notices(progress::message))
              .run(new Entries(client, directory));
      progress.end();
      noteSetid(files);
      report(report, path, progress);
      return report.skipped() > 0 ? ExitCode.PARTIAL : ExitCode.OK;
    }
  }

  private void noteSetid(FileDownload files) {
    if (files.setidDropped() > 0) {
      invocation()
          .say(
              Sizes.count(files.setidDropped(), "file")
                  + " without set-user-id or set-group-id bits; --keep-setid gives them back");
    }
  }

  /** How much there is to get, if the token lets its holder count that. */
  private static Optional<Tally.Total> total(Place.OfPath directory, AifsClient client) {
    try {
      var usage = client.tree().usage(directory.ref(), directory.path());
      return Optional.of(new Tally.Total(usage.files(), usage.contentBytes()));
    } catch (AifsException.Denied _) {
      return Optional.empty();
    }
  }

  private void report(DownloadReport report, Path path, ProgressDisplay progress)
      throws IOException {
    output()
        .object(
            Fields.of("target", path)
                .with("file_count", report.files())
                .with("unchanged", report.unchanged())
                .with("directory_count", report.directories())
                .with("symlink_count", report.symlinks())
                .with("bytes", report.bytes())
                .with("skipped", report.skipped())
                .with("millis", progress.elapsed().toMillis()));
    String unchanged =
        report.unchanged() == 0 ? "" : ", " + Sizes.count(report.unchanged()) + " already there";
    String skipped = report.skipped() == 0 ? "" : "; SKIPPED " + Sizes.count(report.skipped());
    invocation()
        .say(
            "got %s (%s)%s to %s in %s%s"
                .formatted(
                    Sizes.count(report.files(), "file"),
                    Sizes.bytes(report.bytes()),
                    unchanged,
                    Printable.of(path.toString()),
                    Sizes.duration(progress.elapsed()),
                    skipped));
  }
}
