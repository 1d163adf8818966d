package io.aifs.schemas.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Bytes that come in pieces, as blocks of values; a value may be in two pieces or more. For one
 * thread.
 */
final class ValueBlocks {
  /** Values of a block. */
  static final int VALUES_MAX = 1_024;

  private static final double TWO_TO_THE_63 = 0x1p63;

  private final ElementType element;
  private final double[] values = new double[VALUES_MAX];
  private final ByteBuffer begun;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private ByteBuffer bits = ByteBuffer.allocate(0);

  ValueBlocks(ElementType element) {
    this.element = element;
    this.begun = ByteBuffer.allocate(element.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Takes the next piece, all of whose blocks are to be taken before the one after it. */
  void give(ByteBuffer next) {
    piece = next.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Decodes the next block, and returns how many values it has; 0 if the piece is used up. */
  int next() {
    int width = element.bytes();
    if (begun.position() > 0 || piece.remaining() < width) {
      while (begun.hasRemaining() && piece.hasRemaining()) {
        begun.put(piece.get());
      }
      if (begun.hasRemaining()) {
        return 0;
      }
      bits = ByteBuffer.allocate(width).order(ByteOrder.LITTLE_ENDIAN).put(0, begun.array());
      begun.clear();
      decode(1);
      return 1;
    }
    int count = Math.min(VALUES_MAX, piece.remaining() / width);
    bits = piece.slice(piece.position(), count * width).order(ByteOrder.LITTLE_ENDIAN);
    piece.position(piece.position() + count * width);
    decode(count);
    return count;
  }

  /** The values of the block; whoever asked for it may change them. */
  double[] values() {
    return values;
  }

  /** The bytes of the block. */
  ByteBuffer bits() {
    return bits;
  }

  /**
   * @throws IllegalStateException if the bytes end inside a value
   */
  void requireWhole() {
    if (begun.position() > 0) {
      throw new IllegalStateException("the bytes end inside a value of " + element);
    }
  }

  /** The types that most values are of have loops of their own, which are faster. */
  private void decode(int count) {
    ByteBuffer from = bits;
    switch (element) {
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          values[i] = from.getFloat(4 * i);
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          values[i] = Floats.ofBfloat16(from.getShort(2 * i));
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          values[i] = Floats.ofFloat16(from.getShort(2 * i));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          values[i] = value(i * element.bytes());
        }
      }
    }
  }

  private double value(int at) {
    return switch (element) {
      case BOOL -> bits.get(at) == 0 ? 0 : 1;
      case INT8 -> bits.get(at);
      case UINT8 -> Byte.toUnsignedInt(bits.get(at));
      case INT16 -> bits.getShort(at);
      case UINT16 -> Short.toUnsignedInt(bits.getShort(at));
      case INT32 -> bits.getInt(at);
      case UINT32 -> Integer.toUnsignedLong(bits.getInt(at));
      case INT64 -> bits.getLong(at);
      case UINT64 -> unsigned(bits.getLong(at));
      case FLOAT16 -> Floats.ofFloat16(bits.getShort(at));
      case BFLOAT16 -> Floats.ofBfloat16(bits.getShort(at));
      case FLOAT32 -> bits.getFloat(at);
      case FLOAT64 -> bits.getDouble(at);
      case FLOAT8_E4M3 -> Floats.ofFloat8E4m3(bits.get(at));
      case FLOAT8_E5M2 -> Floats.ofFloat8E5m2(bits.get(at));
    };
  }

  private static double unsigned(long value) {
    return value >= 0 ? value : (value & Long.MAX_VALUE) + TWO_TO_THE_63;
  }
}
