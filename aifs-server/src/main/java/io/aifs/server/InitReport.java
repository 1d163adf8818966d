package io.aifs.server;

import java.nio.file.Path;
import java.util.List;

/**
 * What initialising a store did, or would do.
 *
 * @param created false if the store was there already, or this was a dry run
 * @param log a sentence for each step
 */
public record InitReport(
    String storeId, boolean created, List<String> log, Path rootKeyFile, Path adminTokenFile) {
  public InitReport {
    log = List.copyOf(log);
  }
}
