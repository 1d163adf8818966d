package io.aifs.server.engine.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Near which path each asset of a tree was seen: a run of entries for each asset's number, so that
 * a path that names it is found without a walk. Runs of a walk are {@value #RUN} entries long. Not
 * thread-safe; not changed once it is shared.
 */
final class PathPlaces {
  static final int RUN = 128;

  /** A run's number by the asset's, from 1; 0 for an asset without a path. */
  private int[] runOf;

  private final List<Run> runs;

  /** The keys from {@code first} up to {@code end}, excluded. The arrays are not copied. */
  @SuppressWarnings("ArrayRecordComponent") // bounds of a range; never compared
  record Run(byte[] first, byte[] end) {}

  PathPlaces() {
    this(new int[0], List.of());
  }

  private PathPlaces(int[] runOf, List<Run> runs) {
    this.runOf = runOf;
    this.runs = new ArrayList<>(runs);
  }

  PathPlaces copy() {
    return new PathPlaces(runOf.clone(), runs);
  }

  /** How many runs there are. */
  int size() {
    return runs.size();
  }

  /** Adds a run; the assets that {@link #put} then names are in it. */
  void begin(Run run) {
    runs.add(run);
  }

  /** Says where the last run ends, once that is known. */
  void end(byte[] end) {
    runs.set(runs.size() - 1, new Run(runs.getLast().first(), end));
  }

  /** The asset was seen in the last run. */
  void put(int number) {
    if (number >= runOf.length) {
      runOf = Arrays.copyOf(runOf, Math.max(number + 1, runOf.length + runOf.length / 2));
    }
    runOf[number] = runs.size();
  }

  /** Where the asset was seen; empty if no path names it. */
  Optional<Run> find(int number) {
    int run = number < runOf.length ? runOf[number] : 0;
    return run == 0 ? Optional.empty() : Optional.of(runs.get(run - 1));
  }

  /** About what it takes in memory. */
  long bytes() {
    return 4L * runOf.length + 120L * runs.size();
  }
}
