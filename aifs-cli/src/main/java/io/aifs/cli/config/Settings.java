package io.aifs.cli.config;

import io.aifs.cli.output.OutputMode;
import io.aifs.cli.progress.ProgressMode;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every setting's effective value and where it comes from. */
public final class Settings {
  /** A value as text, before anyone made sense of it. */
  public record Value(String text, Origin origin) {}

  private static final int JOBS_MAX = 256;

  private final Map<Setting, Value> values;
  private final Surroundings surroundings;
  private final Homes homes;

  private Settings(Map<Setting, Value> values, Surroundings surroundings, Homes homes) {
    this.values = values;
    this.surroundings = surroundings;
    this.homes = homes;
  }

  /**
   * Puts together what file, environment and flags say.
   *
   * @throws AifsException.InvalidRequest if the file is wrong or the profile is not in it
   */
  public static Settings resolve(Surroundings surroundings, Map<Setting, String> flags)
      throws IOException {
    Homes homes = Homes.of(surroundings);
    ConfigFile file = ConfigFile.read(homes.configFile());
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    for (Layer layer : new SettingLayers(surroundings, file, flags).lowestFirst()) {
      values.putAll(layer.values());
    }
    return new Settings(values, surroundings, homes);
  }

  /** The value, if there is one or a built-in one. */
  public Optional<Value> value(Setting setting) {
    Value value = values.get(setting);
    if (value != null) {
      return Optional.of(value);
    }
    String builtIn =
        switch (setting) {
          case JOBS -> Integer.toString(surroundings.cores());
          case DATA -> homes.dataDirectory().toString();
          default -> setting.builtIn();
        };
    return builtIn.isEmpty() ? Optional.empty() : Optional.of(new Value(builtIn, Origin.BUILT_IN));
  }

  private Value required(Setting setting) {
    return value(setting).orElseThrow(() -> new IllegalStateException(setting + " has no default"));
  }

  public Homes homes() {
    return homes;
  }

  public OutputMode output() {
    return read(Setting.OUTPUT, OutputMode::named, "write table, json or jsonl");
  }

  public ProgressMode progress() {
    return read(Setting.PROGRESS, ProgressMode::named, "write auto, bar, plain or none");
  }

  public Name namespace() {
    return read(Setting.NAMESPACE, Name::new, "names look like my-data.v2");
  }

  public Duration timeout() {
    return read(Setting.TIMEOUT, Durations::parse, "write 500ms, 30s, 5m or 1h");
  }

  /** How many files to work on at once. */
  public int jobs() {
    return read(Setting.JOBS, Settings::jobs, "write a number from 1 to " + JOBS_MAX);
  }

  private static int jobs(String text) {
    int jobs = Integer.parseInt(text);
    if (jobs < 1 || jobs > JOBS_MAX) {
      throw new IllegalArgumentException("out of range");
    }
    return jobs;
  }

  /** How long what a collection condemned can be brought back; may be zero. */
  public Duration gcGrace() {
    return read(Setting.GC_GRACE, Durations::parseOrZero, "write 0, 30m or 24h");
  }

  /** How long after a collection the server begins the next. */
  public Duration gcInterval() {
    return read(Setting.GC_INTERVAL, Durations::parse, "write 12h or 24h");
  }

  public HostPort listen() {
    return read(Setting.LISTEN, HostPort::parse, "write 127.0.0.1:50051");
  }

  /** In what time a server reads every asset back once. */
  public Duration scrubInterval() {
    return read(Setting.SCRUB_INTERVAL, Durations::parse, "write 12h or 30d");
  }

  /** How much is allowed by a setting that limits; 0 is no limit. */
  public long limit(Setting setting) {
    return read(setting, Settings::limit, "write 0 or a whole number, such as 100");
  }

  /**
   * @throws IllegalArgumentException if it is no whole number from 0 on
   */
  public static long limit(String text) {
    if (!text.matches("[0-9]{1,15}")) {
      throw new IllegalArgumentException("not a whole number: " + text);
    }
    return Long.parseLong(text);
  }

  public RootKeyChoice rootKey() {
    return read(
        Setting.ROOT_KEY,
        text -> RootKeyChoice.parse(text, surroundings::path),
        "write file, file:PATH, env:NAME, passphrase or passphrase:FILE");
  }

  public Optional<Path> tokenFile() {
    return value(Setting.TOKEN_FILE).map(value -> surroundings.path(value.text()));
  }

  /** The data directory, whether or not a server goes before it. */
  public Path dataDirectory() {
    return surroundings.path(required(Setting.DATA).text()).normalize();
  }

  /**
   * Which store: {@code --server}, else {@code AIFS_SERVER}, else {@code --data}, else {@code
   * AIFS_DATA}, else the file's server, else its data directory, else the default directory.
   */
  public StoreChoice store() {
    Optional<Value> server = value(Setting.SERVER);
    Value data = required(Setting.DATA);
    boolean remote =
        server
            .map(Value::origin)
            .map(Origin::rank)
            .map(rank -> rank.compareTo(Origin.Rank.FILE) > 0 || !isAboveFile(data))
            .orElse(false);
    return remote
        ? new StoreChoice.Remote(read(Setting.SERVER, HostPort::parse, "write HOST:PORT"))
        : new StoreChoice.Local(dataDirectory());
  }

  /** Says so when {@code --data} was given but does not count; empty otherwise. */
  public Optional<String> ignoredData() {
    Value data = required(Setting.DATA);
    return value(Setting.SERVER)
        .filter(_ -> data.origin().rank() == Origin.Rank.FLAG)
        .filter(_ -> store() instanceof StoreChoice.Remote)
        .map(
            server ->
                "%s goes before %s: talking to server %s"
                    .formatted(server.origin(), data.origin(), server.text()));
  }

  private static boolean isAboveFile(Value value) {
    return Comparator.<Origin.Rank>naturalOrder().compare(value.origin().rank(), Origin.Rank.FILE)
        > 0;
  }

  private <T> T read(Setting setting, Function<String, T> parser, String hint) {
    Value value = required(setting);
    try {
      return parser.apply(value.text());
    } catch (IllegalArgumentException _) {
      // The root key's value is not shown: someone may have put the key itself there.
      String shown = setting == Setting.ROOT_KEY ? "the value" : "'" + value.text() + "'";
      throw new AifsException.InvalidRequest(
          Reason.ARGUMENT_INVALID,
          setting.key(),
          "%s: %s is not a valid %s".formatted(value.origin(), shown, setting.label()),
          hint);
    }
  }

  /** All settings, in order, for showing. */
  public static List<Setting> all() {
    return Arrays.asList(Setting.values());
  }
}
