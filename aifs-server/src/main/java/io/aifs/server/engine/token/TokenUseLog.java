package io.aifs.server.engine.token;

import io.aifs.core.AifsException;
import io.aifs.server.auth.TokenUse;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.CatalogReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Notes in the catalog when tokens were used last: never on the path of a call. Thread-safe. */
public final class TokenUseLog {
  /** What is noted is at most this much older than what is known. */
  public static final Duration PRECISION = Duration.ofMinutes(1);

  private static final System.Logger LOG = System.getLogger(TokenUseLog.class.getName());

  private final Catalog catalog;
  private final TokenUse use;

  public TokenUseLog(Catalog catalog, TokenUse use) {
    this.catalog = catalog;
    this.use = use;
  }

  /**
   * Writes what is worth it, in one transaction; writes nothing if a minute has not passed since
   * what is there. That it cannot be written stops nobody: the next time may do.
   */
  public void write() {
    try {
      Map<String, Instant> late = catalog.read(this::late);
      if (!late.isEmpty()) {
        var _ =
            catalog.write(
                writer -> {
                  late.forEach(writer.tokens()::used);
                  return late;
                });
      }
    } catch (AifsException e) {
      LOG.log(System.Logger.Level.WARNING, "last uses of tokens were not noted: " + e.getMessage());
    }
  }

  private Map<String, Instant> late(CatalogReader reader) {
    Map<String, Instant> late = new TreeMap<>();
    use.all()
        .forEach(
            (family, at) -> {
              Optional<Instant> noted = reader.tokens().lastUse(family);
              if (noted.isEmpty() || !at.isBefore(noted.get().plus(PRECISION))) {
                late.put(family, at);
              }
            });
    return late;
  }
}
