package io.aifs.cli.config;

import java.nio.file.Path;

/** Which store a command speaks to. */
public sealed interface StoreChoice {
  /** A server. */
  record Remote(HostPort server) implements StoreChoice {
    @Override
    public String toString() {
      return "server " + server;
    }
  }

  /** A data directory of this machine. */
  record Local(Path dataDirectory) implements StoreChoice {
    @Override
    public String toString() {
      return "data directory " + dataDirectory;
    }
  }
}
