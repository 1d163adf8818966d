package io.aifs.cli.transfer;

import io.aifs.core.Limits;
import java.util.ArrayList;
import java.util.List;

/** Small things to be put in one round trip, planned by the sizes they had when seen. */
final class SmallBatch {
  /** Files up to this size travel together with others. */
  static final int FILE_BYTES_MAX = 256 << 10;

  /** Less than a call may hold, so that files which grew meanwhile still fit. */
  private static final int BATCH_BYTES = Limits.BATCH_BYTES_MAX / 2;

  private final List<Walked> entries = new ArrayList<>();
  private long bytes;

  boolean hasRoomFor(Walked entry) {
    return entries.size() < Limits.BATCH_ENTRIES_MAX && bytes + entry.size() <= BATCH_BYTES;
  }

  void add(Walked entry) {
    entries.add(entry);
    bytes += entry.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Walked> entries() {
    return List.copyOf(entries);
  }
}
