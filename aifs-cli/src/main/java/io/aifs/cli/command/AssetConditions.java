package io.aifs.cli.command;

import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which assets of the namespace to list. */
final class AssetConditions {
  @Option(
      names = "--assets",
      description = "the assets of the namespace, newest first, also those without a path")
  private boolean assets;

  @Option(
      names = "--prefix",
      paramLabel = "HEX",
      description = "assets whose id begins so, in order of id")
  private @Nullable String prefix;

  @Option(names = "--since", paramLabel = "TIME", description = "assets created then or later")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "assets created before")
  private @Nullable String until;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description = "assets of this kind; may be repeated")
  private List<String> kinds = new ArrayList<>();

  @Option(
      names = "--meta",
      paramLabel = "KEY=VALUE",
      description = "assets with this metadata; may be repeated")
  private Map<String, String> metadata = new LinkedHashMap<>();

  /** Whether assets are to be listed, and which; empty if paths are. */
  Optional<AssetFilter> filter() {
    Set<AssetKind> any = new HashSet<>();
    kinds.forEach(kind -> any.add(AssetOptions.kind(kind)));
    AssetFilter filter =
        parsed(
            () ->
                new AssetFilter(
                    Optional.ofNullable(prefix), time(since), time(until), any, metadata));
    if (!assets && !filter.equals(AssetFilter.ALL)) {
      throw Usage.error(
          "--prefix, --since, --until, --kind and --meta are about assets", "add --assets");
    }
    return assets ? Optional.of(filter) : Optional.empty();
  }

  private static Optional<Instant> time(@Nullable String text) {
    return Optional.ofNullable(text).map(Timestamps::parseAny);
  }

  private static <T> T parsed(Supplier<T> parse) {
    try {
      return parse.get();
    } catch (IllegalArgumentException e) {
      throw Usage.error(
          String.valueOf(e.getMessage()),
          "write hex digits, and times such as 2026-11-26 or 2026-11-26T08:00:00Z");
    }
  }
}
