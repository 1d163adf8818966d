package io.aifs.bench.input;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the float32 values of an ONNX file's larger tensors lie. ONNX is protobuf; of it only the
 * fields on the way there are known: model.graph (7), graph.initializer (5), and of a tensor
 * data_type (2) and raw_data (9).
 */
final class OnnxTensors {
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int DATA_TYPE = 2;
  private static final int RAW_DATA = 9;
  private static final int FLOAT32 = 1;
  private static final int BYTES_MIN = 64 << 10;

  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_32 = 5;

  private OnnxTensors() {}

  /** A field's number and value: what a varint says, or from where to where the bytes lie. */
  private record Field(int number, long value, int from, int to) {}

  /** A range of bytes. */
  record Range(int from, int to) {}

  /** In the order of the file. */
  static List<Range> in(byte[] model) {
    List<Range> found = new ArrayList<>();
    for (Field graph : fields(model, 0, model.length, GRAPH)) {
      for (Field tensor : fields(model, graph.from, graph.to, INITIALIZER)) {
        boolean floats =
            fields(model, tensor.from, tensor.to, DATA_TYPE).stream()
                .anyMatch(type -> type.value == FLOAT32);
        for (Field raw : fields(model, tensor.from, tensor.to, RAW_DATA)) {
          if (floats && raw.to - raw.from >= BYTES_MIN) {
            found.add(new Range(raw.from, raw.to));
          }
        }
      }
    }
    return found;
  }

  private static List<Field> fields(byte[] model, int from, int to, int number) {
    List<Field> found = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(model, from, to - from);
    while (in.hasRemaining()) {
      Field field = next(in);
      if (field.number == number) {
        found.add(field);
      }
    }
    return found;
  }

  private static Field next(ByteBuffer in) {
    long key = varint(in);
    int number = (int) (key >>> 3);
    long value = 0;
    int length =
        switch ((int) (key & 7)) {
          case VARINT -> {
            value = varint(in);
            yield 0;
          }
          case FIXED_64 -> Long.BYTES;
          case LENGTH_DELIMITED -> Math.toIntExact(varint(in));
          case FIXED_32 -> Integer.BYTES;
          default -> throw new IllegalArgumentException("not an ONNX file");
        };
    int from = in.position();
    in.position(from + length);
    return new Field(number, value, from, from + length);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
