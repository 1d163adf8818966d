package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.OutputMode;
import io.aifs.cli.output.Rows;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.EventOptions;
import io.aifs.client.EventSubscription;
import io.aifs.client.StoreEvent;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Name;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aifs events}. */
@Command(
    name = "events",
    header = "Show what happened in a namespace, and follow what happens.",
    customSynopsis = "aifs events [OPTIONS]",
    description = {
      "Without --follow: all events that are kept, oldest first, up to the newest. With it: what"
          + " happens from now on, until it is interrupted; a server that comes back is followed"
          + " on, and nothing is left out.",
      "Options of one name add up: one of them must fit. Those of different names must all fit."
    },
    footer = {
      "Examples:",
      "  aifs events -n 20",
      "  aifs events --follow -o jsonl",
      "  aifs events --follow --type 'asset.*' --path data/ --kind TENSOR",
      "  aifs events --since 019ac0c5-1f2a-7000-8000-000004000001 -o jsonl"
    })
final class EventsCommand extends AifsAction {
  @Option(
      names = {"-f", "--follow"},
      description = "go on with what happens later")
  private boolean follow;

  @Option(names = "--since", paramLabel = "ID", description = "begin after this event")
  private String since = "";

  @Option(names = "--from-start", description = "begin with the oldest event that is kept")
  private boolean fromStart;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "only these types; 'asset.*' for all that begin so")
  private List<String> types = List.of();

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "only what happened at or below this path, or to a directory above it")
  private List<String> paths = List.of();

  @Option(names = "--kind", paramLabel = "KIND", description = "only assets of this kind")
  private List<String> kinds = List.of();

  @Option(names = "--branch", paramLabel = "NAME", description = "only what happened to it")
  private List<String> branches = List.of();

  @Option(
      names = {"-n", "--max-count"},
      paramLabel = "N",
      description = "end after so many (default: never)")
  private long count = Long.MAX_VALUE;

  EventsCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    EventOptions options = options();
    if (follow && output().mode() == OutputMode.JSON) {
      throw Usage.error(
          "-o json is one document, which does not end while events are followed", "use -o jsonl");
    }
    try (Rows rows = output().rows("events");
        EventSubscription events = invocation().client().events().subscribe(options)) {
      for (long left = count; left > 0 && events.hasNext(); left--) {
        StoreEvent event = events.next();
        rows.add(line(event), fields(event));
        if (follow) {
          output().flush();
        }
      }
    }
    return ExitCode.OK;
  }

  private EventOptions options() {
    if (count < 0) {
      throw Usage.error("-n is negative: " + count, "give how many you want to see");
    }
    if (fromStart && !since.isEmpty()) {
      throw Usage.error("--since and --from-start name two beginnings", "give one of them");
    }
    EventOptions.Start start =
        since.isEmpty()
            ? fromStart || !follow ? new EventOptions.Start.Oldest() : new EventOptions.Start.Now()
            : new EventOptions.Start.After(since);
    return new EventOptions(
        start,
        follow,
        types,
        parsed("--path", paths, EventsCommand::path),
        kinds.stream().map(AssetOptions::kind).toList(),
        parsed("--branch", branches, Name::new));
  }

  private static TreePath path(String text) {
    return new TreePath(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  private static <T> List<T> parsed(String option, List<String> texts, Function<String, T> parse) {
    List<T> parsed = new ArrayList<>();
    for (String text : texts) {
      try {
        parsed.add(parse.apply(text));
      } catch (IllegalArgumentException e) {
        throw Usage.error(
            option + " '" + text + "' is not one: " + e.getMessage(),
            "'aifs events --help' shows examples");
      }
    }
    return parsed;
  }

  private static String line(StoreEvent event) {
    StringBuilder line = new StringBuilder(Timestamps.format(event.at()));
    line.append("  ").append("%-15s".formatted(event.type()));
    event.branch().ifPresent(branch -> line.append(' ').append(branch));
    event.fromPath().ifPresent(path -> line.append(' ').append(shown(path)).append(" ->"));
    event
        .path()
        .ifPresent(
            path -> line.append(' ').append(shown(path)).append(event.directory() ? "/" : ""));
    event.kind().ifPresent(kind -> line.append(' ').append(kind));
    event.asset().ifPresent(id -> line.append(' ').append(id.hex(), 0, 12));
    if (event.asset().isEmpty() && event.path().isEmpty()) {
      new TreeMap<>(event.details())
          .forEach(
              (key, value) -> {
                if (!key.equals("branch")) {
                  line.append(' ').append(key).append('=').append(Printable.of(value));
                }
              });
    }
    return line.toString();
  }

  private static String shown(TreePath path) {
    return Printable.of(path.value());
  }

  private static Fields fields(StoreEvent event) {
    Fields fields =
        Fields.of("id", event.id())
            .with("type", event.type())
            .with("at", Timestamps.format(event.at()))
            .with("version", event.version());
    event.branch().ifPresent(branch -> fields.with("branch", branch));
    event.path().ifPresent(path -> fields.with("path", path.value()));
    event.fromPath().ifPresent(path -> fields.with("from_path", path.value()));
    if (event.directory()) {
      fields.with("directory", true);
    }
    event.asset().ifPresent(id -> fields.with("asset", id.hex()));
    event.kind().ifPresent(kind -> fields.with("kind", kind.name()));
    event.size().ifPresent(size -> fields.with("size", size));
    return fields.with("details", new TreeMap<>(event.details()));
  }
}
