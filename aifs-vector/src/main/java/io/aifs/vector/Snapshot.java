package io.aifs.vector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;

/** What searches see between two refreshes. Each search holds the reader while it lasts. */
final class Snapshot {
  private final DirectoryReader reader;
  private final List<Segment> segments;
  private final Map<Object, SegmentCore> cores;

  private Snapshot(DirectoryReader reader, List<Segment> segments, Map<Object, SegmentCore> cores) {
    this.reader = reader;
    this.segments = List.copyOf(segments);
    this.cores = cores;
  }

  /**
   * @param reader held by it
   */
  static Snapshot first(DirectoryReader reader, AssetNumbers numbers) throws IOException {
    return of(reader, numbers, Map.of());
  }

  /** With what this knows of segments that are in the other too. */
  Snapshot next(DirectoryReader newer, AssetNumbers numbers) throws IOException {
    return of(newer, numbers, cores);
  }

  private static Snapshot of(
      DirectoryReader reader, AssetNumbers numbers, Map<Object, SegmentCore> known)
      throws IOException {
    List<Segment> segments = new ArrayList<>();
    Map<Object, SegmentCore> cores = new HashMap<>();
    for (LeafReaderContext context : reader.leaves()) {
      LeafReader leaf = context.reader();
      Object key = leaf.getCoreCacheHelper().getKey();
      SegmentCore core = known.get(key);
      if (core == null) {
        core = SegmentCore.of(leaf, numbers);
      }
      cores.put(key, core);
      segments.add(new Segment(leaf, core));
    }
    return new Snapshot(reader, segments, cores);
  }

  DirectoryReader reader() {
    return reader;
  }

  List<Segment> segments() {
    return segments;
  }

  long memoryBytes() {
    return cores.values().stream().mapToLong(SegmentCore::memoryBytes).sum();
  }
}
