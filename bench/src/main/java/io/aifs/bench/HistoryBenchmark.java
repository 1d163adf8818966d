package io.aifs.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.client.AifsClient;
import io.aifs.client.DiffOptions;
import io.aifs.client.FilePut;
import io.aifs.client.History;
import io.aifs.client.SnapshotOptions;
import io.aifs.client.SnapshotSummary;
import io.aifs.core.address.Ref;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Snapshots beside git: the same files put and pinned by both, then a namespace of many files of
 * which little changes. Every call goes its whole way through the client, in one process.
 * Arguments: files of the comparison (100,000 if absent), files of the namespace (1,000,000),
 * rounds (3).
 */
public final class HistoryBenchmark {
  private static final int BATCH = 1_000;
  private static final int DIRECTORY_FILES = 100;
  private static final int CHANGED = 10;
  private static final int REPEATS = 30;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final SnapshotOptions PLAIN =
      new SnapshotOptions("bench", "", Map.of(), Optional.empty(), false);

  private final int files;
  private final int namespace;
  private final int rounds;

  private HistoryBenchmark(int files, int namespace, int rounds) {
    this.files = files;
    this.namespace = namespace;
    this.rounds = rounds;
  }

  /** Prints a table of milliseconds, the median of the rounds. */
  public static void main(String[] arguments) throws Exception {
    HistoryBenchmark benchmark =
        new HistoryBenchmark(
            argument(arguments, 0, 100_000),
            argument(arguments, 1, 1_000_000),
            argument(arguments, 2, 3));
    System.out.println("| what | AIFS | git | git / AIFS |");
    System.out.println("|---|---|---|---|");
    benchmark.compare();
    benchmark.change();
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static double millis(Work work) throws IOException, InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS_PER_MILLI;
  }

