package io.aifs.cli.command;

import io.aifs.cli.lineage.LineageFields;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.output.Table;
import io.aifs.client.Lineage.InSnapshot;
import io.aifs.client.Lineage.Reasons;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs why}. */
@Command(
    name = "why",
    header = "Say what keeps an asset from being deleted.",
    customSynopsis = "aifs why [OPTIONS] ADDR",
    description = {
      "Paths of branches, snapshots with the branches and tags that stand there, and assets that",
      "were made from it. Ends with 3 if there are more than it shows."
    },
    footer = {"Examples:", "  aifs why main:data/train.csv", "  aifs why -o json 3c5f0a91"})
final class WhyCommand extends AifsAction {
  @Parameters(paramLabel = "ADDR", description = "a file, an id, or the start of an id")
  private String address = "";

  @Option(
      names = {"-n", "--max-count"},
      paramLabel = "N",
      description = "at most so many of each sort (default: 100)")
  private int limit;

  WhyCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    if (limit < 0) {
      throw Usage.error("-n is negative: " + limit, "give how many you want to see");
    }
    AssetArgument asset = AssetArgument.find(invocation().places(), address);
    Reasons reasons = asset.client().lineage().why(asset.id(), limit);
    output().table(table(reasons));
    output().object(fields(reasons));
    if (reasons.truncated()) {
      invocation().say("not all of it: there are more (--max-count)");
      return ExitCode.PARTIAL;
    }
    return ExitCode.OK;
  }

  private static Table table(Reasons reasons) {
    Table table = new Table();
    table.row("asset", reasons.asset().id().hex());
    table.row("delete", deletion(reasons));
    reasons.paths().forEach(place -> table.row("path", place.branch() + ":" + place.path()));
    reasons.snapshots().forEach(snapshot -> table.row("snapshot", line(snapshot)));
    reasons
        .children()
        .forEach(
            edge ->
                table.row(
                    "child",
                    (edge.child() + "  " + edge.parent().transformName()).stripTrailing()));
    if (reasons.unnamed()) {
      table.row("unnamed", "in branch main without a path; does not refuse");
    }
    if (reasons.embeddings() > 0) {
      table.row("embeddings", reasons.embeddings() + " go with it");
    }
    if (reasons.openUploads() > 0) {
      table.row(
          "pins", Sizes.count(reasons.openUploads(), "upload") + " hold back the next collection");
    }
    return table;
  }

  private static String deletion(Reasons reasons) {
    return reasons
        .asset()
        .deletedAt()
        .map(
            at ->
                "deleted at "
                    + SnapshotText.time(at)
                    + (reasons.revivable() ? "; can be brought back" : ""))
        .orElse(reasons.deleteRefused() ? "refused" : "allowed: nothing refers to it");
  }

  private static String line(InSnapshot snapshot) {
    String refs =
        Stream.concat(
                snapshot.branches().stream().map(name -> "branch " + name),
                snapshot.tags().stream().map(name -> "tag " + name))
            .collect(Collectors.joining(", "));
    return (snapshot.id()
            + "  "
            + snapshot.path().map(path -> path.value()).orElse("(unnamed)")
            + "  "
            + refs)
        .stripTrailing();
  }

  private static Fields fields(Reasons reasons) {
    return Fields.of("asset", LineageFields.of(reasons.asset()).map())
        .with("delete_refused", reasons.deleteRefused())
        .with(
            "paths",
            reasons.paths().stream()
                .map(place -> Fields.of("branch", place.branch()).with("path", place.path()).map())
                .toList())
        .with("snapshots", reasons.snapshots().stream().map(WhyCommand::snapshot).toList())
        .with(
            "children",
            reasons.children().stream().map(edge -> LineageFields.of(edge).map()).toList())
        .with("truncated", reasons.truncated())
        .with("unnamed", reasons.unnamed())
        .with("embeddings", reasons.embeddings())
        .with("open_uploads", reasons.openUploads())
        .with("revivable", reasons.revivable());
  }

  private static Map<String, Object> snapshot(InSnapshot snapshot) {
    return Fields.of("snapshot_id", snapshot.id())
        .with("created_at", snapshot.createdAt())
        .with("path", snapshot.path())
        .with("branches", snapshot.branches())
        .with("tags", snapshot.tags())
        .map();
  }
}
