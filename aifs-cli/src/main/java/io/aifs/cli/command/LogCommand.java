package io.aifs.cli.command;

import io.aifs.cli.history.LogGraph;
import io.aifs.cli.output.Rows;
import io.aifs.cli.place.Place;
import io.aifs.cli.place.Places;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs log}. */
@Command(
    name = "log",
    header = "List the snapshots that lead to a ref, newest first.",
    customSynopsis = "aifs log [OPTIONS] [REF[:PATH]]",
    description = "With a path only those that changed something at or below it.",
    footer = {
      "Examples:",
      "  aifs log",
      "  aifs log --graph --oneline main",
      "  aifs log -n 5 v1:data/train.csv"
    })
final class LogCommand extends AifsAction {
  @Parameters(
      paramLabel = "REF[:PATH]",
      arity = "0..1",
      hideParamSyntax = true,
      description = "where to begin (default: main)")
  private String ref = "main";

  @Option(names = "--graph", description = "draw how they follow from each other")
  private boolean graph;

  @Option(names = "--oneline", description = "one line each: id and what the message begins with")
  private boolean oneLine;

  @Mixin private CountLimit limit = new CountLimit();

  LogCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Places places = invocation().places();
    Place.OfPath place = places.findRef(ref);
    if (graph && !place.path().isRoot()) {
      throw Usage.error(
          "--graph needs every snapshot, and a path leaves some out", "leave out one of them");
    }
    Iterator<SnapshotSummary> snapshots =
        limit.of(places.clientFor(place).history().log(place.ref(), place.path())).iterator();
    LogGraph drawn = new LogGraph();
    try (Rows rows = output().rows("snapshots")) {
      while (snapshots.hasNext()) {
        SnapshotSummary snapshot = snapshots.next();
        List<String> lines =
            oneLine ? List.of(SnapshotText.oneLine(snapshot)) : SnapshotText.lines(snapshot);
        rows.add(
            graph
                ? beside(drawn.add(snapshot.id(), snapshot.parents()), lines)
                : String.join("\n", lines),
            SnapshotText.fields(snapshot));
      }
    }
    return ExitCode.OK;
  }

  private static String beside(LogGraph.Drawing drawing, List<String> lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < Math.max(drawing.rows().size(), lines.size()); i++) {
      String line = drawing.row(i) + (i < lines.size() ? lines.get(i) : "");
      text.append(i == 0 ? "" : "\n").append(line.stripTrailing());
    }
    return text.toString();
  }
}
