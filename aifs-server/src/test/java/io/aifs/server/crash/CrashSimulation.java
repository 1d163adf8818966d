package io.aifs.server.crash;

import io.aifs.server.SimulatedStore;
import io.aifs.server.engine.CollectionListener;
import io.aifs.server.engine.CollectionReport;
import io.aifs.server.engine.CollectionService;
import io.aifs.server.engine.CollectionStep;
import io.aifs.server.file.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * One seed: a store that is used, stopped, started and cut off from power, over and over, and after
 * each start compared with a model. The same seed does the same again.
 */
final class CrashSimulation {
  private static final int STARTS = 3;
  private static final int OPERATIONS_MAX = 26;
  private static final int STEPS_MAX = 130;

  /** A file is an orphan if an earlier collection saw it, and few dead records may wait for one. */
  private static final int COLLECTIONS_AT_THE_END = 4;

  private final Random random;
  private final Timeline timeline;
  private final Machine machine;
  private final Workload workload;

  /** What the store may hold, one of these: two after a cut in the midst of a write. */
  private List<Model> candidates = List.of(new Model());

  private List<Operation> doubtful = List.of();

  /** Whether a start has come to its end: from then on the catalog can be rebuilt. */
  private boolean everRan;

  CrashSimulation(
      long seed,
      SimulatedStore.Identity identity,
      Path catalogFile,
      Clock clock,
      boolean tracing,
      Supplier<Plant> plants) {
    this.random = new Random(seed);
    this.timeline = new Timeline(tracing);
    this.machine =
        new Machine(identity, catalogFile, timeline, new Random(random.nextLong()), clock, plants);
    this.workload = new Workload(new Random(random.nextLong()));
  }

  /** What happened, a line for each step. */
  List<String> trace() {
    return timeline.trace();
  }

  /**
   * @throws SimulationFailure if the store broke a promise
   */
  void run() throws IOException {
    try {
      for (int start = 0; start < STARTS; start++) {
        if (everRan && random.nextInt(5) == 0) {
          machine.rebuildCatalog();
        }
        if (random.nextInt(5) > 0) {
          timeline.cutIn(1 + random.nextInt(STEPS_MAX));
        }
        use();
        timeline.cutNever();
      }
      finish();
    } finally {
      workload.forgetUploads();
      machine.discard();
    }
  }

  /** From a start to a stop, a power cut, or a power cut during either. */
  private void use() throws IOException {
    if (survives(this::startAndCompare)) {
      int operations = random.nextInt(OPERATIONS_MAX);
      for (int i = 0; i < operations; i++) {
        boolean runs = random.nextInt(8) == 0 ? collect() : perform(workload.next(model()));
        if (!runs) {
          return;
        }
      }
      workload.forgetUploads();
      survives(machine::stop);
    }
  }

  private Model model() {
    return candidates.getFirst();
  }

  private void startAndCompare() throws IOException {
    machine.start();
    everRan = true;
    Comparison comparison = new Comparison(machine.engine());
    adopt(comparison);
    for (Operation retried : doubtful) {
      doubtful = List.of();
      if (random.nextBoolean() && !retry(retried)) {
        return;
      }
    }
    comparison.requireContent(model());
    if (random.nextInt(8) == 0) {
      comparison.requireSound();
    }
  }

  /** Finds which of the candidates the store holds: that is the truth from now on. */
  private void adopt(Comparison comparison) {
    StringBuilder differences = new StringBuilder();
    for (Model candidate : candidates) {
      var difference = comparison.difference(candidate);
      if (difference.isEmpty()) {
        candidates = List.of(candidate);
        return;
      }
      differences.append("\n  ").append(difference.get());
    }
    throw new SimulationFailure("the store holds none of what it may hold:" + differences);
  }

  /** Does it again with the same request id: then it must be done, whether it was or not. */
  private boolean retry(Operation operation) throws IOException {
    Model before = model();
    Model after = before.copy();
    operation.effect().accept(after);
    timeline.note(() -> "-- retry: " + operation.what());
    candidates = List.of(before, after);
    operation.retry().accept(machine.engine());
    if (timeline.hasPower()) { // else nobody had the reply
      candidates = List.of(after);
    }
    return timeline.hasPower();
  }

  /** Returns whether the store still runs. */
  private boolean perform(Operation operation) throws IOException {
    return survives(() -> act(operation));
  }

  /** Does an operation; with the power gone, it stays in doubt. */
  private void act(Operation operation) throws IOException {
    Model before = model();
    Model after = before.copy();
    operation.effect().accept(after);
    timeline.note(() -> "-- " + operation.what());
    candidates = List.of(before, after);
    doubtful = List.of(operation);
    operation.act().accept(machine.engine());
    if (timeline.hasPower()) {
      candidates = List.of(after);
      doubtful = List.of();
      workload.acknowledged(operation);
    }
  }

  /** Collects, or undoes that, with other operations at its steps; whether the store still runs. */
  private boolean collect() throws IOException {
    CollectionService collections = machine.engine().collections();
    if (random.nextInt(5) == 0) {
      timeline.note(() -> "-- undo collection");
      return survives(collections::undo);
    }
    Duration grace = random.nextBoolean() ? Duration.ZERO : Duration.ofDays(1);
    timeline.note(() -> "-- collect, grace " + grace);
    return survives(() -> collections.run(grace, Duration.ZERO, this::amidCollection));
  }

  private void amidCollection(CollectionStep step, CollectionReport soFar) {
    timeline.note(() -> "   collection: " + step);
    if (timeline.hasPower() && random.nextInt(3) == 0) {
      try {
        act(workload.next(model()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Nothing dead is left for ever: some collections find all of it. */
  private void requireCollected() {
    CollectionService collections = machine.engine().collections();
    for (int i = 0; i < COLLECTIONS_AT_THE_END; i++) {
      var _ = collections.run(Duration.ZERO, Duration.ZERO, CollectionListener.NONE);
    }
    CollectionReport left = collections.plan(CollectionListener.NONE);
    if (left.condemnedRecords() > 0 || left.pendingBytes() > 0 || left.orphans() > 0) {
      throw new SimulationFailure("what nothing needs is not given back: " + left);
    }
  }

  private interface Work {
    void run() throws IOException;
  }

  /** Does the work; recovers and returns false if the power goes off meanwhile. */
  private boolean survives(Work work) throws IOException {
    try {
      work.run();
    } catch (IOException | RuntimeException e) {
      requireCut(e);
    }
    if (timeline.hasPower()) {
      return true;
    }
    workload.forgetUploads();
    machine.recover();
    return false;
  }

  private void requireCut(Exception failure) {
    if (timeline.hasPower()) {
      throw failure instanceof SimulationFailure broken
          ? broken
          : new SimulationFailure("the store failed without a reason", failure);
    }
  }

  /** At the end everything is read, by a store that was not running. */
  private void finish() throws IOException {
    timeline.note(() -> "-- the end");
    startAndCompare();
    Comparison comparison = new Comparison(machine.engine());
    comparison.requireContent(model());
    comparison.requireSound();
    requireCollected();
    comparison.requireContent(model());
    comparison.requireSound();
    machine.stop();
  }
}
