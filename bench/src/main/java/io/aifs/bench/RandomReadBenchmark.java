package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.AssetRange;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import io.aifs.client.RangeOutcome;
import io.aifs.client.ReadTarget;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * How many random reads of 4 KiB a second an embedded store gives to one thread, one to a call and
 * many to a call: of few assets, whose chunks the store keeps in memory, and of more than it keeps.
 *
 * <p>Arguments: MiB of content for the second (1,024), and seconds for each figure (10). The packs
 * stay in the page cache.
 */
public final class RandomReadBenchmark {
  private static final int ASSET_BYTES = 16 << 20;
  private static final int READ_BYTES = 4 << 10;
  private static final int CACHED_ASSETS = 2;
  private static final int[] RANGES_A_CALL = {64, 4_096};

  private final AifsClient client;
  private final long nanos;
  private final Random random = new Random(1);
  private final List<Digest> assets = new ArrayList<>();

  private RandomReadBenchmark(AifsClient client, int seconds) {
    this.client = client;
    this.nanos = seconds * 1_000_000_000L;
  }

  /** Runs in a new temporary directory, which is deleted at the end. */
  public static void main(String[] arguments) throws Exception {
    int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_024;
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    try (ScratchStore store = ScratchStore.open("aifs-random-read")) {
      new RandomReadBenchmark(store.client(), seconds).run(mebibytes);
    }
  }

  private void run(int mebibytes) throws IOException {
    byte[] content = new byte[ASSET_BYTES];
    for (long at = 0; at < (long) mebibytes << 20; at += ASSET_BYTES) {
      random.nextBytes(content);
      assets.add(client.assets().put(PutOptions.blob(), Content.of(content)).id());
    }
    List<Digest> few = assets.subList(0, Math.min(CACHED_ASSETS, assets.size()));
    measure("warm-up, discarded", assets);
    measure("kept in memory", few);
    measure("of " + mebibytes + " MiB", assets);
  }

  private void measure(String what, List<Digest> of) throws IOException {
    report(what + ", one to a call", perSecond(1, () -> readOne(range(of))));
    for (int count : RANGES_A_CALL) {
      List<AssetRange> ranges = new ArrayList<>(count);
      double reads =
          perSecond(
              count,
              () -> {
                ranges.clear();
                for (int i = 0; i < count; i++) {
                  ranges.add(range(of));
                }
                readMany(ranges);
              });
      report(what + ", " + count + " to a call", reads);
    }
  }

  /** Calls, each of so many reads. */
  private interface Call {
    void run() throws IOException;
  }

  private double perSecond(int readsOfCall, Call call) throws IOException {
    long start = System.nanoTime();
    long calls = 0;
    long took = 0;
    while (took < nanos) {
      call.run();
      calls++;
      took = System.nanoTime() - start;
    }
    return calls * (double) readsOfCall * 1e9 / took;
  }

  private AssetRange range(List<Digest> of) {
    long offset = random.nextInt(ASSET_BYTES / READ_BYTES) * (long) READ_BYTES;
    Digest asset = of.get(random.nextInt(of.size()));
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

  private static void report(String what, double reads) {
    System.out.printf("%-36s %,12.0f reads/s%n", what, reads);
  }
}
