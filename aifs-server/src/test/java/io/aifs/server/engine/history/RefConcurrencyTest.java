package io.aifs.server.engine.history;

import static io.aifs.server.engine.history.HistoryFixture.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.AifsException;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.BranchMove;
import io.aifs.server.catalog.SnapshotNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Refs are linearizable: each move begins where the one before ended, and none is lost. */
class RefConcurrencyTest {
  private static final int THREADS = 32;
  private static final int STEPS = 12;
  private static final int BRANCHES = 4;

  @TempDir Path dir;

  /** What a caller was told: from where to where it moved a branch. */
  private record Told(Name branch, SnapshotId from, SnapshotId to) {}

  @Test
  void movesAndSnapshotsOfManyThreadsFormOneChainForEachBranch() {
    SeededTest.run(1, this::run);
  }

  private void run(SplittableRandom random) {
    try (HistoryFixture fixture = new HistoryFixture(dir)) {
      List<SnapshotId> targets = new ArrayList<>(List.of(fixture.head(MAIN)));
      for (int i = 0; i < 5; i++) {
        targets.add(fixture.commit(MAIN, "f" + i, "x" + i));
      }
      List<Name> branches = new ArrayList<>();
      for (int i = 0; i < BRANCHES; i++) {
        branches.add(fixture.start("b" + i, targets.get(i)));
      }
      List<Told> told = Collections.synchronizedList(new ArrayList<>());
      runAll(fixture, branches, targets, told, random);
      branches.forEach(branch -> assertOneChain(fixture, branch, told));
    }
  }

  private static void runAll(
      HistoryFixture fixture,
      List<Name> branches,
      List<SnapshotId> targets,
      List<Told> told,
      SplittableRandom random) {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom own = random.split();
        int thread = i;
        running.add(
            threads.submit(
                () -> {
                  for (int step = 0; step < STEPS; step++) {
                    step(fixture, branches, targets, told, own, thread + "-" + step);
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void step(
      HistoryFixture fixture,
      List<Name> branches,
      List<SnapshotId> targets,
      List<Told> told,
      SplittableRandom random,
      String tag) {
    Name branch = branches.get(random.nextInt(branches.size()));
    try {
      switch (random.nextInt(3)) {
        case 0 -> {
          fixture.put(branch, "p" + random.nextInt(20), tag);
          // Unchanged if another thread was faster.
          assertThat(fixture.resolve("snap:" + fixture.take(branch))).isNotNull();
        }
        case 1 -> {
          SnapshotId from = fixture.head(branch);
          SnapshotId to = targets.get(random.nextInt(targets.size()));
          if (!from.equals(to)) {
            fixture
                .history
                .refs()
                .move(fixture.space, branch, to, from, false, new Mover(tag), Optional.empty());
            told.add(new Told(branch, from, to));
          }
        }
        default ->
            fixture
                .history
                .refs()
                .set(
                    fixture.space,
                    branch,
                    targets.get(random.nextInt(targets.size())),
                    Optional.empty(),
                    new Mover(tag));
      }
    } catch (AifsException.Conflict | AifsException.Precondition _) {
      // another was faster, or left changes: both are answers
    }
  }

  private static void assertOneChain(HistoryFixture fixture, Name branch, List<Told> told) {
    List<BranchMove> moves =
        fixture.history.refs().history(fixture.space, branch, Optional.empty(), 100_000).reversed();
    Optional<SnapshotId> stood = Optional.empty();
    Map<Told, Integer> happened = new HashMap<>();
    Set<SnapshotId> seen = new HashSet<>();
    for (BranchMove move : moves) {
      assertThat(move.from()).isEqualTo(stood);
      stood = move.to();
      stood.ifPresent(seen::add);
      if (move.from().isPresent()) {
        happened.merge(
            new Told(branch, move.from().get(), move.to().orElseThrow()), 1, Integer::sum);
      }
    }
    assertThat(stood).contains(fixture.head(branch));
    for (Told one : told) {
      if (one.branch().equals(branch)) {
        assertThat(happened).containsKey(one);
        happened.merge(one, -1, Integer::sum);
      }
    }
    assertThat(happened.values()).allMatch(left -> left >= 0);
    Map<SnapshotId, SnapshotNode> nodes =
        fixture.catalog.read(reader -> reader.snapshots().nodes(fixture.space.number(), seen));
    assertThat(nodes.keySet()).isEqualTo(seen);
  }
}
