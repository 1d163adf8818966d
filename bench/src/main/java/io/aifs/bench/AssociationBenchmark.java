package io.aifs.bench;

import io.aifs.client.Associations;
import io.aifs.core.Limits;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationType;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.TimeRange;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Associations beside a plain SQLite table with the same indexes and the same rows, in the same
 * run. Those of AIFS go the whole way of a call inside one process, durable and in the journal.
 * Argument: how many associations (1,000,000 if absent).
 */
public final class AssociationBenchmark {
  /** How many associations an id has on average. */
  static final int DEGREE = 100;

  private static final int PAGE = 50;
  private static final int CALLS = 10_000;
  private static final int BATCHES = 200;
  private static final int LOOK_UPS = 1_000;
  private static final Name TYPE = new Name("produced");

  private final Associations associations;
  private final int count;
  private final SplittableRandom random = new SplittableRandom(1);

  private AssociationBenchmark(Associations associations, int count) {
    this.associations = associations;
    this.count = count;
  }

  /** Prints what was measured, in lines of a table. */
  public static void main(String[] arguments) throws IOException, SQLException {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    System.out.printf("| %,d associations, each from both ends | AIFS | SQLite | ratio |%n", count);
    System.out.println("|---|---|---|---|");
    try (ScratchStore store = ScratchStore.open("aifs-associations");
        ScratchDirectory directory = ScratchDirectory.create("sqlite-associations");
        PlainAssociations plain = PlainAssociations.open(directory.path().resolve("plain.db"))) {
      new AssociationBenchmark(store.client().associations(), count).run(plain);
    }
  }

  private void run(PlainAssociations plain) throws SQLException {
    associations.declare(new AssociationType(TYPE, Optional.of(new Name("produced-by"))));
    double own = write();
    double other = plain.write(count);
    print("batched writes a second", own, other, own / other);
    Latencies ranges = new Latencies();
    Latencies plainRanges = new Latencies();
    Latencies batches = new Latencies();
    Latencies plainBatches = new Latencies();
    for (boolean warm : new boolean[] {false, true}) {
      for (int i = 0; i < CALLS; i++) {
        int id = random.nextInt(Math.max(1, count / DEGREE));
        timed(() -> range(id), warm, ranges);
        timed(() -> plain.range(id, PAGE), warm, plainRanges);
      }
      for (int i = 0; i < BATCHES; i++) {
        int[] picks = random.ints(LOOK_UPS, 0, count).toArray();
        timed(() -> lookUp(picks), warm, batches);
        timed(() -> plain.lookUp(picks), warm, plainBatches);
      }
    }
    for (double share : new double[] {0.5, 0.99}) {
      double part = ranges.micros(share);
      double plainPart = plainRanges.micros(share);
      print("range of " + PAGE + ", us, p" + share * 100, part, plainPart, part / plainPart);
    }
    for (double share : new double[] {0.5, 0.99}) {
      double part = batches.micros(share) / 1e3;
      double plainPart = plainBatches.micros(share) / 1e3;
      print(LOOK_UPS + " look-ups, ms, p" + share * 100, part, plainPart, part / plainPart);
    }
  }

  private static void print(String what, double own, double other, double ratio) {
    System.out.printf("| %s | %,.1f | %,.1f | %.2f |%n", what, own, other, ratio);
  }

  /** Something that is measured; returns how much it found. */
  private interface Work {
    int run() throws SQLException;
  }

  private static void timed(Work work, boolean counts, Latencies latencies) throws SQLException {
    long start = System.nanoTime();
    if (work.run() == 0) {
      throw new IllegalStateException("nothing was found");
    }
    if (counts) {
      latencies.add(System.nanoTime() - start);
    }
  }

  static String run(int id) {
    return "run:" + id;
  }

  static String item(int number) {
    return "item:" + number;
  }

  /** Writes a second. */
  private double write() {
    long start = System.nanoTime();
    List<AssociationWrite> batch = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batch.add(
          new AssociationWrite(
              new AssociationName(
                  new ObjectId.External(run(i / DEGREE)), TYPE, new ObjectId.External(item(i))),
              Optional.of((long) i),
              AssociationData.of("step " + i)));
      if (batch.size() == Limits.BATCH_ENTRIES_MAX || i == count - 1) {
        associations.put(batch);
        batch.clear();
      }
    }
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private int range(int id) {
    Associations.Query query =
        new Associations.Query.Range(new ObjectId.External(run(id)), TYPE, TimeRange.ALL, PAGE, "");
    return associations.query(List.of(query)).getFirst().associations().size();
  }

  private int lookUp(int... picks) {
    List<Associations.Query> queries = new ArrayList<>(picks.length);
    for (int pick : picks) {
      queries.add(
          new Associations.Query.Get(
              new ObjectId.External(run(pick / DEGREE)),
              TYPE,
              List.of(new ObjectId.External(item(pick))),
              TimeRange.ALL));
    }
    return associations.query(queries).size();
  }
}
