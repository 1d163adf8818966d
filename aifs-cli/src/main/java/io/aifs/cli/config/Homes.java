package io.aifs.cli.config;

import io.aifs.cli.terminal.Surroundings;
import java.nio.file.Path;

/** Where a user's files lie, after the XDG base directory specification. */
public record Homes(Path config, Path data, Path state, Path cache) {
  public static Homes of(Surroundings surroundings) {
    return new Homes(
        home(surroundings, "XDG_CONFIG_HOME", ".config"),
        home(surroundings, "XDG_DATA_HOME", ".local/share"),
        home(surroundings, "XDG_STATE_HOME", ".local/state"),
        home(surroundings, "XDG_CACHE_HOME", ".cache"));
  }

  /** The specification says that a relative path in these variables is to be ignored. */
  private static Path home(Surroundings surroundings, String variable, String otherwise) {
    return surroundings
        .variable(variable)
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(
            () -> surroundings.path(surroundings.variable("HOME").orElse(".")).resolve(otherwise));
  }

  public Path configFile() {
    return config.resolve("aifs").resolve("config.toml");
  }

  /** What the command itself may lose. */
  public Path cacheDirectory() {
    return cache.resolve("aifs");
  }

  /** The signing keys of servers that were met. */
  public Path knownKeysFile() {
    return state.resolve("aifs").resolve("known-keys");
  }

  public Path dataDirectory() {
    return data.resolve("aifs");
  }
}
