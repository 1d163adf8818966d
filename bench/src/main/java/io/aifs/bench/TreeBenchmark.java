package io.aifs.bench;

import static java.util.Objects.requireNonNull;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.server.snapshot.SnapshotTree;
import io.aifs.server.snapshot.TreeDiff;
import io.aifs.server.snapshot.TreeEdit;
import io.aifs.server.snapshot.TreeEditor;
import io.aifs.server.snapshot.TreeProver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * What operations on a snapshot's tree cost, with nodes in memory: the tree alone, without a store
 * below it. Argument: how many entries (1,000,000 if absent).
 */
public final class TreeBenchmark {
  private static final int ROUNDS = 50;
  private static final int BUILDS = 3;
  private static final int EDITS = 10;

  private final SplittableRandom random = new SplittableRandom(1);
  private final MemoryNodes nodes = new MemoryNodes();
  private final List<TreePath> paths;

  private TreeBenchmark(int count) {
    this.paths = new ArrayList<>(new SourceTreePaths(7).make(count));
    Collections.sort(paths);
  }

  public static void main(String[] arguments) throws Exception {
    int entries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    new TreeBenchmark(entries).run();
  }

  private void run() throws Exception {
    System.out.printf("%-28s %10s %8s %8s %12s%n", "", "ms", "reads", "writes", "bytes");
    TreeRoot root = TreeRoot.EMPTY;
    for (int i = 0; i < BUILDS; i++) {
      root = measured("build of %,d".formatted(paths.size()), 1, this::build);
    }
    TreeRoot base = root;
    measured("1 edit", ROUNDS, () -> edit(base, 1));
    TreeRoot next = measured(EDITS + " edits", ROUNDS, () -> edit(base, EDITS));
    measured("diff of " + EDITS, ROUNDS, () -> differences(base, next));
    measured("look-up", ROUNDS, () -> new SnapshotTree(nodes, base).find(anyPath()).orElseThrow());
    measured("read of all", 1, () -> countOf(new SnapshotTree(nodes, base).entries()));
    TreeProver.Proven proven =
        measured("proof", ROUNDS, () -> TreeProver.prove(nodes, base, anyPath()).orElseThrow());
    System.out.printf("%nbytes of a proof %d%n", proven.proof().toBytes().length);
  }

  private TreeRoot build() throws IOException {
    Iterator<TreeEdit> puts = paths.stream().<TreeEdit>map(this::put).iterator();
    return TreeEditor.apply(nodes, nodes, TreeRoot.EMPTY, puts);
  }

  private TreeRoot edit(TreeRoot base, int count) throws IOException {
    int step = paths.size() / count;
    int first = random.nextInt(step);
    List<TreeEdit> edits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      edits.add(put(paths.get(first + i * step)));
    }
    return TreeEditor.apply(nodes, nodes, base, edits.iterator());
  }

  private TreeEdit put(TreePath path) {
    byte[] asset = new byte[Digest.BYTES];
    random.nextBytes(asset);
    FileAttributes attributes = new FileAttributes(0644, random.nextLong(1L << 60));
    return new TreeEdit.Put(
        new PathEntry(
            path,
            new TreeEntry.File(
                Digest.fromBytes(asset), AssetKind.BLOB, random.nextInt(1 << 20), attributes)));
  }

  private Integer differences(TreeRoot base, TreeRoot next) {
    int found = countOf(new TreeDiff(nodes, base, next, TreeDiff.Counting.ALL));
    if (found != EDITS) {
      throw new IllegalStateException("differences are not those that were made: " + found);
    }
    return found;
  }

  private static Integer countOf(Iterator<?> all) {
    int count = 0;
    while (all.hasNext()) {
      all.next();
      count++;
    }
    return count;
  }

  private TreePath anyPath() {
    return paths.get(random.nextInt(paths.size()));
  }

  /** Prints the median time of {@code rounds}, and what the last one read and wrote. */
  private <T> T measured(String what, int rounds, Callable<T> work) throws Exception {
    List<Long> nanos = new ArrayList<>();
    @Nullable T result = null;
    for (int i = 0; i < rounds; i++) {
      nodes.takeCounts();
      long start = System.nanoTime();
      result = work.call();
      nanos.add(System.nanoTime() - start);
    }
    Collections.sort(nanos);
    MemoryNodes.Counts counts = nodes.takeCounts();
    System.out.printf(
        "%-28s %10.3f %8d %8d %12d%n",
        what, nanos.get(rounds / 2) / 1e6, counts.reads(), counts.writes(), counts.bytesWritten());
    return requireNonNull(result, "nothing was measured");
  }
}
