package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.History;
import io.aifs.client.Refs;
import io.aifs.client.SnapshotOptions;
import io.aifs.core.address.Ref;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many branches a store moves in a second: callers with a branch each, over the whole way of a
 * call inside one process, each move durable and in the journal. Arguments: callers (32 if absent)
 * and moves for each (500).
 */
public final class RefBenchmark {
  private static final int WARM_UP = 20;

  private final AifsClient client;
  private final int callers;
  private final int moves;
  private final List<SnapshotId> targets = new ArrayList<>();

  private RefBenchmark(AifsClient client, int callers, int moves) {
    this.client = client;
    this.callers = callers;
    this.moves = moves;
  }

  /** Prints the rate. */
  public static void main(String[] arguments) throws Exception {
    int callers = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 32;
    int moves = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
    try (ScratchStore store = ScratchStore.open("aifs-refs")) {
      new RefBenchmark(store.client(), callers, moves).run();
    }
  }

  private void run() throws IOException, InterruptedException, ExecutionException {
    History history = client.history();
    SnapshotOptions anyway = new SnapshotOptions("", "", Map.of(), Optional.empty(), true);
    for (int i = 0; i < 2; i++) {
      targets.add(history.take(Name.MAIN_BRANCH, anyway).snapshot().id());
    }
    for (int caller = 0; caller < callers; caller++) {
      client.refs().startBranch(name(caller), snapshot(0), Map.of(), "");
    }
    double unused = measure(WARM_UP);
    double rate = measure(moves);
    System.out.printf(
        "%d callers with a branch each: %,.0f moves a second (%.0f when cold)%n",
        callers, rate, unused);
  }

  /** Moves a second. */
  private double measure(int each) throws InterruptedException, ExecutionException {
    try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
      List<Future<?>> running = new ArrayList<>();
      long start = System.nanoTime();
      for (int caller = 0; caller < callers; caller++) {
        Name branch = name(caller);
        running.add(threads.submit(() -> move(branch, each)));
      }
      for (Future<?> one : running) {
        one.get();
      }
      return callers * (double) each / ((System.nanoTime() - start) / 1e9);
    }
  }

  private void move(Name branch, int times) {
    Refs refs = client.refs();
    for (int i = 0; i < times; i++) {
      int to = (i + 1) % targets.size();
      SnapshotId from = targets.get(i % targets.size());
      refs.moveBranch(branch, snapshot(to), from, false, "");
    }
  }

  private Ref snapshot(int index) {
    return new Ref.Snapshot(targets.get(index));
  }

  private static Name name(int caller) {
    return new Name("branch-" + caller);
  }
}
