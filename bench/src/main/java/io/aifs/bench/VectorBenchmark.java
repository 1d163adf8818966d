package io.aifs.bench;

import io.aifs.vector.AssetKey;
import io.aifs.vector.AssetNumbers;
import io.aifs.vector.AssetSet;
import io.aifs.vector.AssetVectors;
import io.aifs.vector.Condition;
import io.aifs.vector.Facts;
import io.aifs.vector.Hit;
import io.aifs.vector.IndexSpec;
import io.aifs.vector.IndexStats;
import io.aifs.vector.LuceneVectorIndex;
import io.aifs.vector.Similarity;
import io.aifs.vector.VectorIndex;
import io.aifs.vector.VectorQuery;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Builds the vector index from inputs and searches it, in this process. Arguments: {@code words
 * FILE} or {@code clustered}, the most vectors, values of each, {@code float32} or {@code int8}, a
 * directory for what others are to read, then efforts. Prints lines that begin with what they are:
 * {@code build SECONDS}, {@code memory BYTES}, {@code effort EFFORT RECALL P50 P99}, {@code filter
 * PERCENT RECALL P50 P99}.
 */
public final class VectorBenchmark {
  private static final int K = 10;
  private static final int BATCH = 1_000;
  private static final int ROUNDS = 3;
  private static final int WARM_UP = 3;
  private static final double[] PERCENT = {50, 5, 0.5, 0.01};

  private final VectorInputs inputs;
  private final VectorIndex index;
  private final AssetNumbers numbers;

  private VectorBenchmark(VectorInputs inputs, VectorIndex index, AssetNumbers numbers) {
    this.inputs = inputs;
    this.index = index;
    this.numbers = numbers;
  }

  /** Runs all of it. */
  public static void main(String[] arguments) throws IOException {
    List<String> rest = new ArrayList<>(List.of(arguments));
    boolean words = rest.removeFirst().equals("words");
    Path json = words ? Path.of(rest.removeFirst()) : Path.of("");
    int most = Integer.parseInt(rest.removeFirst());
    int dimension = Integer.parseInt(rest.removeFirst());
    IndexSpec.Storage storage =
        IndexSpec.Storage.valueOf(rest.removeFirst().toUpperCase(Locale.ROOT));
    Path directory = Path.of(rest.removeFirst());
    VectorInputs inputs =
        words ? VectorInputs.words(json, dimension, most) : VectorInputs.clustered(most, dimension);
    Path files = Files.createDirectories(directory.resolve("index"));
    IndexSpec spec = new IndexSpec(dimension, Similarity.COSINE, storage);
    AssetNumbers numbers = new AssetNumbers();
    try (VectorIndex index =
        LuceneVectorIndex.open(
            spec, new PlainVectorFiles(files), numbers, LuceneVectorIndex.Options.DEFAULT)) {
      VectorBenchmark benchmark = new VectorBenchmark(inputs, index, numbers);
      benchmark.build();
      int[][] truth = benchmark.truth(Optional.empty());
      benchmark.write(truth, directory);
      for (String effort : rest) {
        benchmark.searches(Integer.parseInt(effort), truth);
      }
      benchmark.filtered();
    }
  }

  private void build() throws IOException {
    long start = System.nanoTime();
    List<AssetVectors> batch = new ArrayList<>();
    for (int i = 0; i < inputs.base().size(); i++) {
      batch.add(
          new AssetVectors(
              key(i),
              new Facts(1, i, i, Map.of("half", "" + i % 2, "n", "" + i)),
              List.of(new AssetVectors.Part("", inputs.base().get(i)))));
      if (batch.size() == BATCH) {
        index.replace(batch);
        batch.clear();
      }
    }
    index.replace(batch);
    System.out.printf("added %.1f%n", (System.nanoTime() - start) / 1e9);
    index.optimize();
    index.commit(1);
    index.refresh();
    System.out.printf("build %.1f%n", (System.nanoTime() - start) / 1e9);
    IndexStats stats = index.stats();
    System.out.println("memory " + stats.memoryBytes() + " segments " + stats.segments());
  }

  private static AssetKey key(int number) {
    return new AssetKey(number * 0x9e3779b97f4a7c15L, number, 0, 0);
  }

  /** By looking at every vector as it is: the places of the nearest, for each query. */
  private int[][] truth(Optional<AssetSet> within) {
    int[] places =
        IntStream.range(0, inputs.base().size())
            .filter(i -> within.filter(set -> !set.contains(numbers.of(key(i)))).isEmpty())
            .toArray();
    return inputs.queries().parallelStream()
        .map(query -> nearest(query, places))
        .toArray(int[][]::new);
  }

  private int[] nearest(float[] query, int[] places) {
    PriorityQueue<Scored> worstFirst =
        new PriorityQueue<>(Comparator.comparingDouble(Scored::score));
    for (int place : places) {
      float score = Similarity.COSINE.score(query, inputs.base().get(place));
      if (worstFirst.size() < K || score > worstFirst.element().score()) {
        worstFirst.add(new Scored(place, score));
        if (worstFirst.size() > K) {
          var _ = worstFirst.remove();
        }
      }
    }
    return worstFirst.stream()
        .sorted(Comparator.comparingDouble(Scored::score).reversed())
        .mapToInt(Scored::place)
        .toArray();
  }

  private record Scored(int place, float score) {}

  private static VectorQuery query(
      float[] vector, int effort, boolean exact, Optional<AssetSet> within) {
    return new VectorQuery(
        vector, K, effort, exact, OptionalDouble.empty(), Optional.<Condition>empty(), within);
  }

  private static int[] places(List<Hit> hits) {
    return hits.stream().mapToInt(hit -> (int) hit.asset().second()).toArray();
  }

  private void write(int[][] truth, Path directory) throws IOException {
    VectorInputs.write(inputs.base(), directory.resolve("base.f32"));
    VectorInputs.write(inputs.queries(), directory.resolve("queries.f32"));
    try (DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Files.newOutputStream(directory.resolve("truth.i32"))))) {
      for (int[] places : truth) {
        for (int place : places) {
          out.writeInt(Integer.reverseBytes(place));
        }
      }
    }
  }

  private void searches(int effort, int[][] truth) throws IOException {
    System.out.println("effort " + effort + " " + measure(effort, Optional.empty(), truth));
  }

  private void filtered() throws IOException {
    for (double percent : PERCENT) {
      BitSet members = new BitSet();
      int step = (int) Math.round(100 / percent);
      for (int i = 0; i < inputs.base().size(); i += step) {
        members.set(numbers.of(key(i)));
      }
      Optional<AssetSet> set = Optional.of(new AssetSet(numbers, members));
      System.out.println("filter " + percent + " " + measure(0, set, truth(set)));
    }
  }

  /** Recall, and micros at the median and the 99th percentile. */
  private String measure(int effort, Optional<AssetSet> within, int[][] truth) throws IOException {
    Latencies latencies = new Latencies();
    long found = 0;
    long all = 0;
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      for (int i = 0; i < truth.length; i++) {
        VectorQuery query = query(inputs.queries().get(i), effort, false, within);
        long start = System.nanoTime();
        List<Hit> hits = index.search(query);
        long took = System.nanoTime() - start;
        if (round >= WARM_UP) {
          latencies.add(took);
        } else if (round == 0) {
          Set<Integer> right = new HashSet<>();
          Arrays.stream(truth[i]).forEach(right::add);
          all += right.size();
          found += Arrays.stream(places(hits)).filter(right::contains).count();
        }
      }
    }
    return String.format(
        "%.4f %d %d", (double) found / all, latencies.micros(0.5), latencies.micros(0.99));
  }
}
