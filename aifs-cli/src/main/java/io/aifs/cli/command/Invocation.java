package io.aifs.cli.command;

import io.aifs.cli.config.Setting;
import io.aifs.cli.config.Settings;
import io.aifs.cli.output.Output;
import io.aifs.cli.output.OutputMode;
import io.aifs.cli.place.Places;
import io.aifs.cli.progress.Progress;
import io.aifs.cli.progress.ProgressDisplay;
import io.aifs.cli.progress.ProgressLine;
import io.aifs.cli.progress.ProgressMode;
import io.aifs.cli.progress.Tally;
import io.aifs.cli.store.Stores;
import io.aifs.cli.terminal.Endings;
import io.aifs.cli.terminal.Surroundings;
import io.aifs.cli.transfer.TemporaryFiles;
import io.aifs.client.AifsClient;
import io.aifs.client.trust.KnownKeys;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of the command: everything that its parts share, made when first asked for. */
public final class Invocation implements AutoCloseable {
  private final Surroundings surroundings;
  private final Stores stores;
  private final TemporaryFiles temporaries;
  private final Endings endings;
  private final GlobalOptions options = new GlobalOptions();
  private @Nullable Settings settings;
  private @Nullable Output output;
  private @Nullable AifsClient client;

  public Invocation(
      Surroundings surroundings, Stores stores, TemporaryFiles temporaries, Endings endings) {
    this.surroundings = surroundings;
    this.stores = stores;
    this.temporaries = temporaries;
    this.endings = endings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  Stores stores() {
    return stores;
  }

  TemporaryFiles temporaries() {
    return temporaries;
  }

  Endings endings() {
    return endings;
  }

  GlobalOptions options() {
    return options;
  }

  Settings settings() throws IOException {
    if (settings == null) {
      Map<Setting, String> flags = options.flags();
      if (flags.containsKey(Setting.SERVER) && flags.containsKey(Setting.DATA)) {
        throw Usage.error("--server and --data name two stores", "give one of them");
      }
      settings = Settings.resolve(surroundings, flags);
    }
    return settings;
  }

  Output output() throws IOException {
    if (output == null) {
      output = new Output(settings().output(), surroundings.out());
    }
    return output;
  }

  /** Output in a form of the command's own, which it writes as lines. */
  Output ownOutput() {
    output = new Output(OutputMode.TABLE, surroundings.out());
    return output;
  }

  StoreAccess access() throws IOException {
    return new StoreAccess(surroundings, stores, settings());
  }

  /** A client of the chosen store; the same each time. */
  AifsClient client() throws IOException {
    if (client == null) {
      settings().ignoredData().ifPresent(this::say);
      if (options.verbose()) {
        say("using " + settings().store() + ", namespace " + settings().namespace());
      }
      long version = options.minVersion();
      client = access().open();
      client.versions().require(version);
    }
    return client;
  }

  /** What this user has pinned. */
  KnownKeys knownKeys() throws IOException {
    return access().knownKeys();
  }

  Places places() throws IOException {
    return new Places(client());
  }

  /** A line for people on standard error, unless they want it quiet. */
  void say(String line) {
    if (!options.quiet()) {
      surroundings.err().println("aifs: " + line);
    }
  }

  /** Progress of a transfer; begins to draw at once. */
  ProgressDisplay progress(Tally tally, boolean showsStored) throws IOException {
    return progress(new ProgressLine(tally, showsStored));
  }

  /** Progress in the mode that the user chose; begins to draw at once. */
  ProgressDisplay progress(Progress progress) throws IOException {
    ProgressMode mode =
        options.quiet()
            ? ProgressMode.NONE
            : settings().progress().on(surroundings.properties().errIsTerminal());
    ProgressDisplay display =
        new ProgressDisplay(
            surroundings.err(),
            mode,
            surroundings.properties().columns(),
            surroundings.nanoTime(),
            progress);
    display.start();
    return display;
  }

  /** Sees that everything printed has arrived. */
  void flush() throws IOException {
    if (output != null) {
      output.flush();
    }
  }

  @Override
  public void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }
}
