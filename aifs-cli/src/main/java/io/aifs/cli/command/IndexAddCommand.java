package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.place.Places;
import io.aifs.client.AifsClient;
import io.aifs.client.Search;
import io.aifs.core.ExitCode;
import io.aifs.core.model.EmbeddingName;
import io.aifs.core.model.Name;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs index add}. */
@Command(
    name = "add",
    header = "Embed assets.",
    customSynopsis = {
      "aifs index add [OPTIONS] ADDR --space NAME --vector FILE|-",
      "aifs index add [OPTIONS] --from FILE|- --space NAME"
    },
    description = {
      "A vector takes the place of the asset's one of the same space and part. A file for --from",
      "has an object of JSON on each line, with asset (an id) or path (an address), vector, and",
      "part where it is not of the whole; each 4,096 are embedded all at once or not."
    },
    footer = {
      "Examples:",
      "  aifs index add main:cats/1.png --space clip --vector 1.npy",
      "  aifs index add --from embedded.jsonl --space clip",
      "  # {\"path\": \"main:cats/1.png\", \"vector\": [0.12, -0.5, 0.3]}"
    })
final class IndexAddCommand extends AifsAction {
  @Parameters(paramLabel = "ADDR", arity = "0..1", description = "the asset")
  private Optional<String> address = Optional.empty();

  @Option(names = "--space", paramLabel = "NAME", required = true, description = "in which space")
  private String space = "";

  @Option(
      names = "--part",
      paramLabel = "TEXT",
      description = "which part of the asset, such as a page (default: the whole)")
  private String part = "";

  @Option(
      names = "--vector",
      paramLabel = "FILE",
      description = "raw float32 values, JSON or NumPy; - is standard input")
  private Optional<String> vector = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "FILE",
      description = "embed what a file of JSON lines says; - is standard input")
  private Optional<String> from = Optional.empty();

  IndexAddCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Name name = RefArgument.name(space);
    Search.Put put = from.isPresent() ? addAll(name, from.get()) : addOne(name);
    output().object(Fields.of("written", put.written()).with("quarantined", put.quarantined()));
    invocation()
        .say(
            "embedded "
                + Sizes.count(put.written())
                + (put.quarantined() == 0
                    ? ""
                    : ", of which "
                        + Sizes.count(put.quarantined())
                        + " wait for approval: 'aifs quarantine list'"));
    return ExitCode.OK;
  }

  private Search.Put addOne(Name name) throws IOException {
    if (address.isEmpty() || vector.isEmpty()) {
      throw Usage.error("ADDR and --vector are needed", "or --from FILE");
    }
    checkPart(part);
    AssetArgument asset = AssetArgument.find(invocation().places(), address.get());
    float[] values = VectorArgument.one(invocation(), vector.get());
    return asset
        .client()
        .search()
        .put(name, List.of(new Search.Embedding(asset.id(), part, values)));
  }

  /** Returns if it can name a part. */
  static void checkPart(String part) {
    try {
      EmbeddingName.requirePart(part);
    } catch (IllegalArgumentException e) {
      throw Usage.error("--part: " + e.getMessage(), "write a short name, such as page-7");
    }
  }

  private Search.Put addAll(Name name, String file) throws IOException {
    if (address.isPresent() || vector.isPresent() || !part.isEmpty()) {
      throw Usage.error("--from has everything in the file", "leave out ADDR, --vector and --part");
    }
    AifsClient client = invocation().client();
    int written = 0;
    int quarantined = 0;
    try (BufferedReader reader = open(file)) {
      EmbeddingBatches batches = new EmbeddingBatches(reader, new Places(client), client);
      for (List<Search.Embedding> next = batches.next(); !next.isEmpty(); next = batches.next()) {
        Search.Put put = client.search().put(name, next);
        written += put.written();
        quarantined += put.quarantined();
      }
    }
    return new Search.Put(written, quarantined);
  }

  private BufferedReader open(String file) throws IOException {
    return file.equals("-")
        ? new BufferedReader(
            new InputStreamReader(invocation().surroundings().in(), StandardCharsets.UTF_8))
        : Files.newBufferedReader(invocation().surroundings().path(file), StandardCharsets.UTF_8);
  }

  /** {@code aifs index remove}. */
  @Command(
      name = "remove",
      header = "Take embeddings away from an asset, which stays.",
      customSynopsis = "aifs index remove [OPTIONS] ADDR --space NAME",
      footer = {"Examples:", "  aifs index remove main:cats/1.png --space clip --part page-7"})
  static final class Remove extends AifsAction {
    @Parameters(paramLabel = "ADDR", description = "the asset")
    private String address = "";

    @Option(names = "--space", paramLabel = "NAME", required = true, description = "of which space")
    private String space = "";

    @Option(
        names = "--part",
        paramLabel = "TEXT",
        description = "which part of the asset (default: the whole)")
    private String part = "";

    Remove(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      checkPart(part);
      Name name = RefArgument.name(space);
      AssetArgument asset = AssetArgument.find(invocation().places(), address);
      int removed =
          asset.client().search().remove(List.of(new EmbeddingName(asset.id(), name, part)));
      output().object(Fields.of("removed", removed));
      invocation().say(removed == 0 ? "there was none" : "removed its embedding");
      return ExitCode.OK;
    }
  }
}
