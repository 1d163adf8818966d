package io.aifs.server.engine.transaction;

import io.aifs.crypto.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What steps did that were applied at once.
 *
 * @param ids for each step the asset of each of its files; empty for links and directories
 */
public record ApplyResult(TransactionService.Committed outcome, List<List<Optional<Digest>>> ids) {
  public ApplyResult {
    ids = List.copyOf(ids);
  }
}
