package io.aifs.server.pack;

import java.util.Arrays;

/** Records that were copied, 32 bytes of heap each: key, old and new location. Not thread-safe. */
public final class RecordMoves {
  private static final int LONGS = 4;

  private long[] moves = new long[LONGS * 64];
  private int count;

  RecordMoves() {}

  void add(RecordKey key, long from, long to) {
    if ((count + 1) * LONGS > moves.length) {
      moves = Arrays.copyOf(moves, moves.length * 2);
    }
    moves[count * LONGS] = key.high();
    moves[count * LONGS + 1] = key.low();
    moves[count * LONGS + 2] = from;
    moves[count * LONGS + 3] = to;
    count++;
  }

  /** Forgets all but the first. */
  void cut(int kept) {
    count = kept;
  }

  int count() {
    return count;
  }

  RecordKey key(int move) {
    return new RecordKey(moves[move * LONGS], moves[move * LONGS + 1]);
  }

  long from(int move) {
    return moves[move * LONGS + 2];
  }

  long to(int move) {
    return moves[move * LONGS + 3];
  }
}
