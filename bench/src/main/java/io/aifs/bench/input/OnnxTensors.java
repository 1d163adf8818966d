package io.aifs.bench.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the float32 values of an ONNX file's tensors lie. ONNX is protobuf; of it only the fields
 * on the way there are known: model.graph (7), graph.initializer (5), and of a tensor dims (1),
 * data_type (2), name (8) and raw_data (9).
 */
final class OnnxTensors {
  private static final int GRAPH = 7;
  private static final int INITIALIZER = 5;
  private static final int DIMS = 1;
  private static final int DATA_TYPE = 2;
  private static final int NAME = 8;
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

  /** A tensor and where its values lie. */
  record Tensor(String name, List<Long> shape, Range values) {}

  /** The larger ones, in the order of the file. */
  static List<Range> in(byte[] model) {
    return all(model).stream()
        .map(Tensor::values)
        .filter(values -> values.to - values.from >= BYTES_MIN)
        .toList();
  }

  /** In the order of the file. */
  static List<Tensor> all(byte[] model) {
    List<Tensor> found = new ArrayList<>();
    for (Field graph : fields(model, 0, model.length, GRAPH)) {
      for (Field tensor : fields(model, graph.from, graph.to, INITIALIZER)) {
        boolean floats =
            fields(model, tensor.from, tensor.to, DATA_TYPE).stream()
                .anyMatch(type -> type.value == FLOAT32);
        for (Field raw : fields(model, tensor.from, tensor.to, RAW_DATA)) {
          if (floats) {
            found.add(
                new Tensor(name(model, tensor), shape(model, tensor), new Range(raw.from, raw.to)));
          }
        }
      }
    }
    return found;
  }

  private static String name(byte[] model, Field tensor) {
    return fields(model, tensor.from, tensor.to, NAME).stream()
        .map(name -> new String(model, name.from, name.to - name.from, UTF_8))
        .findFirst()
        .orElse("");
  }

  /** Each dimension is a field of its own, or all are packed into one. */
  private static List<Long> shape(byte[] model, Field tensor) {
    List<Long> shape = new ArrayList<>();
    for (Field dims : fields(model, tensor.from, tensor.to, DIMS)) {
      if (dims.to == dims.from) {
        shape.add(dims.value);
      } else {
        ByteBuffer packed = ByteBuffer.wrap(model, dims.from, dims.to - dims.from);
        while (packed.hasRemaining()) {
          shape.add(varint(packed));
        }
      }
    }
    return shape;
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
