package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.AssetRange;
import io.aifs.client.RangeOutcome;
import io.aifs.client.ReadTarget;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** One thread that reads 4 KiB at random places, one or many to a call, for a given time. */
final class RandomReads implements Runnable {
  private static final int READ_BYTES = 4 << 10;

  private final AifsClient client;
  private final List<Digest> assets;
  private final int assetBytes;
  private final int rangesOfCall;
  private final long nanos;
  private final SplittableRandom random;
  private final Latencies calls = new Latencies();

  RandomReads(
      AifsClient client,
      List<Digest> assets,
      int assetBytes,
      int rangesOfCall,
      long nanos,
      long seed) {
    this.client = client;
    this.assets = assets;
    this.assetBytes = assetBytes;
    this.rangesOfCall = rangesOfCall;
    this.nanos = nanos;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void run() {
    long start = System.nanoTime();
    long before = start;
    try {
      while (before - start < nanos) {
        call();
        long now = System.nanoTime();
        calls.add(now - before);
        before = now;
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void call() throws IOException {
    if (rangesOfCall == 1) {
      readOne(range());
    } else {
      List<AssetRange> ranges = new ArrayList<>(rangesOfCall);
      for (int i = 0; i < rangesOfCall; i++) {
        ranges.add(range());
      }
      readMany(ranges);
    }
  }

  private AssetRange range() {
    long offset = random.nextInt(assetBytes / READ_BYTES) * (long) READ_BYTES;
    Digest asset = assets.get(random.nextInt(assets.size()));
    return new AssetRange(asset, offset, Optional.of((long) READ_BYTES));
  }

  private void readOne(AssetRange range) throws IOException {
    ReadTarget target = new ReadTarget.ById(range.asset());
    try (InputStream in = client.assets().read(target, range.offset(), range.length())) {
      requireWhole(in.readAllBytes());
    }
  }

  private void readMany(List<AssetRange> ranges) throws IOException {
    client
        .assets()
        .readAll(
            ranges,
            (_, outcome) -> {
              switch (outcome) {
                case RangeOutcome.Read(byte[] bytes) -> requireWhole(bytes);
                case RangeOutcome.Failed failed -> throw failed.why();
              }
            });
  }

  private static void requireWhole(byte[] bytes) {
    if (bytes.length != READ_BYTES) {
      throw new IllegalStateException("a read gave " + bytes.length + " bytes");
    }
  }

  /** To be asked when it has ended. */
  Latencies calls() {
    return calls;
  }
}
