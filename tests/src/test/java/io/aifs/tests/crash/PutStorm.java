package io.aifs.tests.crash;

import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions.Retries;
import io.aifs.client.Content;
import io.aifs.client.FilePut;
import io.aifs.client.PutFilesOutcome;
import io.aifs.client.PutOptions;
import io.aifs.core.AifsException;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.tests.harness.RandomStream;
import io.aifs.tests.harness.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Puts of all sizes from several threads, during which the server is killed: when a certain number
 * of bytes has been read for sending, which may be in the midst of any of them, or anywhere after.
 */
final class PutStorm {
  private static final int THREADS = 4;
  private static final int BYTES_MAX = 400_000;
  private static final int KILL_AFTER_BYTES_MAX = 6_000_000;

  private final SplittableRandom random;
  private final ServerProcess server;
  private final AtomicLong bytesUntilKill;
  private final Map<Digest, Long> acknowledged = new ConcurrentHashMap<>();

  PutStorm(SplittableRandom random, ServerProcess server) {
    this.random = random;
    this.server = server;
    this.bytesUntilKill = new AtomicLong(random.nextLong(1, KILL_AFTER_BYTES_MAX));
  }

  /** The content that belongs to a seed. */
  static byte[] content(long seed) {
    return new RandomStream(seed, 1 + Math.floorMod(seed, BYTES_MAX)).toBytes();
  }

  /** Returns the ids of what was acknowledged, each with the seed of its content. */
  Map<Digest, Long> runUntilKilled() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    try (AifsClient client =
        AifsClients.connect(server.clientOptions().withRetries(Retries.NONE))) {
      for (int i = 0; i < THREADS; i++) {
        SplittableRandom seeds = random.split();
        threads.add(Thread.ofVirtual().start(() -> putUntilKilled(client, seeds)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    return acknowledged;
  }

  private void putUntilKilled(AifsClient client, SplittableRandom seeds) {
    try {
      while (server.isAlive()) {
        if (seeds.nextInt(3) == 0) {
          putBatch(client, seeds);
        } else {
          putOne(client, seeds.nextLong());
        }
      }
    } catch (AifsException e) {
      // the server is gone: whatever was not acknowledged may be there or not
    }
  }

  private void putOne(AifsClient client, long seed) {
    byte[] bytes = content(seed);
    Content counted =
        new Content() {
          @Override
          public InputStream open() {
            return new KillingStream(bytes);
          }

          @Override
          public boolean repeatable() {
            return true;
          }
        };
    acknowledged.put(client.assets().put(PutOptions.blob(), counted).id(), seed);
  }

  private void putBatch(AifsClient client, SplittableRandom seeds) {
    List<Long> batch = new ArrayList<>();
    List<FilePut> files = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      long seed = seeds.nextLong() / BYTES_MAX * BYTES_MAX + seeds.nextInt(2_000);
      byte[] bytes = content(seed);
      batch.add(seed);
      files.add(
          new FilePut(
              new TreePath("batch/" + seed),
              new FilePut.What.Data(bytes),
              FileAttributes.PLAIN_FILE));
      countDown(bytes.length);
    }
    PutFilesOutcome outcome = client.tree().putFiles(Name.MAIN_BRANCH, files);
    for (int i = 0; i < batch.size(); i++) {
      acknowledged.put(outcome.files().get(i).id().orElseThrow(), batch.get(i));
    }
  }

  private void countDown(long bytes) {
    long before = bytesUntilKill.getAndAdd(-bytes);
    if (before > 0 && before <= bytes) {
      server.kill();
    }
  }

  /** Kills the server when it gives the byte that is the limit. */
  private final class KillingStream extends ByteArrayInputStream {
    KillingStream(byte[] bytes) {
      super(bytes);
    }

    @Override
    public synchronized int read(byte[] buffer, int offset, int length) {
      int count = super.read(buffer, offset, Math.min(length, 20_000));
      if (count > 0) {
        countDown(count);
      }
      return count;
    }
  }
}
