package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.output.Table;
import io.aifs.cli.progress.IndexProgress;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Search;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.Name;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs index}: the group; its members do the work. */
@Command(
    name = "index",
    header = "Embed assets, and care for the indexes that find them.",
    customSynopsis = "aifs index list|stats|create|add|remove|build|drop [OPTIONS]",
    description = {
      "An embedding space holds vectors of one model, dimension and metric. Its index follows by",
      "itself what is embedded, and can be dropped and built at any time."
    },
    footer = {
      "Examples:",
      "  aifs index create clip --dimension 512 --model clip-vit-b32",
      "  aifs index add main:cats/1.png --space clip --vector 1.npy",
      "  aifs index add --from embedded.jsonl --space clip"
    })
final class IndexCommand {
  private static Fields fields(Search.SpaceStatus status) {
    EmbeddingSpace space = status.space();
    return Fields.of("name", space.name())
        .with("dimension", space.dimension())
        .with("metric", word(space.metric()))
        .with("model", space.model())
        .with("storage", space.storage().name().toLowerCase(Locale.ROOT))
        .with("created_at", status.createdAt())
        .with("embeddings", status.embeddings())
        .with("quarantined", status.quarantined())
        .with("index", fields(status.index()).map());
  }

  private static Fields fields(Search.IndexStatus index) {
    return Fields.of("state", word(index.state()))
        .with("vectors", index.vectors())
        .with("deleted", index.deleted())
        .with("segments", index.segments())
        .with("memory_bytes", index.memoryBytes())
        .with("disk_bytes", index.diskBytes())
        .with("version", index.version())
        .with("last_damage", index.lastDamage());
  }

  private static String word(Search.IndexState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String word(VectorMetric metric) {
    return switch (metric) {
      case COSINE -> "cosine";
      case DOT_PRODUCT -> "dot";
      case EUCLIDEAN -> "euclidean";
    };
  }

  private static VectorMetric metric(String word) {
    return switch (word) {
      case "cosine" -> VectorMetric.COSINE;
      case "dot" -> VectorMetric.DOT_PRODUCT;
      case "euclidean" -> VectorMetric.EUCLIDEAN;
      default ->
          throw Usage.error(
              "no metric '" + word + "'", "the metrics are cosine, dot and euclidean");
    };
  }

  /** {@code aifs index list}. */
  @Command(
      name = "list",
      header = "List the embedding spaces.",
      customSynopsis = "aifs index list [OPTIONS]",
      description = "Name, dimension, metric, embeddings, how the index is, model.",
      footer = {"Examples:", "  aifs index list -o jsonl"})
  static final class ListAll extends AifsAction {
    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      list(
          "spaces",
          invocation().client().search().spaces().stream(),
          ListAll::line,
          IndexCommand::fields);
      return ExitCode.OK;
    }

    private static String line(Search.SpaceStatus status) {
      EmbeddingSpace space = status.space();
      return "%-16s  %4d  %-9s  %s%s  %s  %s"
          .formatted(
              space.name(),
              space.dimension(),
              word(space.metric()),
              Sizes.count(status.embeddings(), "embedding"),
              status.quarantined() == 0
                  ? ""
                  : ", " + Sizes.count(status.quarantined()) + " in quarantine",
              word(status.index().state()),
              Printable.of(space.model()))
          .stripTrailing();
    }
  }

  /** {@code aifs index stats}. */
  @Command(
      name = "stats",
      header = "Say how large and how new an index is.",
      customSynopsis = "aifs index stats [OPTIONS] NAME",
      footer = {"Examples:", "  aifs index stats clip"})
  static final class Stats extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the embedding space")
    private String name = "";

    Stats(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Name space = RefArgument.name(name);
      Search.SpaceStatus status =
          invocation().client().search().spaces().stream()
              .filter(one -> one.space().name().equals(space))
              .findFirst()
              .orElseThrow(
                  () ->
                      new AifsException.NotFound(
                          Reason.SPACE_NOT_FOUND,
                          "there is no embedding space '" + space + "'",
                          "'aifs index list' shows what is there"));
      output().object(fields(status));
      output().table(table(status));
      return ExitCode.OK;
    }

