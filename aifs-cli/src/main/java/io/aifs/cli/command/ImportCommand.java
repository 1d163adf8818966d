package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Entries;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.LocalName;
import io.aifs.client.AifsClient;
import io.aifs.client.bundle.BundleImport;
import io.aifs.client.bundle.ImportListener;
import io.aifs.client.bundle.ImportOptions;
import io.aifs.client.bundle.ImportReport;
import io.aifs.client.bundle.ParentVersion;
import io.aifs.core.ExitCode;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs import}. */
@Command(
    name = "import",
    header = "Put files whose tensors, vectors or parts the store shall know.",
    customSynopsis = "aifs import [OPTIONS] FILE|DIR ADDR",
    description = {
      "safetensors: the file at ADDR, byte for byte, and each tensor in ADDR.tensors/.",
      "npy: a tensor at ADDR; npz: each array in ADDR.tensors/. Arrow files of one tensor, Embed",
      "payloads and artifacts (.zip) are checked and put as what they are. A directory becomes an",
      "artifact. All appears at one instant, and what is there already costs nothing."
    },
    footer = {
      "Examples:",
      "  aifs import base.safetensors main:models/",
      "  aifs import tuned.safetensors main:models/ --parent main:models/base.safetensors",
      "  aifs import run7/ main:runs/run7"
    })
final class ImportCommand extends AifsAction {
  @Parameters(index = "0", paramLabel = "FILE|DIR", description = "what to import")
  private String source = "";

  @Parameters(index = "1", paramLabel = "ADDR", description = "the path that it gets")
  private String address = "";

  @Option(
      names = "--parent",
      paramLabel = "ADDR",
      description = "the version that this one was made from: only differences are stored")
  private Optional<String> parent = Optional.empty();

  @Option(
      names = "--meta",
      paramLabel = "KEY=VALUE",
      description = "metadata of the asset at ADDR; may be repeated")
  private Map<String, String> metadata = new LinkedHashMap<>();

  ImportCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    LocalName.requireUtf8(invocation().surroundings());
    Path path = invocation().surroundings().path(source);
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    Places places = invocation().places();
    Place.OfPath place = places.findPath(address);
    AifsClient client = places.clientFor(place);
    TreePath target = target(path, place, client);
    ImportOptions options =
        new ImportOptions(
            place.branch(), target, metadata, parent.map(given -> parent(places, place, given)));
    Tally tally = new Tally();
    try (ProgressDisplay progress = invocation().progress(tally, true);
        Rows rows = output().rows("assets")) {
      BundleImport bundle = new BundleImport(client, new Listener(tally, rows));
      ImportReport report =
          Files.isDirectory(path) ? bundle.directory(path, options) : bundle.file(path, options);
      progress.end();
      report(rows, report, place.withPath(target), progress.elapsed());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return ExitCode.OK;
  }

  /** Into a directory it goes under its own name. */
  private static TreePath target(Path path, Place.OfPath place, AifsClient client)
      throws IOException {
    boolean into = place.directory() || new Entries(client, place).isKnownDirectory();
    if (!into) {
      return place.path();
    }
    return place.path().resolve(PutPlan.name(path));
  }

  private static ParentVersion parent(Places places, Place.OfPath place, String address) {
    Place found = places.find(address);
    if (!found.namespace().equals(place.namespace())) {
      throw Usage.error("--parent is of another namespace", "lineage does not leave a namespace");
    }
    return switch (found) {
      case Place.OfAsset asset -> new ParentVersion.OfAsset(asset.id());
      case Place.OfPath path -> new ParentVersion.OfPath(path.ref(), path.path());
    };
  }

  private void report(Rows rows, ImportReport report, Place.OfPath place, Duration elapsed)
      throws IOException {
    rows.summary(
        report.id().map(Digest::hex).orElse(""),
        Fields.of("address", place)
            .with("id", report.id())
            .with("tensors", report.tensors())
            .with("bytes", report.bytes())
            .with("unchanged", report.unchanged())
            .with("removed", report.removed())
            .with("stored_bytes", report.storedBytes())
            .with("version", report.version())
            .with("millis", elapsed.toMillis()));
    String tensors = report.tensors() == 0 ? "" : " and " + Sizes.count(report.tensors(), "tensor");
    String unchanged = report.version() == 0 ? ", which were there" : "";
    String removed =
        report.removed() == 0 ? "" : ", removed " + Sizes.count(report.removed(), "tensor");
    invocation()
        .say(
            "imported %s%s%s to %s in %s: stored %s%s"
                .formatted(
                    report.id().isPresent() ? "a file" : "an archive",
                    tensors,
                    unchanged,
                    Printable.of(place.toString()),
                    Sizes.duration(elapsed),
                    Sizes.bytes(report.storedBytes()),
                    removed));
  }

  private record Listener(Tally tally, Rows rows) implements ImportListener {
    @Override
    public void planned(long assets, long bytes) {
      tally.setTotal(new Tally.Total(assets, bytes));
    }

    @Override
    public void moved(long bytes) {
      tally.addBytes(bytes);
    }

    @Override
    public void staged(TreePath path, Digest id, long bytes, Change change) {
      tally.addFiles(1);
      Fields fields =
          Fields.of("path", path)
              .with("id", id)
              .with("size", bytes)
              .with("change", change.name().toLowerCase(Locale.ROOT));
      try {
        rows.add("", fields);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