  private void compare() throws IOException, InterruptedException {
    try (ScratchDirectory directory = ScratchDirectory.create("aifs-history")) {
      Path tree = directory.path().resolve("tree");
      for (int i = 0; i < files; i++) {
        Path file = tree.resolve(path(i).value());
        if (i % DIRECTORY_FILES == 0) {
          Files.createDirectories(file.getParent());
        }
        Files.write(file, content(i));
      }
      List<double[]> measured = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        double[] git = git(tree, directory.path().resolve("git-" + round));
        double[] own = own(tree);
        measured.add(new double[] {own[0], git[0], own[1], git[1], own[2], git[2]});
      }
      row("snapshot of %,d stored files; write-tree and commit-tree".formatted(files), measured, 0);
      row("put and snapshot of them; add and commit", measured, 2);
      row("snapshot after one of them changed; write-tree and commit-tree", measured, 4);
    }
  }

  private static void row(String what, List<double[]> measured, int column) {
    double own = median(measured.stream().mapToDouble(row -> row[column]).toArray());
    double git = median(measured.stream().mapToDouble(row -> row[column + 1]).toArray());
    System.out.printf("| %s | %.1f ms | %.1f ms | %.2f |%n", what, own, git, git / own);
  }

  /** Pinning what is stored, storing and pinning, pinning after a change. */
  private static double[] git(Path tree, Path repository) throws IOException, InterruptedException {
    List<String> git =
        List.of(
            "git",
            "-c",
            "gc.auto=0", // else it goes on in the background
            "--git-dir",
            repository.toString(),
            "--work-tree",
            tree.toString());
    run(tree, git, "init", "-q");
    double add = millis(() -> run(tree, git, "add", "-A"));
    double pin = millis(() -> pin(tree, git));
    double commit = millis(() -> run(tree, git, "commit", "-qm", "bench"));
    Files.writeString(tree.resolve(path(0).value()), "changed " + repository);
    run(tree, git, "add", "-A");
    double changed = millis(() -> pin(tree, git));
    Files.write(tree.resolve(path(0).value()), content(0));
    return new double[] {pin, add + commit, changed};
  }

  private static void pin(Path tree, List<String> git) throws IOException, InterruptedException {
    String written = run(tree, git, "write-tree").strip();
    run(tree, git, "commit-tree", written, "-m", "bench");
  }

  private static String run(Path directory, List<String> git, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(git);
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .putAll(
            Map.of(
                "GIT_AUTHOR_NAME", "bench",
                "GIT_AUTHOR_EMAIL", "bench@localhost",
                "GIT_COMMITTER_NAME", "bench",
                "GIT_COMMITTER_EMAIL", "bench@localhost"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("git failed: " + command);
    }
    return output;
  }

  private double[] own(Path tree) throws IOException, InterruptedException {
    try (ScratchStore store = ScratchStore.open("aifs-history")) {
      AifsClient client = store.client();
      double put =
          millis(
              () ->
                  put(
                      client,
                      files,
                      i -> {
                        try {
                          return Files.readAllBytes(tree.resolve(path(i).value()));
                        } catch (IOException e) {
                          throw new UncheckedIOException(e);
                        }
                      }));
      double pin = millis(() -> client.history().take(Name.MAIN_BRANCH, PLAIN));
      put(client, 1, _ -> "changed".getBytes(UTF_8));
      double changed = millis(() -> client.history().take(Name.MAIN_BRANCH, PLAIN));
      return new double[] {pin, put + pin, changed};
    }
  }

  private static void put(AifsClient client, int count, IntFunction<byte[]> contents) {
    for (int from = 0; from < count; from += BATCH) {
      List<FilePut> batch = new ArrayList<>();
      for (int i = from; i < Math.min(count, from + BATCH); i++) {
        batch.add(
            new FilePut(
                path(i), new FilePut.What.Data(contents.apply(i)), new FileAttributes(0644, i)));
      }
      client.tree().putFiles(Name.MAIN_BRANCH, batch);
    }
  }

  private static TreePath path(int number) {
    return new TreePath(
        "data/part-%05d/file-%07d.json".formatted(number / DIRECTORY_FILES, number));
  }

  private static byte[] content(int number) {
    return "{\"number\": %d, \"text\": \"%s\"}%n"
        .formatted(number, "x".repeat(number % 40))
        .getBytes(UTF_8);
  }

  private void change() throws IOException, InterruptedException {
    try (ScratchStore store = ScratchStore.open("aifs-history")) {
      AifsClient client = store.client();
      History history = client.history();
      double put = millis(() -> put(client, namespace, HistoryBenchmark::content));
      double first = millis(() -> history.take(Name.MAIN_BRANCH, PLAIN));
      single("%,d files put".formatted(namespace), put);
      single("snapshot of them", first);
      double[] snapshots = new double[REPEATS];
      double[] diffs = new double[REPEATS];
      for (int i = 0; i < REPEATS; i++) {
        int round = i;
        putOne(client, i * 31, "one " + i);
        snapshots[i] = millis(() -> history.take(Name.MAIN_BRANCH, PLAIN));
        SnapshotSummary before = history.describe(Ref.MAIN);
        for (int j = 0; j < CHANGED; j++) {
          putOne(client, (round * 7_919 + j * 104_729) % namespace, "ten " + round);
        }
        SnapshotSummary after = history.take(Name.MAIN_BRANCH, PLAIN).snapshot();
        diffs[i] = millis(() -> requireDifferences(history, before, after));
      }
      single("snapshot after one change among them, median of " + REPEATS, median(snapshots));
      single("the same, slowest", Arrays.stream(snapshots).max().orElseThrow());
      single("diff of two snapshots with 10 differences, median", median(diffs));
      int proof =
          history.prove(Ref.MAIN, new History.Subject.OfPath(path(namespace / 2))).bytes().length;
      System.out.printf("| bytes of a proof for one of them | %,d | | |%n", proof);
      TreePath from = new TreePath("data");
      TreePath to = new TreePath("moved");
      single(
          "the directory with all of them moved",
          millis(() -> client.tree().move(Name.MAIN_BRANCH, from, to)));
      single("snapshot after that", millis(() -> history.take(Name.MAIN_BRANCH, PLAIN)));
      single(
          "the directory removed",
          millis(() -> client.tree().remove(Name.MAIN_BRANCH, List.of(to), true)));
      single("snapshot after that", millis(() -> history.take(Name.MAIN_BRANCH, PLAIN)));
    }
  }

  private static void putOne(AifsClient client, int number, String content) {
    client
        .tree()
        .putFiles(
            Name.MAIN_BRANCH,
            List.of(
                new FilePut(
                    path(number),
                    new FilePut.What.Data(content.getBytes(UTF_8)),
                    FileAttributes.PLAIN_FILE)));
  }

  private static void requireDifferences(
      History history, SnapshotSummary before, SnapshotSummary after) {
    DiffOptions options =
        new DiffOptions(
            Optional.of(new Ref.Snapshot(before.id())),
            new Ref.Snapshot(after.id()),
            TreePath.ROOT,
            false,
            false);
    long found = history.diff(options).paths().count();
    if (found != CHANGED) {
      throw new IllegalStateException("differences found: " + found);
    }
  }

  private static void single(String what, double millis) {
    System.out.printf("| %s | %.1f ms | | |%n", what, millis);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
