package io.aifs.vector;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.hnsw.HnswGraph;

/**
 * What is kept in the heap of a segment, which never changes but for deletions: the number of each
 * document's asset, and which documents are in sets and meet conditions that were asked about
 * lately. Goes with the last snapshot that has the segment. Thread-safe.
 */
final class SegmentCore {
  private static final int SETS_MAX = 64;
  private static final int CONDITIONS_MAX = 32;

  private final int[] assets;
  private final boolean several;

  /** By identity, which is how sets compare; an entry goes with its set. */
  private final Map<AssetSet, FixedBitSet> sets = new WeakHashMap<>();

  private final Map<Condition, FixedBitSet> conditions = new LinkedHashMap<>(16, 0.75f, true);

  /** Empty where Lucene has none, as there are too few vectors. */
  private final Optional<FlatGraph> graph;

  private SegmentCore(int[] assets, boolean several, Optional<FlatGraph> graph) {
    this.assets = assets;
    this.several = several;
    this.graph = graph;
  }

  static SegmentCore of(LeafReader reader, AssetNumbers numbers) throws IOException {
    int[] assets = new int[reader.maxDoc()];
    BinaryDocValues names = reader.getBinaryDocValues(Fields.NAME);
    for (int document = 0; document < assets.length; document++) {
      if (names == null || !names.advanceExact(document)) {
        throw new IndexDamagedException("a vector is of no asset");
      }
      assets[document] = numbers.of(key(names.binaryValue()));
    }
    boolean several = reader.getFieldInfos().fieldInfo(Fields.SEVERAL) != null;
    return new SegmentCore(assets, several, graph(reader));
  }

  /** Its memory is freed with the segment, which outlives whoever searches it. */
  private static Optional<FlatGraph> graph(LeafReader reader) throws IOException {
    HnswGraph graph = Segment.vectorsReader(reader).getGraph(Fields.VECTOR);
    if (graph.size() == 0) {
      return Optional.empty();
    }
    Arena arena = Arena.ofShared();
    boolean complete = false;
    try {
      FlatGraph flat = FlatGraph.of(graph, arena);
      reader.getCoreCacheHelper().addClosedListener(_ -> arena.close());
      complete = true;
      return Optional.of(flat);
    } finally {
      if (!complete) {
        arena.close();
      }
    }
  }

  static AssetKey key(BytesRef name) {
    byte[] key = new byte[AssetKey.BYTES];
    System.arraycopy(name.bytes, name.offset, key, 0, key.length);
    return AssetKey.of(key);
  }

  Optional<FlatGraph> graph() {
    return graph;
  }

  /** The number of a document's asset. */
  int asset(int document) {
    return assets[document];
  }

  /** Whether any asset has, or had, more than one vector here. */
  boolean hasSeveral() {
    return several;
  }

  long memoryBytes() {
    return (long) assets.length * Integer.BYTES + graph.map(FlatGraph::memoryBytes).orElse(0L);
  }

  /** Leave it as it is. */
  FixedBitSet in(AssetSet set) {
    synchronized (sets) {
      FixedBitSet known = sets.get(set);
      if (known != null) {
        return known;
      }
    }
    FixedBitSet bits = new FixedBitSet(assets.length);
    for (int document = 0; document < assets.length; document++) {
      if (set.contains(assets[document])) {
        bits.set(document);
      }
    }
    synchronized (sets) {
      if (sets.size() >= SETS_MAX) {
        sets.clear();
      }
      sets.put(set, bits);
    }
    return bits;
  }

  /** Leave it as it is. */
  FixedBitSet meeting(Condition condition, LeafReader reader) throws IOException {
    synchronized (conditions) {
      FixedBitSet known = conditions.get(condition);
      if (known != null) {
        return known;
      }
    }
    FixedBitSet bits = new ConditionBits(reader).of(condition);
    synchronized (conditions) {
      conditions.put(condition, bits);
      if (conditions.size() > CONDITIONS_MAX) {
        conditions.remove(conditions.keySet().iterator().next());
      }
    }
    return bits;
  }
}
