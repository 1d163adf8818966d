package io.aifs.cli.command;

import io.aifs.cli.config.Setting;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Options that every command takes, before or after its name. */
final class GlobalOptions {
  @Option(
      names = "--server",
      paramLabel = "HOST:PORT",
      scope = ScopeType.INHERIT,
      description = "talk to this server")
  private Optional<String> server = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "use the store in this directory")
  private Optional<String> data = Optional.empty();

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "what short addresses speak of (default: default)")
  private Optional<String> namespace = Optional.empty();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "MODE",
      scope = ScopeType.INHERIT,
      description = "table, json or jsonl")
  private Optional<String> output = Optional.empty();

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "say only what went wrong")
  private boolean quiet;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "say more, and show where errors come from")
  private boolean verbose;

  @Option(
      names = "--progress",
      paramLabel = "MODE",
      scope = ScopeType.INHERIT,
      description = "auto, bar, plain or none")
  private Optional<String> progress = Optional.empty();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "send the token in this file")
  private Optional<String> tokenFile = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      scope = ScopeType.INHERIT,
      description = "longest call, longest standstill of a transfer (default: 60s)")
  private Optional<String> timeout = Optional.empty();

  @Option(
      names = {"-j", "--jobs"},
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "files to work on at once (default: one for each core)")
  private Optional<String> jobs = Optional.empty();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      scope = ScopeType.INHERIT,
      description = "use this section of the configuration file")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--root-key",
      paramLabel = "WHERE",
      scope = ScopeType.INHERIT,
      description = "file, file:PATH, env:NAME, passphrase or passphrase:FILE")
  private Optional<String> rootKey = Optional.empty();

  @Option(
      names = "--min-version",
      paramLabel = "N",
      scope = ScopeType.INHERIT,
      description = "see at least this version of the store, or fail")
  private Optional<Long> minVersion = Optional.empty();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help and end")
  private boolean help;

  /** What was given as the mode of output, which some commands have more of than others. */
  Optional<String> output() {
    return output;
  }

  boolean quiet() {
    return quiet;
  }

  boolean verbose() {
    return verbose;
  }

  /** The version of the store that must be seen; 0 for any. */
  long minVersion() {
    long version = minVersion.orElse(0L);
    if (version < 0) {
      throw Usage.error(
          "--min-version is negative: " + version, "give the 'version' that a write printed");
    }
    return version;
  }

  boolean help() {
    return help;
  }

  /** The settings that were given as flags. */
  Map<Setting, String> flags() {
    Map<Setting, String> flags = new EnumMap<>(Setting.class);
    server.ifPresent(text -> flags.put(Setting.SERVER, text));
    data.ifPresent(text -> flags.put(Setting.DATA, text));
    namespace.ifPresent(text -> flags.put(Setting.NAMESPACE, text));
    output.ifPresent(text -> flags.put(Setting.OUTPUT, text));
    progress.ifPresent(text -> flags.put(Setting.PROGRESS, text));
    tokenFile.ifPresent(text -> flags.put(Setting.TOKEN_FILE, text));
    timeout.ifPresent(text -> flags.put(Setting.TIMEOUT, text));
    jobs.ifPresent(text -> flags.put(Setting.JOBS, text));
    profile.ifPresent(text -> flags.put(Setting.PROFILE, text));
    rootKey.ifPresent(text -> flags.put(Setting.ROOT_KEY, text));
    return flags;
  }
}
