package io.aifs.cli.command;

import io.aifs.client.Lineage.Direction;
import io.aifs.client.Lineage.Limit;
import io.aifs.client.WalkOptions;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** How far a walk through lineage goes, and what it looks for. */
final class LineageOptions {
  @Option(names = "--depth", paramLabel = "N", description = "at most so many steps (default: 10)")
  private int depth;

  @Option(
      names = "--fan-out",
      paramLabel = "N",
      description = "of each asset only the newest so many (default: 100)")
  private int fanOut;

  @Option(
      names = {"-n", "--max-count"},
      paramLabel = "N",
      description = "at most so many assets (default: 10000)")
  private int nodes;

  @Option(
      names = "--transform",
      paramLabel = "NAME",
      description = "follow only what this made; may be repeated")
  private List<String> transforms = new ArrayList<>();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "look for these only, through others; may be repeated")
  private List<String> kinds = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "follow only what was recorded from then on (2026-11-26, or with a time)")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "follow only what was recorded before then")
  private Optional<String> until = Optional.empty();

  WalkOptions walk(Direction direction) {
    requireNotNegative("--depth", depth);
    requireNotNegative("--fan-out", fanOut);
    requireNotNegative("--max-count", nodes);
    Set<AssetKind> wanted = new HashSet<>();
    for (String kind : kinds) {
      wanted.add(AssetOptions.kind(kind));
    }
    return new WalkOptions(
        direction,
        depth,
        nodes,
        fanOut,
        new HashSet<>(transforms),
        new WalkOptions.Period(time("--since", since), time("--until", until)),
        wanted,
        WalkOptions.Period.ALL);
  }

  private static void requireNotNegative(String option, int value) {
    if (value < 0) {
      throw Usage.error(option + " is negative: " + value, "give 1 or more");
    }
  }

  private static Optional<Instant> time(String option, Optional<String> text) {
    try {
      return text.map(Timestamps::parseAny);
    } catch (IllegalArgumentException _) {
      throw Usage.error(
          option + ": '" + text.orElse("") + "' is no time",
          "write 2026-11-26 or 2026-11-26T08:00:00Z");
    }
  }

  /** What cut a walk, as a sentence that says how to see more. */
  static String cutBy(Set<Limit> limits) {
    return "not all of it: "
        + limits.stream().sorted().map(LineageOptions::words).collect(Collectors.joining(", "));
  }

  private static String words(Limit limit) {
    return switch (limit) {
      case DEPTH -> "there is more beyond the depth (--depth)";
      case NODES -> "there are more assets (--max-count)";
      case FAN_OUT -> "some assets have more edges (--fan-out)";
      case EDGES -> "as many edges were looked at as one call may";
      case OTHER -> "the server has a limit of its own";
    };
  }

  /** For programs. */
  static List<String> names(Set<Limit> limits) {
    return limits.stream().sorted().map(limit -> limit.name().toLowerCase(Locale.ROOT)).toList();
  }
}
