package io.aifs.server.keys;

import static java.util.Objects.requireNonNull;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.RootKey;
import java.util.Map;

/** A root key, as {@link RootKey#secretText} gives it, in an environment variable. */
public final class RootKeyVariable implements RootKeySource {
  private final String name;
  private final Map<String, String> environment;

  /**
   * @param environment as {@link System#getenv()} gives it; read at {@link #load}
   */
  public RootKeyVariable(String name, Map<String, String> environment) {
    this.name = requireNonNull(name, "name is null");
    this.environment = requireNonNull(environment, "environment is null");
  }

  @Override
  public String place() {
    return "environment variable " + name;
  }

  @Override
  public RootKey load() {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new AifsException.Denied(
          Reason.ROOT_KEY_MISSING, "no root key: " + place() + " is not set", RESTORE_HINT);
    }
    return parse(value);
  }
}
