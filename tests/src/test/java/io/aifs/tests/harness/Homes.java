package io.aifs.tests.harness;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The directories of one imagined user, all below one temporary directory, so that nothing of the
 * real user is read or written.
 */
public record Homes(Path root) {
  public Path data() {
    return root.resolve("data");
  }

  public Path config() {
    return root.resolve("config");
  }

  public Path state() {
    return root.resolve("state");
  }

  /** The whole environment of a command. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("HOME", root.resolve("home").toString());
    environment.put("XDG_CONFIG_HOME", config().toString());
    environment.put("XDG_STATE_HOME", state().toString());
    environment.put("XDG_DATA_HOME", root.resolve("share").toString());
    environment.put("XDG_CACHE_HOME", root.resolve("cache").toString());
    environment.put("XDG_RUNTIME_DIR", root.resolve("run").toString());
    environment.put("AIFS_DATA", data().toString());
    return environment;
  }
}
