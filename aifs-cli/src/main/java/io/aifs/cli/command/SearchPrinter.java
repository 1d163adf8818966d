package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.output.Sizes;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.Search;
import io.aifs.core.model.AssetInfo;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was found, as rows. */
final class SearchPrinter {
  private final Rows rows;
  private final boolean numbered;

  /**
   * @param queries how many there were; of several, each row says its own
   */
  SearchPrinter(Rows rows, int queries) {
    this.rows = rows;
    this.numbered = queries > 1;
  }

  void print(Search.Answer answer) throws IOException {
    int query = 0;
    for (List<Search.Hit> hits : answer.results()) {
      query++;
      int rank = 0;
      for (Search.Hit hit : hits) {
        rank++;
        rows.add(line(query, hit), fields(query, rank, hit));
      }
    }
    rows.summary(
        "",
        Fields.of("space", answer.space())
            .with("exact", answer.exact())
            .with("index_state", answer.state())
            .with("version", answer.version()));
  }

  private String line(int query, Search.Hit hit) {
    List<String> cells = new ArrayList<>();
    if (numbered) {
      cells.add(Integer.toString(query));
    }
    cells.add(String.format(Locale.ROOT, "%9.6f", hit.score()));
    cells.add(hit.asset().hex());
    if (!hit.part().isEmpty()) {
      cells.add("part " + hit.part());
    }
    hit.path().map(TreePath::value).ifPresent(cells::add);
    hit.info().ifPresent(info -> cells.add(facts(info)));
    return Printable.of(String.join("  ", cells));
  }

  private static String facts(AssetInfo info) {
    StringBuilder facts =
        new StringBuilder(info.kind().name().toLowerCase(Locale.ROOT))
            .append(' ')
            .append(Sizes.bytes(info.size()));
    info.metadata().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> facts.append("  ").append(entry.getKey() + "=" + entry.getValue()));
    return facts.toString();
  }

  private static Fields fields(int query, int rank, Search.Hit hit) {
    Fields fields =
        Fields.of("query", query)
            .with("rank", rank)
            .with("score", hit.score())
            .with("id", hit.asset())
            .with("part", hit.part())
            .with("path", hit.path());
    hit.info()
        .ifPresent(
            info ->
                fields
                    .with("kind", info.kind())
                    .with("size", info.size())
                    .with("created_at", info.createdAt())
                    .with("metadata", info.metadata()));
    return fields;
  }
}
