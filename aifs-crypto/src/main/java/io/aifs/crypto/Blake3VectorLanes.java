package io.aifs.crypto;

import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * One node per vector lane, on vectors of one width.
 *
 * <p>The width must be a constant to the compiler, or every vector operation allocates. So this
 * class is a pattern that is never initialised itself: {@link Blake3Shapes} defines a hidden copy
 * per width, with the number of lanes as its class data. For the same reason the loops below call
 * vector operations directly: one small method between them stops the inlining that makes them
 * fast.
 */
final class Blake3VectorLanes implements Blake3Kernel {
  private static final int LANES = lanes();
  private static final VectorSpecies<Integer> SHAPE =
      VectorSpecies.of(int.class, Blake3Shapes.shape(LANES));
  private static final VectorSpecies<Byte> BYTES =
      VectorSpecies.of(byte.class, Blake3Shapes.shape(LANES));
  private static final int[] SCHEDULE = Blake3Spec.schedule(LANES);
  private static final int QUARTER = LANES / 4;
  private static final int[] SWAPS = swaps();

  Blake3VectorLanes() {}

  @Override
  public void chunks(
      Blake3Mode mode,
      byte[] data,
      int offset,
      int count,
      long firstChunk,
      byte[] values,
      int valuesOffset) {
    int[] state = new int[Blake3Spec.VALUE_WORDS * LANES];
    int[] words = new int[Blake3Spec.BLOCK_WORDS * LANES];
    int[] counters = new int[2 * LANES];
    for (int done = 0; done < count; done += LANES) {
      int rows = Math.min(LANES, count - done);
      int from = offset + done * Blake3Spec.CHUNK_BYTES;
      start(state, mode);
      for (int lane = 0; lane < LANES; lane++) {
        long chunk = firstChunk + done + lane;
        counters[lane] = (int) chunk;
        counters[LANES + lane] = (int) (chunk >>> Integer.SIZE);
      }
      for (int block = 0; block < Blake3Spec.CHUNK_BLOCKS; block++) {
        int flags =
            switch (block) {
              case 0 -> mode.flags | Blake3Spec.CHUNK_START;
              case Blake3Spec.CHUNK_BLOCKS - 1 -> mode.flags | Blake3Spec.CHUNK_END;
              default -> mode.flags;
            };
        int at = from + block * Blake3Spec.BLOCK_BYTES;
        transpose(data, at, Blake3Spec.CHUNK_BYTES, rows, words);
        compress(state, words, counters, flags);
      }
      write(state, rows, values, valuesOffset + done * Blake3Spec.VALUE_BYTES);
    }
  }

  @Override
  public void parents(Blake3Mode mode, byte[] values, int offset, int count, int outOffset) {
    int[] state = new int[Blake3Spec.VALUE_WORDS * LANES];
    int[] words = new int[Blake3Spec.BLOCK_WORDS * LANES];
    int[] counters = new int[2 * LANES];
    for (int done = 0; done < count; done += LANES) {
      int rows = Math.min(LANES, count - done);
      start(state, mode);
      transpose(
          values, offset + done * Blake3Spec.BLOCK_BYTES, Blake3Spec.BLOCK_BYTES, rows, words);
      compress(state, words, counters, mode.flags | Blake3Spec.PARENT);
      write(state, rows, values, outOffset + done * Blake3Spec.VALUE_BYTES);
    }
  }

  private static void start(int[] state, Blake3Mode mode) {
    for (int i = 0; i < Blake3Spec.VALUE_WORDS; i++) {
      IntVector.broadcast(SHAPE, mode.key[i]).intoArray(state, i * LANES);
    }
  }

  private static void write(int[] state, int rows, byte[] values, int offset) {
    for (int lane = 0; lane < rows; lane++) {
      int at = offset + lane * Blake3Spec.VALUE_BYTES;
      for (int i = 0; i < Blake3Spec.VALUE_WORDS; i++) {
        Blake3Spec.WORD.set(values, at + i * Integer.BYTES, state[i * LANES + lane]);
      }
    }
  }

