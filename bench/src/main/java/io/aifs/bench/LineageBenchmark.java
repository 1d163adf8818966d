package io.aifs.bench;

import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Catalog;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.LineageSide;
import io.aifs.server.catalog.NamespaceRow;
import io.aifs.server.catalog.sqlite.SqliteCatalog;
import io.aifs.server.catalog.sqlite.SqliteOptions;
import io.aifs.server.engine.lineage.LineageService;
import io.aifs.server.engine.lineage.TraverseOrder;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * How long a walk over a graph of ten levels takes, down from its one root: the engine's, of a
 * catalog on disk. Writes the edges to a file, for others to walk the same graph. Arguments: edges
 * (two from each asset), rounds, the file.
 */
public final class LineageBenchmark {
  private static final int DEPTH = 10;
  private static final int WARM_UP = 10;

  private final Random random = new Random(31);
  private final Instant now = Instant.parse("2026-11-26T12:00:00Z");
  private final List<Digest> assets = new ArrayList<>();
  private final List<Edge> edges = new ArrayList<>();

  /** One edge. */
  private record Edge(Digest child, ParentEdge parent) {}

  /** Prints the median of the rounds, in milliseconds. */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    LineageBenchmark benchmark = new LineageBenchmark();
    benchmark.grow(count);
    benchmark.write(Path.of(arguments[2]));
    benchmark.run(rounds);
  }

  /** Each asset of a level is made from two of the level above. */
  private void grow(int count) {
    List<Digest> above = List.of(newAsset());
    int width = count / 2 / DEPTH;
    for (int depth = 1; depth <= DEPTH; depth++) {
      List<Digest> level = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        Digest child = newAsset();
        level.add(child);
        edges.add(new Edge(child, new ParentEdge(pick(above), "left", "")));
        edges.add(new Edge(child, new ParentEdge(pick(above), "right", "")));
      }
      above = level;
    }
  }

  private Digest newAsset() {
    byte[] id = new byte[Digest.BYTES];
    random.nextBytes(id);
    assets.add(Digest.fromBytes(id));
    return assets.getLast();
  }

  private Digest pick(List<Digest> from) {
    return from.get(random.nextInt(from.size()));
  }

  private void write(Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      for (Edge edge : edges) {
        out.write(
            edge.child() + "\t" + edge.parent().parent() + "\t" + edge.parent().transformName());
        out.write('\n');
      }
    }
  }

  private void run(int rounds) throws IOException {
    try (ScratchDirectory directory = ScratchDirectory.create("aifs-lineage");
        Catalog catalog =
            SqliteCatalog.open(directory.path().resolve("catalog.db"), SqliteOptions.DEFAULT)) {
      NamespaceRow namespace = fill(catalog);
      LineageService lineage = new LineageService(catalog, Clock.systemUTC());
      for (int i = 0; i < WARM_UP; i++) {
        long unused = walk(lineage, namespace);
        requireSome(unused);
      }
      long[] nanos = new long[rounds];
      for (int i = 0; i < rounds; i++) {
        nanos[i] = walk(lineage, namespace);
      }
      Arrays.sort(nanos);
      System.out.printf("%.1f%n", nanos[rounds / 2] / 1e6);
    }
  }

  private static void requireSome(long nanos) {
    if (nanos <= 0) {
      throw new IllegalStateException("a walk took no time");
    }
  }

  private NamespaceRow fill(Catalog catalog) {
    NamespaceRow namespace =
        catalog.write(
            writer ->
                writer
                    .namespaces()
                    .create(
                        new NamespaceRow(
                            0,
                            Name.DEFAULT_NAMESPACE,
                            "",
                            now,
                            Map.of(),
                            DomainId.parse("d0".repeat(16)),
                            ChunkerParameters.DEFAULT)));
    long version =
        catalog.write(
            writer -> {
              long born = writer.events().next();
              writer
                  .assets()
                  .putAll(namespace.number(), assets.stream().map(id -> row(id, born)).toList());
              for (Edge edge : edges) {
                int unused =
                    writer
                        .assets()
                        .addParents(namespace.number(), edge.child(), List.of(edge.parent()), now);
                requireSome(unused + 1L);
              }
              return writer
                  .events()
                  .append(
                      new EventRow(
                          0, namespace.number(), EventRow.ASSET_PUT, now, assets, Map.of()));
            });
    requireSome(version);
    return namespace;
  }

  private AssetRow row(Digest id, long born) {
    return new AssetRow(
        id, AssetKind.BLOB, 7, now, born, false, false, new byte[0], Map.of("run", "812"));
  }

  /** Nanoseconds of one walk, that finds everything. */
  private long walk(LineageService lineage, NamespaceRow namespace) {
    TraverseOrder order =
        TraverseOrder.of(
            assets.getFirst(),
            LineageSide.CHILDREN,
            DEPTH,
            TraverseOrder.NODES_MAX,
            TraverseOrder.FAN_OUT_MAX);
    int[] seen = {0};
    long start = System.nanoTime();
    var cutBy = lineage.traverse(namespace, order, page -> seen[0] += page.edges().size());
    long took = System.nanoTime() - start;
    if (!cutBy.isEmpty() || seen[0] < edges.size() / 2) {
      throw new IllegalStateException("the walk found " + seen[0] + " edges, cut by " + cutBy);
    }
    return took;
  }
}
