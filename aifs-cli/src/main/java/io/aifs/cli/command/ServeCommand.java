package io.aifs.cli.command;

import io.aifs.cli.config.Durations;
import io.aifs.cli.config.HostPort;
import io.aifs.cli.config.Setting;
import io.aifs.cli.config.Settings;
import io.aifs.cli.config.StoreChoice;
import io.aifs.cli.output.Fields;
import io.aifs.cli.store.LocalStore;
import io.aifs.cli.store.RunningServer;
import io.aifs.cli.store.ServeOptions;
import io.aifs.cli.terminal.Endings;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code aifs serve}. */
@Command(
    name = "serve",
    header = "Serve a data directory over gRPC.",
    customSynopsis = "aifs serve [OPTIONS] [--listen ADDRESS:PORT]",
    description = {
      "Until it is told to end: SIGTERM and SIGINT let running calls finish, sync, and exit with"
          + " 0.",
      "Other commands on the same data directory work through it by themselves."
    },
    footer = {
      "Examples:",
      "  aifs serve",
      "  aifs serve --data /srv/aifs --listen 127.0.0.1:0",
      "  aifs serve --dev      (no token needed; this machine only)"
    })
final class ServeCommand extends AifsAction {
  @Option(
      names = "--listen",
      paramLabel = "A:P",
      description = "address and port; port 0 picks a free one (default: 127.0.0.1:50051)")
  private Optional<String> listen = Optional.empty();

  @Option(names = "--dev", description = "allow every call without a token; loopback only")
  private boolean dev;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      description = "how long running calls may go on at the end (default: 30s)")
  private String drain = "30s";

  @Option(
      names = "--scrub-interval",
      paramLabel = "TIME",
      description = "in what time every asset is read back once (default: 30d)")
  private Optional<String> scrubInterval = Optional.empty();

  @Option(
      names = "--gc-interval",
      paramLabel = "TIME",
      description = "how long after a collection the next begins (default: 24h)")
  private Optional<String> gcInterval = Optional.empty();

  @Option(
      names = "--gc-grace",
      paramLabel = "TIME",
      description = "how long what was collected can be brought back (default: 24h)")
  private Optional<String> gcGrace = Optional.empty();

  @Option(
      names = "--limits-token-calls-per-second",
      paramLabel = "N",
      description = "calls a token may make a second (default: 0, any number)")
  private Optional<String> tokenCallsPerSecond = Optional.empty();

  @Option(
      names = "--limits-token-concurrent-calls",
      paramLabel = "N",
      description = "calls a token may have under way (default: 4096; 0: any number)")
  private Optional<String> tokenConcurrentCalls = Optional.empty();

  @Option(
      names = "--limits-token-bytes-per-second",
      paramLabel = "N",
      description = "bytes a token may send and get a second (default: 0, any number)")
  private Optional<String> tokenBytesPerSecond = Optional.empty();

  @Option(
      names = "--limits-token-searches-per-second",
      paramLabel = "N",
      description = "queries a token may search by a second (default: 0, any number)")
  private Optional<String> tokenSearchesPerSecond = Optional.empty();

  ServeCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    LocalStore store = invocation().access().requireLocal(false);
    HostPort address = address(invocation().settings());
    if (dev && !address.isLoopback()) {
      throw Usage.error(
          "--dev allows everything, and " + address + " can be reached from outside",
          "listen on 127.0.0.1, or leave out --dev");
    }
    Settings settings = invocation().settings();
    ServeOptions options =
        new ServeOptions(
            address.host(),
            address.port(),
            dev,
            tokenLimits(settings),
            drain(),
            given("--scrub-interval", scrubInterval, Durations::parse)
                .orElseGet(settings::scrubInterval),
            given("--gc-interval", gcInterval, Durations::parse).orElseGet(settings::gcInterval),
            given("--gc-grace", gcGrace, Durations::parseOrZero).orElseGet(settings::gcGrace));
    try (RunningServer server = invocation().stores().serve(store, options)) {
      // Registered first: who reads the report may end the server at once.
      try (Endings.Registration _ = invocation().endings().drainOnSignal(server::close)) {
        report(new HostPort(address.host(), server.port()), store);
        server.awaitTermination();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted").initCause(e);
    }
    return ExitCode.OK;
  }

  private ServeOptions.TokenLimits tokenLimits(Settings settings) {
    return new ServeOptions.TokenLimits(
        limit(settings, tokenCallsPerSecond, Setting.LIMITS_TOKEN_CALLS_PER_SECOND),
        limit(settings, tokenConcurrentCalls, Setting.LIMITS_TOKEN_CONCURRENT_CALLS),
        limit(settings, tokenBytesPerSecond, Setting.LIMITS_TOKEN_BYTES_PER_SECOND),
        limit(settings, tokenSearchesPerSecond, Setting.LIMITS_TOKEN_SEARCHES_PER_SECOND));
  }

  private static long limit(Settings settings, Optional<String> given, Setting setting) {
    try {
      return given.map(Settings::limit).orElseGet(() -> settings.limit(setting));
    } catch (IllegalArgumentException _) {
      throw Usage.error("--" + setting.label() + ": not a whole number", "write 0 or 100");
    }
  }

  private Duration drain() {
    try {
      return Durations.parse(drain);
    } catch (IllegalArgumentException _) {
      throw Usage.error("--drain: '" + drain + "' is not a duration", "write 30s or 5m");
    }
  }

  private static Optional<Duration> given(
      String option, Optional<String> text, Function<String, Duration> form) {
    try {
      return text.map(form);
    } catch (IllegalArgumentException _) {
      throw Usage.error(option + ": not a duration", "write 12h or 30d");
    }
  }

  private HostPort address(Settings settings) {
    if (listen.isEmpty()) {
      return settings.listen();
    }
    try {
      return HostPort.parse(listen.get());
    } catch (IllegalArgumentException _) {
      throw Usage.error("--" + Setting.LISTEN.label() + ": not ADDRESS:PORT", "write 127.0.0.1:0");
    }
  }

  private void report(HostPort bound, LocalStore store) throws IOException {
    if (dev) {
      invocation().say("DEV MODE: every call is allowed without a token");
    }
    invocation().say("serving " + new StoreChoice.Local(store.dataDirectory()) + " on " + bound);
    output().object(Fields.of("listening", bound).with("port", bound.port()).with("dev", dev));
    invocation().flush();
  }
}
