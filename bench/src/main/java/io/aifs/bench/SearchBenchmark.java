package io.aifs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.client.AifsClient;
import io.aifs.client.FilePut;
import io.aifs.client.Search;
import io.aifs.client.SearchRequest;
import io.aifs.client.SnapshotOptions;
import io.aifs.core.address.Ref;
import io.aifs.core.model.EmbeddingSpace;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.core.model.VectorStorage;
import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Searches through a server in another process: of all that is visible, and of a snapshot. {@code
 * bench/search} starts the server and this.
 *
 * <p>Arguments: the server's address, the file of the token, the word vectors' file, how many words
 * at most, how many paths the snapshot has.
 */
public final class SearchBenchmark {
  private static final Name SPACE = new Name("words");
  private static final int BATCH = 4_000;
  private static final int K = 10;
  private static final int ROUNDS = 5;
  private static final int DIMENSION = 100;
  private static final int TRUTHS = 200;

  private final AifsClient client;
  private final VectorInputs inputs;

  private SearchBenchmark(AifsClient client, VectorInputs inputs) {
    this.client = client;
    this.inputs = inputs;
  }

  /** Prints rows of a Markdown table. */
  public static void main(String[] arguments) throws IOException {
    RunningServer server = new RunningServer(arguments[0], Path.of(arguments[1]));
    VectorInputs inputs =
        VectorInputs.words(Path.of(arguments[2]), DIMENSION, Integer.parseInt(arguments[3]));
    try (AifsClient client = server.connect()) {
      SearchBenchmark benchmark = new SearchBenchmark(client, inputs);
      benchmark.fill();
      benchmark.searchAll();
      benchmark.searchSnapshots(Integer.parseInt(arguments[4]));
    }
  }

  private void fill() {
    List<FilePut> files = new ArrayList<>();
    List<Search.Embedding> embeddings = new ArrayList<>();
    for (int i = 0; i < inputs.base().size(); i++) {
      byte[] content = content(i);
      files.add(file("words/" + i / 1_000 + "/" + i, new FilePut.What.Data(content)));
      embeddings.add(new Search.Embedding(Digest.of(content), "", inputs.base().get(i)));
    }
    long start = System.nanoTime();
    put(files);
    row("put as many small files", "%.1f s", seconds(start));
    client
        .search()
        .createSpace(
            new EmbeddingSpace(
                SPACE, DIMENSION, VectorMetric.COSINE, "GloVe", VectorStorage.FLOAT32));
    start = System.nanoTime();
    var _ = client.search().put(SPACE, embeddings);
    row("embed them", "%.1f s", seconds(start));
    start = System.nanoTime();
    var built = client.search().buildIndex(SPACE, (_, _) -> {});
    row("build the index from the catalog", "%.1f s", seconds(start));
    row("memory of the index", "%.0f MiB", built.memoryBytes() / (double) (1 << 20));
  }

  private static byte[] content(int number) {
    return ("word " + number).getBytes(UTF_8);
  }

  private static FilePut file(String path, FilePut.What what) {
    return new FilePut(new TreePath(path), what, FileAttributes.PLAIN_FILE);
  }

  private void put(List<FilePut> files) {
    for (int first = 0; first < files.size(); first += BATCH) {
      List<FilePut> batch = files.subList(first, Math.min(first + BATCH, files.size()));
      var _ = client.tree().putFiles(Name.MAIN_BRANCH, batch);
    }
  }

  private void searchAll() {
    int found = 0;
    for (int i = 0; i < TRUTHS; i++) {
      SearchRequest request = request(i, Optional.empty());
      Set<Digest> right = new HashSet<>(ids(request.exactly()));
      found += (int) ids(request).stream().filter(right::contains).count();
    }
    row("recall@10", "%.4f", found / (double) (K * TRUTHS));
    latencies("search of all", Optional.empty());
  }

  private List<Digest> ids(SearchRequest request) {
    return client.search().search(request).results().getFirst().stream()
        .map(Search.Hit::asset)
        .toList();
  }

  private SearchRequest request(int query, Optional<Ref> at) {
    return new SearchRequest(
        Optional.of(SPACE),
        List.of(new Search.Probe.Near(inputs.queries().get(query))),
        K,
        0,
        false,
        OptionalDouble.empty(),
        List.of(),
        at,
        TreePath.ROOT,
        false,
        Duration.ZERO);
  }

  private void latencies(String what, Optional<Ref> at) {
    Latencies latencies = new Latencies();
    for (int round = 0; round < 2 * ROUNDS; round++) {
      for (int i = 0; i < inputs.queries().size(); i++) {
        SearchRequest request = request(i, at);
        long start = System.nanoTime();
        var _ = client.search().search(request);
        if (round >= ROUNDS) {
          latencies.add(System.nanoTime() - start);
        }
      }
    }
    row(what + ", p50", "%,.0f us", (double) latencies.micros(0.5));
    row(what + ", p99", "%,.0f us", (double) latencies.micros(0.99));
  }

  private void searchSnapshots(int entries) {
    int assets = inputs.base().size();
    List<FilePut> more = new ArrayList<>();
    for (int i = assets; i < entries; i++) {
      Digest known = Digest.of(content(i % assets));
      more.add(file("again/" + i / 1_000 + "/" + i, new FilePut.What.Known(known)));
    }
    put(more);
    Ref first = snapshot();
    firstSearch("first search of a cold snapshot of %,d paths".formatted(entries), first);
    latencies("search of it", Optional.of(first));
    put(List.of(file("one/more", new FilePut.What.Data("one more".getBytes(UTF_8)))));
    firstSearch("first search of the next snapshot, with one path more", snapshot());
  }

  private Ref snapshot() {
    return Ref.parse(
        "snap:"
            + client.history().take(Name.MAIN_BRANCH, SnapshotOptions.of("bench")).snapshot().id());
  }

  private void firstSearch(String what, Ref at) {
    long start = System.nanoTime();
    var _ = client.search().search(request(0, Optional.of(at)));
    row(what, "%,.0f ms", (System.nanoTime() - start) / 1e6);
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static void row(String what, String format, double value) {
    System.out.println("| " + what + " | " + String.format(Locale.ROOT, format, value) + " |");
  }
}
