package io.aifs.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.FilePut;
import io.aifs.client.History;
import io.aifs.client.MergeOptions;
import io.aifs.client.SnapshotOptions;
import io.aifs.core.AifsException;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.tests.harness.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that each put into a branch of their own, pin it, merge it into {@code main} and tag what
 * they have, until the server is killed after some call. Knows what was acknowledged.
 */
final class HistoryStorm {
  private static final int THREADS = 3;
  private static final int CALLS_MAX = 60;
  private static final SnapshotOptions PLAIN =
      new SnapshotOptions("storm", "", Map.of(), Optional.empty(), false);

  /** The paths that each acknowledged snapshot holds. */
  private final Map<SnapshotId, Set<TreePath>> pinned = new ConcurrentHashMap<>();

  private final Map<Name, SnapshotId> tags = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();

  /** Goes on from what is there; {@code server} is dead afterwards. */
  void runUntilKilled(SplittableRandom random, ServerProcess server) throws InterruptedException {
    AtomicInteger calls = new AtomicInteger(random.nextInt(1, CALLS_MAX));
    CountDownLatch due = new CountDownLatch(1);
    Thread killer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    due.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  server.kill();
                });
    List<Thread> threads = new ArrayList<>();
    try (AifsClient client =
        AifsClients.connect(server.clientOptions().withRetries(Retries.NONE))) {
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom choices = random.split();
        threads.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      try {
                        Name branch = new Name("branch-" + names.incrementAndGet());
                        client.refs().startBranch(branch, Ref.MAIN, Map.of(), "");
                        while (server.isAlive()) {
                          if (calls.decrementAndGet() == 0) {
                            due.countDown();
                          }
                          step(client, branch, choices);
                        }
                      } catch (AifsException e) {
                        // the server is gone: what this call was about may be done or not
                      } finally {
                        due.countDown();
                      }
                    }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    killer.join();
  }

  private void step(AifsClient client, Name branch, SplittableRandom choices) {
    History history = client.history();
    switch (choices.nextInt(5)) {
      case 0, 1, 2 -> {
        putSome(client, branch, choices);
        History.Taken taken = history.take(branch, PLAIN);
        // Nobody else changes this branch: what it holds is what the snapshot does.
        pinned.put(taken.snapshot().id(), paths(client, new Ref.Named(branch)));
      }
      case 3 -> {
        try {
          var _ = history.merge(Name.MAIN_BRANCH, new Ref.Named(branch), MergeOptions.PLAIN);
        } catch (AifsException.Conflict e) {
          // another thread was faster: this one goes on with its own branch
        }
      }
      default -> {
        Name tag = new Name("tag-" + names.incrementAndGet());
        SnapshotId at = history.describe(new Ref.Named(branch)).id();
        client.refs().makeTag(tag, new Ref.Snapshot(at), Map.of());
        tags.put(tag, at);
      }
    }
  }

  private void putSome(AifsClient client, Name branch, SplittableRandom choices) {
    List<FilePut> files = new ArrayList<>();
    for (int i = choices.nextInt(1, 9); i > 0; i--) {
      TreePath path = new TreePath("d" + choices.nextInt(5) + "/f" + names.incrementAndGet());
      byte[] bytes = ("content " + choices.nextInt(1_000)).getBytes(StandardCharsets.UTF_8);
      files.add(new FilePut(path, new FilePut.What.Data(bytes), FileAttributes.PLAIN_FILE));
    }
    client.tree().putFiles(branch, files);
  }

  /** Every snapshot that was acknowledged verifies and holds what it did; every tag is there. */
  void requireIn(AifsClient client) {
    pinned.forEach(
        (id, paths) -> {
          assertThat(client.history().check(new Ref.Snapshot(id), Optional.empty()).problems())
              .as("problems of snapshot %s", id)
              .isEmpty();
          assertThat(paths(client, new Ref.Snapshot(id))).as("snapshot %s", id).isEqualTo(paths);
        });
    tags.forEach(
        (tag, id) ->
            assertThat(client.history().describe(new Ref.Named(tag)).id())
                .as("%s", tag)
                .isEqualTo(id));
  }

  /** How many snapshots were acknowledged. */
  int size() {
    return pinned.size();
  }

  private static Set<TreePath> paths(AifsClient client, Ref ref) {
    Set<TreePath> paths = new TreeSet<>();
    Optional<String> token = Optional.empty();
    do {
      var page = client.tree().list(ref, TreePath.ROOT, true, 0, token);
      page.paths().forEach(info -> paths.add(info.path()));
      token = page.nextPageToken();
    } while (token.isPresent());
    return paths;
  }
}
