package io.aifs.server.engine.transaction;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.engine.FilePut;
import io.aifs.server.engine.FilesService;
import io.aifs.server.engine.StoredPut;
import io.aifs.server.model.LivePack;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores the contents that steps come with. Thread-safe. */
public final class StepStorage {
  private final FilesService files;

  public StepStorage(FilesService files) {
    this.files = files;
  }

  /**
   * Makes contents durable. The caller holds a pin.
   *
   * @param readsAll whether whoever orders it may read all of the namespace
   */
  StoredSteps store(NamespaceRow namespace, List<StepOrder> orders, boolean readsAll) {
    if (orders.isEmpty() || orders.size() > Limits.BATCH_ENTRIES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.LIMIT_EXCEEDED,
          "steps",
          "a call takes 1 to " + Limits.BATCH_ENTRIES_MAX + " steps: " + orders.size(),
          "split it");
    }
    List<StagedStep> steps = new ArrayList<>();
    List<List<Optional<Digest>>> ids = new ArrayList<>();
    List<LivePack> packs = new ArrayList<>();
    List<Runnable> whenRecorded = new ArrayList<>();
    long vectors = 0;
    for (StepOrder order : orders) {
      switch (order) {
        case StepOrder.PutFiles(Name branch, List<FilePut> puts) -> {
          StoredPut stored = files.store(namespace, branch, puts, readsAll);
          vectors += stored.put().vectors();
          FilesService.requireFewVectors(vectors);
          steps.add(new StagedStep.Put(stored.put()));
          ids.add(stored.ids());
          packs.addAll(stored.packs());
          whenRecorded.add(stored.recorded());
        }
        case StepOrder.Ready(StagedStep step) -> {
          steps.add(step);
          ids.add(List.of());
        }
      }
    }
    return new StoredSteps(steps, ids, packs, whenRecorded);
  }
}
