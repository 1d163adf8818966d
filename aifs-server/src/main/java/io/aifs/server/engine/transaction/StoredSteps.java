package io.aifs.server.engine.transaction;

import io.aifs.crypto.Digest;
import io.aifs.server.model.LivePack;
import java.util.List;
import java.util.Optional;

/**
 * Steps whose contents are stored.
 *
 * @param ids for each step the asset of each of its files; empty for links and directories
 * @param packs to be recorded by the write that stages or does the steps
 * @param whenRecorded to be run when it has
 */
record StoredSteps(
    List<StagedStep> steps,
    List<List<Optional<Digest>>> ids,
    List<LivePack> packs,
    List<Runnable> whenRecorded) {
  StoredSteps {
    steps = List.copyOf(steps);
    ids = List.copyOf(ids);
    packs = List.copyOf(packs);
    whenRecorded = List.copyOf(whenRecorded);
  }

  void recorded() {
    whenRecorded.forEach(Runnable::run);
  }
}