    private static Table table(Search.SpaceStatus status) {
      EmbeddingSpace space = status.space();
      Search.IndexStatus index = status.index();
      Table table =
          new Table()
              .row("space", space.name().value())
              .row("dimension", Integer.toString(space.dimension()))
              .row("metric", word(space.metric()))
              .row("model", space.model())
              .row("embeddings", Sizes.count(status.embeddings()))
              .row("quarantined", Sizes.count(status.quarantined()))
              .row("index", word(index.state()))
              .row("vectors", Sizes.count(index.vectors()))
              .row("deleted", Sizes.count(index.deleted()))
              .row("segments", Sizes.count(index.segments()))
              .row("memory", Sizes.bytes(index.memoryBytes()))
              .row("disk", Sizes.bytes(index.diskBytes()))
              .row("version", Long.toString(index.version()));
      return index.lastDamage().isEmpty() ? table : table.row("built again", index.lastDamage());
    }
  }

  /** {@code aifs index create}. */
  @Command(
      name = "create",
      header = "Make an embedding space.",
      customSynopsis = "aifs index create [OPTIONS] NAME --dimension N",
      description = "It is never changed; the same again changes nothing.",
      footer = {
        "Examples:",
        "  aifs index create clip --dimension 512 --model clip-vit-b32",
        "  aifs index create words --dimension 100 --int8"
      })
  static final class Create extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the new space")
    private String name = "";

    @Option(
        names = "--dimension",
        paramLabel = "N",
        required = true,
        description = "how many values each vector has")
    private int dimension;

    @Option(
        names = "--metric",
        paramLabel = "METRIC",
        description = "cosine, dot or euclidean (default: cosine)")
    private String metric = "cosine";

    @Option(names = "--model", paramLabel = "TEXT", description = "what makes the vectors")
    private String model = "";

    @Option(names = "--int8", description = "with cosine: a byte a value in memory, not four")
    private boolean int8;

    Create(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      EmbeddingSpace space = space();
      invocation().client().search().createSpace(space);
      output().object(Fields.of("name", space.name()).with("dimension", space.dimension()));
      invocation().say("space " + space.name() + " takes vectors of " + dimension + " values");
      return ExitCode.OK;
    }

    private EmbeddingSpace space() {
      Name checked = RefArgument.name(name);
      VectorMetric known = metric(metric);
      try {
        return new EmbeddingSpace(
            checked, dimension, known, model, int8 ? VectorStorage.INT8 : VectorStorage.FLOAT32);
      } catch (IllegalArgumentException e) {
        throw Usage.error(e.getMessage() + "", "give what the model makes");
      }
    }
  }

  /** {@code aifs index build}. */
  @Command(
      name = "build",
      header = "Build an index anew from what is embedded.",
      customSynopsis = "aifs index build [OPTIONS] NAME",
      description = "Searches are answered meanwhile. Brings back an index that was dropped.",
      footer = {"Examples:", "  aifs index build clip"})
  static final class Build extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the embedding space")
    private String name = "";

    Build(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Name space = RefArgument.name(name);
      Search search = invocation().client().search();
      IndexProgress progress = new IndexProgress();
      Search.IndexStatus built;
      try (ProgressDisplay _ = invocation().progress(progress)) {
        built = search.buildIndex(space, progress::reached);
      }
      output().object(fields(built));
      invocation()
          .say(
              "built: "
                  + Sizes.count(built.vectors(), "vector")
                  + " in "
                  + Sizes.count(built.segments(), "segment"));
      return ExitCode.OK;
    }
  }

  /** {@code aifs index drop}. */
  @Command(
      name = "drop",
      header = "Remove an index; what is embedded stays.",
      customSynopsis = "aifs index drop [OPTIONS] [-y] NAME",
      description = {
        "Searches look at everything until 'aifs index build' makes it again. Asks first; without",
        "a terminal it wants -y."
      },
      footer = {"Examples:", "  aifs index drop clip -y"})
  static final class Drop extends AifsAction {
    @Parameters(paramLabel = "NAME", description = "the embedding space")
    private String name = "";

    @Mixin private Destructive destructive = new Destructive();

    Drop(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      Name space = RefArgument.name(name);
      Search search = invocation().client().search();
      destructive.confirm(invocation(), "remove the index of " + space);
      search.dropIndex(space);
      output().object(Fields.of("dropped", space));
      invocation().say("removed the index of " + space);
      return ExitCode.OK;
    }
  }
}
