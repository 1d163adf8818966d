package io.aifs.server.engine.transaction;

import io.aifs.crypto.Digest;
import io.aifs.server.catalog.StagedTransaction;
import java.util.List;
import java.util.Optional;

/**
 * What staging did.
 *
 * @param transaction as it is then
 * @param ids for each step the asset of each of its files; empty for links and directories
 */
public record StageResult(StagedTransaction transaction, List<List<Optional<Digest>>> ids) {
  public StageResult {
    ids = List.copyOf(ids);
  }
}
