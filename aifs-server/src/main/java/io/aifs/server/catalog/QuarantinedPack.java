package io.aifs.server.catalog;

import static java.util.Objects.requireNonNull;

import io.aifs.server.model.PackId;
import java.time.Instant;

/**
 * A pack in which damaged records are known.
 *
 * @param records how many of them
 * @param since when the first was met
 */
public record QuarantinedPack(PackId pack, long records, Instant since) {
  public QuarantinedPack {
    requireNonNull(pack, "pack is null");
    requireNonNull(since, "since is null");
  }
}
