package io.aifs.server.engine;

import io.aifs.crypto.Digest;
import io.aifs.server.model.PutTally;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a batched put did.
 *
 * @param ids in the order of the request; empty for links and directories
 * @param born assets that were not there before
 * @param problems why the contents of some assets are not what their kinds demand
 */
public record FilesResult(
    List<Optional<Digest>> ids,
    Set<Digest> born,
    Map<Digest, String> problems,
    PutTally tally,
    long version) {
  public FilesResult {
    problems = Map.copyOf(problems);
    ids = List.copyOf(ids);
    born = Set.copyOf(born);
  }
}
