package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

/** One token and all that are attenuated from it, or all of a family. */
public record RevokedName(Kind kind, String name) {
  /** What a name is that of. */
  public enum Kind {
    TOKEN,
    FAMILY
  }

  public RevokedName {
    requireNonNull(kind, "kind is null");
    requireNonNull(name, "name is null");
  }
}
