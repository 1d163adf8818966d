package io.aifs.vector;

import java.util.Arrays;
import org.apache.lucene.util.NumericUtils;

/** Vectors with their scores, the best first out. */
final class ScoreHeap {
  /** Score above, number below, so that comparing numbers compares scores. */
  private long[] heap = new long[256];

  private int size;

  void clear() {
    size = 0;
  }

  boolean isEmpty() {
    return size == 0;
  }

  float bestScore() {
    return NumericUtils.sortableIntToFloat((int) (heap[0] >> Integer.SIZE));
  }

  void add(int node, float score) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    long added =
        ((long) NumericUtils.floatToSortableInt(score) << Integer.SIZE) | (node & 0xffffffffL);
    int at = size++;
    while (at > 0) {
      int above = (at - 1) >> 1;
      if (heap[above] >= added) {
        break;
      }
      heap[at] = heap[above];
      at = above;
    }
    heap[at] = added;
  }

  /** Its number. */
  int removeBest() {
    int best = (int) heap[0];
    long moved = heap[--size];
    int at = 0;
    int below = 1;
    while (below < size) {
      if (below + 1 < size && heap[below + 1] > heap[below]) {
        below++;
      }
      if (heap[below] <= moved) {
        break;
      }
      heap[at] = heap[below];
      at = below;
      below = 2 * at + 1;
    }
    heap[at] = moved;
    return best;
  }
}
