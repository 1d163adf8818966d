package io.aifs.cli.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What creating a store did or would do.
 *
 * @param rootKeyFile where the root key is; empty if it is not in a file
 * @param created false if the store was there already
 */
public record InitReport(
    String storeId,
    List<String> log,
    Optional<Path> rootKeyFile,
    Path adminTokenFile,
    boolean created) {
  public InitReport {
    log = List.copyOf(log);
  }
}