  /**
   * Reads a block per lane, {@code stride} bytes apart, so that {@code words[i * LANES + lane]} is
   * word {@code i} of the lane's block. Lanes from {@code rows} on repeat the last row.
   *
   * <p>A square of lanes by lanes is transposed by swapping halves, then quarters, and so on: each
   * step takes what it keeps and what it swaps out of two rows by one selection. Four rows go
   * through two steps at a time, as going through memory costs as much as a step.
   */
  private static void transpose(byte[] data, int offset, int stride, int rows, int[] words) {
    readSwapped(data, offset, stride, rows, words);
    if (LANES == 16) {
      swapByFours(words);
    } else if (LANES == 8) {
      swapByPairs(words);
    }
  }

  /** Reads the rows and does the first two steps. */
  private static void readSwapped(byte[] data, int offset, int stride, int rows, int[] words) {
    IntVector lower = IntVector.fromArray(SHAPE, SWAPS, 0);
    IntVector upper = IntVector.fromArray(SHAPE, SWAPS, LANES);
    IntVector lowerNext = IntVector.fromArray(SHAPE, SWAPS, 2 * LANES);
    IntVector upperNext = IntVector.fromArray(SHAPE, SWAPS, 3 * LANES);
    int last = rows - 1;
    for (int square = 0; square < Blake3Spec.BLOCK_WORDS; square += LANES) {
      int from = offset + square * Integer.BYTES;
      for (int row = 0; row < QUARTER; row++) {
        IntVector a =
            ByteVector.fromArray(BYTES, data, from + Math.min(row, last) * stride)
                .reinterpretAsInts();
        IntVector b =
            ByteVector.fromArray(BYTES, data, from + Math.min(row + QUARTER, last) * stride)
                .reinterpretAsInts();
        IntVector c =
            ByteVector.fromArray(BYTES, data, from + Math.min(row + 2 * QUARTER, last) * stride)
                .reinterpretAsInts();
        IntVector d =
            ByteVector.fromArray(BYTES, data, from + Math.min(row + 3 * QUARTER, last) * stride)
                .reinterpretAsInts();
        IntVector ac = lower.selectFrom(a, c);
        IntVector ca = upper.selectFrom(a, c);
        IntVector bd = lower.selectFrom(b, d);
        IntVector db = upper.selectFrom(b, d);
        int to = (square + row) * LANES;
        lowerNext.selectFrom(ac, bd).intoArray(words, to);
        upperNext.selectFrom(ac, bd).intoArray(words, to + QUARTER * LANES);
        lowerNext.selectFrom(ca, db).intoArray(words, to + 2 * QUARTER * LANES);
        upperNext.selectFrom(ca, db).intoArray(words, to + 3 * QUARTER * LANES);
      }
    }
  }

  /** The last two steps of four. */
  private static void swapByFours(int[] words) {
    IntVector lower = IntVector.fromArray(SHAPE, SWAPS, 4 * LANES);
    IntVector upper = IntVector.fromArray(SHAPE, SWAPS, 5 * LANES);
    IntVector lowerNext = IntVector.fromArray(SHAPE, SWAPS, 6 * LANES);
    IntVector upperNext = IntVector.fromArray(SHAPE, SWAPS, 7 * LANES);
    for (int at = 0; at < Blake3Spec.BLOCK_WORDS * LANES; at += 4 * LANES) {
      IntVector a = IntVector.fromArray(SHAPE, words, at);
      IntVector b = IntVector.fromArray(SHAPE, words, at + LANES);
      IntVector c = IntVector.fromArray(SHAPE, words, at + 2 * LANES);
      IntVector d = IntVector.fromArray(SHAPE, words, at + 3 * LANES);
      IntVector ac = lower.selectFrom(a, c);
      IntVector ca = upper.selectFrom(a, c);
      IntVector bd = lower.selectFrom(b, d);
      IntVector db = upper.selectFrom(b, d);
      lowerNext.selectFrom(ac, bd).intoArray(words, at);
      upperNext.selectFrom(ac, bd).intoArray(words, at + LANES);
      lowerNext.selectFrom(ca, db).intoArray(words, at + 2 * LANES);
      upperNext.selectFrom(ca, db).intoArray(words, at + 3 * LANES);
    }
  }

