package io.aifs.vector;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.hnsw.HnswGraph;

/**
 * Lucene's graph of a segment, unpacked: the neighbours of each vector on the lowest level stand
 * side by side in memory outside of the heap, at a place that follows from the vector's number.
 * Lucene's own is decoded again whenever a search comes by.
 */
final class FlatGraph {
  /** Ends the neighbours of a vector that has fewer than there is room for. */
  private static final int END = -1;

  private final int entry;
  private final int width;
  private final MemorySegment lowest;
  private final Level[] upper;

  /** The few vectors on a level, in ascending order, and their neighbours. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Level(int[] nodes, int[][] neighbours) {}

  private FlatGraph(int entry, int width, MemorySegment lowest, Level[] upper) {
    this.entry = entry;
    this.width = width;
    this.lowest = lowest;
    this.upper = upper;
  }

  /**
   * @param arena as long as it is used
   */
  static FlatGraph of(HnswGraph graph, Arena arena) throws IOException {
    int width = 2 * graph.maxConn();
    int count = graph.size();
    MemorySegment lowest = arena.allocate(Math.multiplyFull(count, width) * Integer.BYTES, 64);
    int[] row = new int[width];
    for (int node = 0; node < count; node++) {
      Arrays.fill(row, END);
      graph.seek(0, node);
      int filled = 0;
      for (int next = graph.nextNeighbor();
          next != DocIdSetIterator.NO_MORE_DOCS;
          next = graph.nextNeighbor()) {
        row[filled++] = next;
      }
      MemorySegment.copy(
          row, 0, lowest, ValueLayout.JAVA_INT, (long) node * width * Integer.BYTES, width);
    }
    Level[] upper = new Level[graph.numLevels() - 1];
    for (int level = 1; level <= upper.length; level++) {
      upper[level - 1] = level(graph, level);
    }
    return new FlatGraph(graph.entryNode(), width, lowest, upper);
  }

  private static Level level(HnswGraph graph, int level) throws IOException {
    HnswGraph.NodesIterator iterator = graph.getNodesOnLevel(level);
    int[] nodes = new int[iterator.size()];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = iterator.nextInt();
    }
    Arrays.sort(nodes);
    int[][] neighbours = new int[nodes.length][];
    for (int i = 0; i < nodes.length; i++) {
      graph.seek(level, nodes[i]);
      int[] found = new int[graph.neighborCount()];
      for (int j = 0; j < found.length; j++) {
        found[j] = graph.nextNeighbor();
      }
      neighbours[i] = found;
    }
    return new Level(nodes, neighbours);
  }

  /** Where every walk begins, on the highest level. */
  int entry() {
    return entry;
  }

  /** The highest level; 0 is the lowest. */
  int top() {
    return upper.length;
  }

  /** How many neighbours a vector has on the lowest level at most. */
  int width() {
    return width;
  }

  /**
   * The neighbours of a vector on a level above the lowest, where it is. Leave them as they are.
   */
  int[] neighbours(int level, int node) {
    Level there = upper[level - 1];
    return there.neighbours[Arrays.binarySearch(there.nodes, node)];
  }

  /** Puts the neighbours of a vector on the lowest level into an array; returns how many. */
  int neighbours(int node, int[] target) {
    MemorySegment.copy(
        lowest, ValueLayout.JAVA_INT, (long) node * width * Integer.BYTES, target, 0, width);
    int count = 0;
    while (count < width && target[count] != END) {
      count++;
    }
    return count;
  }

  long memoryBytes() {
    return lowest.byteSize();
  }
}
