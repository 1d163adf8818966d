package io.aifs.cli.command;

import io.aifs.cli.lineage.DotDrawing;
import io.aifs.cli.lineage.LineageFields;
import io.aifs.cli.lineage.LineageGraph;
import io.aifs.cli.lineage.MermaidDrawing;
import io.aifs.cli.lineage.OpenLineageEvents;
import io.aifs.cli.lineage.TreeDrawing;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Output;
import io.aifs.cli.output.OutputMode;
import io.aifs.cli.output.Rows;
import io.aifs.cli.place.Places;
import io.aifs.client.Lineage;
import io.aifs.client.Lineage.Direction;
import io.aifs.client.Lineage.Limit;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs lineage}. */
@Command(
    name = "lineage",
    header = "Show what an asset was made from, or what was made from it.",
    customSynopsis = "aifs lineage [OPTIONS] ADDR",
    description = {
      "Deleted assets stay in it. With -o also dot (Graphviz), mermaid, or openlineage (run events,",
      "one on each line). Ends with 3 if a limit left something out."
    },
    footer = {
      "Examples:",
      "  aifs lineage main:model.bin",
      "  aifs lineage 3c5f0a91 --down --depth 3 --kind tensor",
      "  aifs lineage main:model.bin --to main:data/train.csv",
      "  aifs lineage main:model.bin -o dot | dot -Tsvg > lineage.svg"
    })
final class LineageCommand extends AifsAction {
  @Parameters(paramLabel = "ADDR", description = "a file, an id, or the start of an id")
  private String address = "";

  @Option(names = "--up", description = "what it was made from (the default)")
  private boolean up;

  @Option(names = "--down", description = "what was made from it")
  private boolean down;

  @Option(
      names = "--to",
      paramLabel = "ADDR",
      description = "only a shortest way to this one, up or down")
  private Optional<String> to = Optional.empty();

  @Mixin private LineageOptions options = new LineageOptions();

  LineageCommand(Invocation invocation) {
    super(invocation);
  }

  /** What was found, and what left something out. */
  private record Found(LineageGraph graph, Set<Limit> cutBy) {}

  @Override
  ExitCode run() throws IOException {
    if (up && down) {
      throw Usage.error("--up and --down are two ways", "give one of them");
    }
    String form = invocation().options().output().orElse("");
    boolean own = Set.of("dot", "mermaid", "openlineage").contains(form);
    Output output = own ? invocation().ownOutput() : output();
    Places places = invocation().places();
    AssetArgument asset = AssetArgument.find(places, address);
    Found found = to.isPresent() ? path(places, asset, to.get()) : walk(asset);
    switch (form) {
      case "dot" -> print(output, DotDrawing.of(found.graph()));
      case "mermaid" -> print(output, MermaidDrawing.of(found.graph()));
      case "openlineage" -> {
        Output lines = new Output(OutputMode.JSONL, output.bytes());
        for (Fields event : OpenLineageEvents.of(found.graph())) {
          lines.object(event);
        }
        lines.flush();
      }
      default -> print(output, found);
    }
    if (!found.cutBy().isEmpty()) {
      invocation().say(LineageOptions.cutBy(found.cutBy()));
      return ExitCode.PARTIAL;
    }
    if (found.graph().start().isEmpty()) {
      invocation().say("neither was made from the other");
      return ExitCode.NOT_FOUND;
    }
    return ExitCode.OK;
  }

  private Found walk(AssetArgument asset) {
    Direction direction = down ? Direction.DOWN : Direction.UP;
    LineageGraph graph = new LineageGraph(asset.client().namespace(), direction);
    Set<Limit> cutBy =
        asset.client().lineage().traverse(asset.id(), options.walk(direction), graph::add);
    return new Found(graph.pruned(), cutBy);
  }

  private static Found path(Places places, AssetArgument from, String address) {
    AssetArgument other = AssetArgument.find(places, address);
    if (!other.client().namespace().equals(from.client().namespace())) {
      throw Usage.error("the two are in different namespaces", "lineage stays within one");
    }
    Lineage.Path path = from.client().lineage().path(from.id(), other.id());
    LineageGraph graph = new LineageGraph(from.client().namespace(), path.direction());
    graph.add(new Lineage.Page(path.nodes(), path.edges(), List.of()));
    return new Found(graph, path.cut() ? EnumSet.of(Limit.EDGES) : EnumSet.noneOf(Limit.class));
  }

  private static void print(Output output, List<String> lines) throws IOException {
    for (String line : lines) {
      output.line(line);
    }
  }

  private static void print(Output output, Found found) throws IOException {
    LineageGraph graph = found.graph();
    if (output.isTable()) {
      print(output, TreeDrawing.of(graph));
      return;
    }
    List<String> cutBy = LineageOptions.names(found.cutBy());
    boolean lines = output.mode() == OutputMode.JSONL;
    try (Rows rows = output.rows("nodes")) {
      for (Lineage.Node node : graph.nodes()) {
        Fields fields = LineageFields.of(node);
        rows.add("", lines ? Fields.of("node", fields.map()) : fields);
      }
      if (lines) {
        for (Lineage.Edge edge : graph.edges()) {
          rows.add("", Fields.of("edge", LineageFields.of(edge).map()));
        }
        rows.summary("", Fields.of("cut_by", cutBy));
      } else {
        rows.summary(
            "",
            Fields.of("edges", graph.edges().stream().map(e -> LineageFields.of(e).map()).toList())
                .with("cut_by", cutBy));
      }
    }
  }
}
