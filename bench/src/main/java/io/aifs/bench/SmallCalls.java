package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.ReadTarget;
import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One of many clients: puts and gets blobs of 1 to 4 KiB as fast as they are answered, until it is
 * told to end. What it gets it has put before, and compares.
 */
final class SmallCalls implements Runnable {
  private static final int BYTES_MIN = 1 << 10;
  private static final int BYTES_MAX = 4 << 10;
  private static final double GETS = 0.6;
  private static final int REMEMBERED = 1_000;

  private final AifsClient client;
  private final SplittableRandom random;
  private final List<Stored> stored = new ArrayList<>();
  private final Latencies puts = new Latencies();
  private final Latencies gets = new Latencies();
  private long failures;
  private String lastFailure = "";
  private volatile boolean counting;
  private volatile boolean ended;

  /** What was put: its content follows from the seed. */
  private record Stored(Digest id, long seed) {}

  SmallCalls(AifsClient client, long seed) {
    this.client = client;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void run() {
    while (!ended) {
      boolean get = !stored.isEmpty() && random.nextDouble() < GETS;
      long start = System.nanoTime();
      try {
        if (get) {
          get(stored.get(random.nextInt(stored.size())));
        } else {
          put();
        }
        if (counting) {
          (get ? gets : puts).add(System.nanoTime() - start);
        }
      } catch (AifsException | IOException e) {
        failures++;
        lastFailure = e.toString();
      }
    }
  }

  private void put() {
    long seed = random.nextLong();
    Digest id = client.assets().put(PutOptions.blob(), Content.of(content(seed))).id();
    Stored put = new Stored(id, seed);
    if (stored.size() < REMEMBERED) {
      stored.add(put);
    } else {
      stored.set(random.nextInt(REMEMBERED), put);
    }
  }

  private void get(Stored put) throws IOException {
    try (InputStream in = client.assets().read(new ReadTarget.ById(put.id), 0, Optional.empty())) {
      if (!Arrays.equals(in.readAllBytes(), content(put.seed))) {
        throw new IOException("the content of " + put.id + " is not what was put");
      }
    }
  }

  private static byte[] content(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] bytes = new byte[random.nextInt(BYTES_MIN, BYTES_MAX + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** From now on calls are counted; failures always are. */
  void count() {
    counting = true;
  }

  void end() {
    ended = true;
  }

  /** To be asked when it has ended. */
  Latencies puts() {
    return puts;
  }

  /** To be asked when it has ended. */
  Latencies gets() {
    return gets;
  }

  /** To be asked when it has ended. */
  long failures() {
    return failures;
  }

  /** What the last failure said; empty if there was none. To be asked when it has ended. */
  String lastFailure() {
    return lastFailure;
  }
}
