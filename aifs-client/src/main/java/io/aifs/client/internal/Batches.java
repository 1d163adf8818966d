package io.aifs.client.internal;

import io.aifs.core.Limits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** Splits questions about many things into calls of the size that servers take. */
final class Batches {
  /** The distinct items in order, at most {@link Limits#BATCH_ENTRIES_MAX} in each list. */
  static <T> List<List<T>> of(Collection<T> items) {
    List<T> distinct = List.copyOf(new LinkedHashSet<>(items));
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < distinct.size(); from += Limits.BATCH_ENTRIES_MAX) {
      int to = Math.min(distinct.size(), from + Limits.BATCH_ENTRIES_MAX);
      batches.add(distinct.subList(from, to));
    }
    return batches;
  }

  private Batches() {}
}
