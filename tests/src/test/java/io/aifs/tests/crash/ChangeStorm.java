package io.aifs.tests.crash;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.PutOptions;
import io.aifs.core.AifsException;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts, batches, deletes, moves and removals from several threads, each on things of its own, until
 * the server is killed: by a thread that wakes when a certain call begins, so that the kill comes
 * in the midst of it, of others, or shortly after.
 */
final class ChangeStorm {
  private static final int THREADS = 4;
  private static final int BYTES_MAX = 100_000;
  private static final int CALLS_MAX = 40;

  private final SplittableRandom random;
  private final ServerProcess server;
  private final AtomicInteger callsUntilKill;
  private final CountDownLatch due = new CountDownLatch(1);
  private boolean collecting;

  ChangeStorm(SplittableRandom random, ServerProcess server) {
    this.random = random;
    this.server = server;
    this.callsUntilKill = new AtomicInteger(random.nextInt(1, CALLS_MAX));
  }

  /** The content that belongs to a seed. */
  static byte[] content(long seed) {
    return new RandomStream(seed, 1 + Math.floorMod(seed, BYTES_MAX)).toBytes();
  }

  /**
   * Has one collection run after the other meanwhile; what they begin may be when the kill comes.
   */
  ChangeStorm collecting() {
    collecting = true;
    return this;
  }

  /** Goes on from what each of {@code parts} knows; they know what was acknowledged afterwards. */
  void runUntilKilled(List<KnownPart> parts) throws InterruptedException {
    Thread killer = Thread.ofVirtual().start(this::killWhenDue);
    List<Thread> threads = new ArrayList<>();
    try (AifsClient client =
        AifsClients.connect(server.clientOptions().withRetries(Retries.NONE))) {
      for (KnownPart part : parts) {
        SplittableRandom choices = random.split();
        threads.add(Thread.ofVirtual().start(() -> change(client, part, choices)));
      }
      if (collecting) {
        threads.add(Thread.ofVirtual().start(() -> collect(client)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    killer.join();
  }

  static List<KnownPart> parts() {
    List<KnownPart> parts = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      parts.add(new KnownPart("part-" + i));
    }
    return parts;
  }

  private void killWhenDue() {
    try {
      due.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.kill();
  }

  private void collect(AifsClient client) {
    try {
      while (server.isAlive()) {
        countCall();
        client.maintenance().collect(false, Duration.ZERO, _ -> countCall());
      }
    } catch (AifsException e) {
      // the server is gone, in the midst of a collection
    } finally {
      due.countDown();
    }
  }

  private void countCall() {
    if (callsUntilKill.decrementAndGet() == 0) {
      due.countDown();
    }
  }

  private void change(AifsClient client, KnownPart part, SplittableRandom choices) {
    try {
      while (server.isAlive()) {
        countCall();
        changeOnce(client, part, choices);
      }
    } catch (AifsException e) {
      // the server is gone: what this call was about may be done or not
    } finally {
      due.countDown(); // whoever stops, the server must be killed before the test goes on
    }
  }

  private static void changeOnce(AifsClient client, KnownPart part, SplittableRandom choices) {
    switch (choices.nextInt(6)) {
      case 0, 1 -> put(client, part, choices.nextLong());
      case 2, 3 -> putBatch(client, part, choices);
      case 4 -> {
        if (!part.assets().isEmpty()) {
          Digest asset = part.anyAsset(choices);
          part.unsure(asset);
          client.assets().delete(asset, true, "storm");
          part.deleted(asset);
        }
      }
      default -> {
        if (!part.paths().isEmpty()) {
          TreePath from = part.anyPath(choices);
          TreePath to = part.newPath();
          Digest asset = part.unsure(from, to);
          client.tree().move(Name.MAIN_BRANCH, from, to);
          part.moved(from, to, asset);
        }
      }
    }
  }

  private static void put(AifsClient client, KnownPart part, long seed) {
    byte[] bytes = content(seed);
    part.unsure(Digest.of(bytes), seed);
    client.assets().put(PutOptions.blob(), Content.of(bytes));
    part.stored(Digest.of(bytes), seed);
  }

  private static void putBatch(AifsClient client, KnownPart part, SplittableRandom choices) {
    Map<TreePath, Long> batch = new LinkedHashMap<>();
    List<FilePut> files = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      long seed = choices.nextLong() / BYTES_MAX * BYTES_MAX + choices.nextInt(2_000);
      TreePath path = part.newPath();
      batch.put(path, seed);
      byte[] bytes = content(seed);
      part.unsure(Digest.of(bytes), seed);
      part.unsure(path, Digest.of(bytes));
      files.add(new FilePut(path, new FilePut.What.Data(bytes), FileAttributes.PLAIN_FILE));
    }
    client.tree().putFiles(Name.MAIN_BRANCH, files);
    batch.forEach(
        (path, seed) -> {
          Digest asset = Digest.of(content(seed));
          part.stored(asset, seed);
          part.placed(path, asset);
        });
  }
}