  /** The last step of three. */
  private static void swapByPairs(int[] words) {
    IntVector lower = IntVector.fromArray(SHAPE, SWAPS, 4 * LANES);
    IntVector upper = IntVector.fromArray(SHAPE, SWAPS, 5 * LANES);
    for (int at = 0; at < Blake3Spec.BLOCK_WORDS * LANES; at += 2 * LANES) {
      IntVector a = IntVector.fromArray(SHAPE, words, at);
      IntVector b = IntVector.fromArray(SHAPE, words, at + LANES);
      lower.selectFrom(a, b).intoArray(words, at);
      upper.selectFrom(a, b).intoArray(words, at + LANES);
    }
  }

  /** As {@link Blake3Compression#compress}, lane by lane, on whole blocks. */
  private static void compress(int[] state, int[] words, int[] counters, int flags) {
    IntVector v0 = IntVector.fromArray(SHAPE, state, 0);
    IntVector v1 = IntVector.fromArray(SHAPE, state, LANES);
    IntVector v2 = IntVector.fromArray(SHAPE, state, 2 * LANES);
    IntVector v3 = IntVector.fromArray(SHAPE, state, 3 * LANES);
    IntVector v4 = IntVector.fromArray(SHAPE, state, 4 * LANES);
    IntVector v5 = IntVector.fromArray(SHAPE, state, 5 * LANES);
    IntVector v6 = IntVector.fromArray(SHAPE, state, 6 * LANES);
    IntVector v7 = IntVector.fromArray(SHAPE, state, 7 * LANES);
    IntVector v8 = IntVector.broadcast(SHAPE, Blake3Spec.IV0);
    IntVector v9 = IntVector.broadcast(SHAPE, Blake3Spec.IV1);
    IntVector v10 = IntVector.broadcast(SHAPE, Blake3Spec.IV2);
    IntVector v11 = IntVector.broadcast(SHAPE, Blake3Spec.IV3);
    IntVector v12 = IntVector.fromArray(SHAPE, counters, 0);
    IntVector v13 = IntVector.fromArray(SHAPE, counters, LANES);
    IntVector v14 = IntVector.broadcast(SHAPE, Blake3Spec.BLOCK_BYTES);
    IntVector v15 = IntVector.broadcast(SHAPE, flags);
    for (int step = 0; step < SCHEDULE.length; step += Blake3Spec.BLOCK_WORDS) {
      v0 = v0.add(v4).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step]));
      v1 = v1.add(v5).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 2]));
      v2 = v2.add(v6).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 4]));
      v3 = v3.add(v7).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 6]));
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 16);
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 16);
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 16);
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 16);
      v8 = v8.add(v12);
      v9 = v9.add(v13);
      v10 = v10.add(v14);
      v11 = v11.add(v15);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 12);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 12);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 12);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 12);
      v0 = v0.add(v4).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 1]));
      v1 = v1.add(v5).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 3]));
      v2 = v2.add(v6).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 5]));
      v3 = v3.add(v7).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 7]));
      v12 = v12.lanewise(XOR, v0).lanewise(ROR, 8);
      v13 = v13.lanewise(XOR, v1).lanewise(ROR, 8);
      v14 = v14.lanewise(XOR, v2).lanewise(ROR, 8);
      v15 = v15.lanewise(XOR, v3).lanewise(ROR, 8);
      v8 = v8.add(v12);
      v9 = v9.add(v13);
      v10 = v10.add(v14);
      v11 = v11.add(v15);
      v4 = v4.lanewise(XOR, v8).lanewise(ROR, 7);
      v5 = v5.lanewise(XOR, v9).lanewise(ROR, 7);
      v6 = v6.lanewise(XOR, v10).lanewise(ROR, 7);
      v7 = v7.lanewise(XOR, v11).lanewise(ROR, 7);
      v0 = v0.add(v5).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 8]));
      v1 = v1.add(v6).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 10]));
      v2 = v2.add(v7).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 12]));
      v3 = v3.add(v4).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 14]));
      v15 = v15.lanewise(XOR, v0).lanewise(ROR, 16);
      v12 = v12.lanewise(XOR, v1).lanewise(ROR, 16);
      v13 = v13.lanewise(XOR, v2).lanewise(ROR, 16);
      v14 = v14.lanewise(XOR, v3).lanewise(ROR, 16);
      v10 = v10.add(v15);
      v11 = v11.add(v12);
      v8 = v8.add(v13);
      v9 = v9.add(v14);
      v5 = v5.lanewise(XOR, v10).lanewise(ROR, 12);
      v6 = v6.lanewise(XOR, v11).lanewise(ROR, 12);
      v7 = v7.lanewise(XOR, v8).lanewise(ROR, 12);
      v4 = v4.lanewise(XOR, v9).lanewise(ROR, 12);
      v0 = v0.add(v5).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 9]));
      v1 = v1.add(v6).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 11]));
      v2 = v2.add(v7).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 13]));
      v3 = v3.add(v4).add(IntVector.fromArray(SHAPE, words, SCHEDULE[step + 15]));
      v15 = v15.lanewise(XOR, v0).lanewise(ROR, 8);
      v12 = v12.lanewise(XOR, v1).lanewise(ROR, 8);
      v13 = v13.lanewise(XOR, v2).lanewise(ROR, 8);
      v14 = v14.lanewise(XOR, v3).lanewise(ROR, 8);
      v10 = v10.add(v15);
      v11 = v11.add(v12);
      v8 = v8.add(v13);
      v9 = v9.add(v14);
      v5 = v5.lanewise(XOR, v10).lanewise(ROR, 7);
      v6 = v6.lanewise(XOR, v11).lanewise(ROR, 7);
      v7 = v7.lanewise(XOR, v8).lanewise(ROR, 7);
      v4 = v4.lanewise(XOR, v9).lanewise(ROR, 7);
    }
    v0.lanewise(XOR, v8).intoArray(state, 0);
    v1.lanewise(XOR, v9).intoArray(state, LANES);
    v2.lanewise(XOR, v10).intoArray(state, 2 * LANES);
    v3.lanewise(XOR, v11).intoArray(state, 3 * LANES);
    v4.lanewise(XOR, v12).intoArray(state, 4 * LANES);
    v5.lanewise(XOR, v13).intoArray(state, 5 * LANES);
    v6.lanewise(XOR, v14).intoArray(state, 6 * LANES);
    v7.lanewise(XOR, v15).intoArray(state, 7 * LANES);
  }

  /** For each step of {@link #transpose}: which lanes of rows a and b form its two new rows. */
  private static int[] swaps() {
    int steps = Integer.numberOfTrailingZeros(LANES);
    int[] swaps = new int[2 * steps * LANES];
    for (int i = 0; i < swaps.length; i++) {
      int lane = i % LANES;
      int half = LANES >> (i / (2 * LANES) + 1);
      boolean upper = i / LANES % 2 == 1;
      boolean fromB = (lane & half) != 0;
      swaps[i] = (upper ? lane | half : lane & ~half) + (fromB ? LANES : 0);
    }
    return swaps;
  }

  private static int lanes() {
    try {
      return MethodHandles.classData(
          MethodHandles.lookup(), ConstantDescs.DEFAULT_NAME, Integer.class);
    } catch (IllegalAccessException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
