package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.LocalName;
import io.aifs.cli.transfer.MadeFile;
import io.aifs.client.AifsClient;
import io.aifs.client.ReadTarget;
import io.aifs.client.bundle.ArtifactExport;
import io.aifs.client.bundle.StoredTensor;
import io.aifs.client.bundle.TensorExport;
import io.aifs.core.ExitCode;
import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs export}. */
@Command(
    name = "export",
    header = "Write what was imported as a file of other tools.",
    customSynopsis = "aifs export [OPTIONS] ADDR... FILE|DIR|-",
    description = {
      "A file comes out byte for byte. A tensor is written as .npy, .arrow or .safetensors, by the",
      "name of FILE or --format. A directory of tensors, or several, become one .safetensors. An",
      "artifact is written as it is to a .zip or -, else unpacked into DIR."
    },
    footer = {
      "Examples:",
      "  aifs export main:models/base.safetensors base.safetensors",
      "  aifs export main:models/base.safetensors.tensors/wte.weight wte.npy",
      "  aifs export main:arrays.npz.tensors/ arrays.safetensors",
      "  aifs export main:runs/run7 run7/"
    })
final class ExportCommand extends AifsAction {
  @Parameters(
      paramLabel = "ADDR... FILE|DIR|-",
      arity = "2..*",
      hideParamSyntax = true,
      description = "what to write, and where")
  private List<String> arguments = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "npy, arrow or safetensors (default: by the name of FILE)")
  private Optional<String> format = Optional.empty();

  @Option(names = "--force", description = "replace a file that is there")
  private boolean force;

  ExportCommand(Invocation invocation) {
    super(invocation);
  }

  /** What to write, and of what. */
  private record Source(AifsClient client, Place place, Gettable found) {}

  @Override
  ExitCode run() throws IOException {
    LocalName.requireUtf8(invocation().surroundings());
    Places places = invocation().places();
    List<Source> sources = new ArrayList<>();
    for (String address : arguments.subList(0, arguments.size() - 1)) {
      Place place = places.find(address);
      AifsClient client = places.clientFor(place);
      sources.add(new Source(client, place, Gettable.at(place, client)));
    }
    Optional<ExportFormat> chosen = ExportFormat.of(format, arguments.getLast());
    if (sources.size() == 1 && sources.getFirst().found() instanceof Gettable.OfFile file) {
      return one(sources.getFirst(), file, chosen);
    }
    if (chosen.isPresent() && chosen.get() != ExportFormat.SAFETENSORS) {
      throw Usage.error("only safetensors files hold several tensors", "name a .safetensors file");
    }
    return safetensors(sources);
  }

  private ExitCode one(Source source, Gettable.OfFile file, Optional<ExportFormat> chosen)
      throws IOException {
    AssetKind kind = kind(source.client(), file.target());
    String target = arguments.getLast();
    if (kind == AssetKind.ARTIFACT && !target.equals("-") && !target.endsWith(".zip")) {
      return unpack(source, file);
    }
    boolean asItIs =
        kind == AssetKind.TENSOR
            ? chosen.isEmpty() || chosen.get() == ExportFormat.ARROW
            : format.isEmpty();
    return asItIs
        ? write(file.size(), out -> file.copy(source.client(), out))
        : converted(source, chosen.orElseThrow());
  }

  private static AssetKind kind(AifsClient client, ReadTarget target) {
    return switch (target) {
      case ReadTarget.Found found -> client.assets().stat(found).info().kind();
      case ReadTarget.ById(Digest id) -> client.assets().stat(id).info().kind();
      case ReadTarget.ByPath path -> throw new IllegalStateException("not looked up: " + path);
    };
  }

  private ExitCode converted(Source source, ExportFormat chosen) throws IOException {
    if (chosen == ExportFormat.SAFETENSORS) {
      return safetensors(List.of(source));
    }
    TensorSources tensors = new TensorSources();
    tensors.add(source.client(), source.found());
    if (tensors.all().size() != 1) {
      throw Usage.error(
          "the file has " + Sizes.count(tensors.all().size(), "tensor"),
          "'aifs get --tensor' gives one of them");
    }
    StoredTensor tensor = tensors.all().getFirst();
    TensorExport export = new TensorExport(source.client());
    return write(
        tensor.type().bytes(),
        chosen == ExportFormat.NPY
            ? out -> export.npy(tensor, out)
            : out -> export.arrow(tensor, out));
  }

  private ExitCode safetensors(List<Source> sources) throws IOException {
    TensorSources tensors = new TensorSources();
    for (Source source : sources) {
      tensors.add(source.client(), source.found());
    }
    long bytes = tensors.all().stream().mapToLong(tensor -> tensor.type().bytes()).sum();
    TensorExport export = new TensorExport(sources.getFirst().client());
    return write(bytes, out -> export.safetensors(tensors.all(), Map.of(), out));
  }

  private ExitCode unpack(Source source, Gettable.OfFile file) throws IOException {
    Path directory = invocation().surroundings().path(arguments.getLast());
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation().progress(tally, false)) {
      new ArtifactExport(source.client()).unpack(file.target(), file.size(), directory);
      progress.end();
      report(directory, file.size(), progress);
    }
    return ExitCode.OK;
  }

  private ExitCode write(long bytes, MadeFile.Maker maker) throws IOException {
    if (arguments.getLast().equals("-")) {
      maker.write(output().bytes());
      return ExitCode.OK;
    }
    Path path = invocation().surroundings().path(arguments.getLast());
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation().progress(tally, false)) {
      tally.setTotal(new Tally.Total(1, bytes));
      new MadeFile(path, force, tally)
          .write(maker, invocation().temporaries(), invocation().surroundings().clock());
      progress.end();
      report(path, tally.view().bytes(), progress);
    }
    return ExitCode.OK;
  }

  private void report(Path target, long bytes, ProgressDisplay progress) throws IOException {
    output()
        .object(
            Fields.of("target", target)
                .with("bytes", bytes)
                .with("millis", progress.elapsed().toMillis()));
    invocation()
        .say(
            "exported %s to %s in %s"
                .formatted(
                    Sizes.bytes(bytes),
                    Printable.of(target.toString()),
                    Sizes.duration(progress.elapsed())));
  }
}
