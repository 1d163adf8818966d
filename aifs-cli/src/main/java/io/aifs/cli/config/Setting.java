package io.aifs.cli.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be set, under the same name everywhere: {@code --token-file}, {@code AIFS_TOKEN_FILE},
 * {@code token_file = ...} in the configuration file.
 */
public enum Setting {
  SERVER("", "server to talk to, HOST:PORT"),
  DATA("", "data directory of the store on this machine"),
  NAMESPACE("default", "namespace that short addresses speak of"),
  OUTPUT("table", "table, json or jsonl"),
  PROGRESS("auto", "auto, bar, plain or none"),
  TOKEN_FILE("", "file that holds the token to send"),
  TIMEOUT("60s", "how long a call may take, and a transfer may stand still"),
  JOBS("", "files worked on at once"),
  PROFILE("", "section of the configuration file to use"),
  ROOT_KEY("file", "where the root key is: file, file:PATH, env:NAME, passphrase"),
  LISTEN("127.0.0.1:50051", "where 'aifs serve' listens, ADDRESS:PORT"),
  SCRUB_INTERVAL("30d", "in what time 'aifs serve' reads every asset back once"),
  GC_GRACE("24h", "how long what gc condemned can be brought back"),
  GC_INTERVAL("24h", "how often 'aifs serve' collects what nothing needs"),
  LIMITS_TOKEN_CALLS_PER_SECOND("0", "calls a token may make a second at 'aifs serve'; 0: any"),
  LIMITS_TOKEN_CONCURRENT_CALLS("4096", "calls a token may have under way; 0: any"),
  LIMITS_TOKEN_BYTES_PER_SECOND("0", "bytes a token may send and get a second; 0: any"),
  LIMITS_TOKEN_SEARCHES_PER_SECOND("0", "queries a token may search by a second; 0: any");

  private static final List<Setting> IN_PROFILES = List.of(SERVER, DATA, NAMESPACE, TOKEN_FILE);

  private final String builtIn;
  private final String description;

  Setting(String builtIn, String description) {
    this.builtIn = builtIn;
    this.description = description;
  }

  /** The setting of this name, spelled with {@code -} or {@code _}. */
  public static Optional<Setting> named(String name) {
    return Arrays.stream(values())
        .filter(setting -> setting.label().equals(name.replace('_', '-')))
        .findFirst();
  }

  /** The name as in {@code --name}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String variable() {
    return "AIFS_" + name();
  }

  /** The key in the configuration file. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value when nothing else says one; empty when it depends on the machine. */
  public String builtIn() {
    return builtIn;
  }

  public String description() {
    return description;
  }

  /** Whether a profile may hold it. */
  public boolean inProfiles() {
    return IN_PROFILES.contains(this);
  }
}
