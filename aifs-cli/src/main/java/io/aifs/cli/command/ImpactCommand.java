package io.aifs.cli.command;

import io.aifs.cli.lineage.LineageFields;
import io.aifs.cli.lineage.LineageText;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.client.Lineage.Direction;
import io.aifs.client.Lineage.Limit;
import io.aifs.client.Lineage.Node;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code aifs impact}. */
@Command(
    name = "impact",
    header = "List what descends from an asset.",
    customSynopsis = "aifs impact [OPTIONS] ADDR",
    description = {
      "Steps, id, kind, size; nearest first. Deleted ones are named as such. Ends with 3 if a limit",
      "left something out."
    },
    footer = {
      "Examples:",
      "  aifs impact main:data/train.csv",
      "  aifs impact --kind tensor -o jsonl 3c5f0a91"
    })
final class ImpactCommand extends AifsAction {
  @Parameters(paramLabel = "ADDR", description = "a file, an id, or the start of an id")
  private String address = "";

  @Mixin private LineageOptions options = new LineageOptions();

  ImpactCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    AssetArgument asset = AssetArgument.find(invocation().places(), address);
    long[] count = {0};
    Set<Limit> cutBy;
    try (Rows rows = output().rows("assets")) {
      cutBy =
          asset
              .client()
              .lineage()
              .traverse(
                  asset.id(),
                  options.walk(Direction.DOWN),
                  page ->
                      page.nodes().stream()
                          .filter(node -> node.selected() && node.depth() > 0)
                          .forEach(
                              node -> {
                                count[0]++;
                                add(rows, node);
                              }));
      rows.summary(
          "", Fields.of("assets_found", count[0]).with("cut_by", LineageOptions.names(cutBy)));
    }
    invocation().say(Sizes.count(count[0], "asset") + " descend from " + asset.id());
    if (cutBy.isEmpty()) {
      return ExitCode.OK;
    }
    invocation().say(LineageOptions.cutBy(cutBy));
    return ExitCode.PARTIAL;
  }

  private static void add(Rows rows, Node node) {
    try {
      rows.add(
          node.depth() + "  " + node.id() + "  " + LineageText.facts(node), LineageFields.of(node));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
