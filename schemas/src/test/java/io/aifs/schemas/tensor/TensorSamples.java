package io.aifs.schemas.tensor;

import io.aifs.crypto.testing.SeededTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Tensors to test with. */
final class TensorSamples {
  /** A tensor of random values, shape and names; few values. */
  static Tensor random(ElementType element, SplittableRandom random) {
    List<Long> shape = new ArrayList<>();
    int dimensions = random.nextInt(5);
    for (int i = 0; i < dimensions; i++) {
      shape.add(random.nextInt(8) == 0 ? random.nextLong(2) : random.nextLong(1, 6));
    }
    List<String> names =
        random.nextBoolean()
            ? List.of()
            : IntStream.range(0, dimensions).mapToObj(i -> "dimension " + i).toList();
    var type = new TensorType(element, shape, names);
    byte[] values = SeededTest.bytes(random, (int) type.bytes());
    return new Tensor("layer." + random.nextInt() + ".weight \"ü\"", type, ByteBuffer.wrap(values));
  }

  static byte[] file(Tensor tensor) throws IOException {
    var out = new ByteArrayOutputStream();
    TensorCodec.encode(tensor, out);
    return out.toByteArray();
  }

  static byte[] stream(Tensor tensor) {
    return joined(
        TensorCodec.streamHead(tensor.name(), tensor.type()),
        bytes(tensor.values()),
        TensorCodec.streamTail(tensor.name(), tensor.type()));
  }

  /** A file in which a row has no more than so many values. */
  static byte[] fileOfRows(Tensor tensor, long rowValuesMax) {
    var writer = new ArrowWriter(tensor.name(), tensor.type(), rowValuesMax);
    return joined(
        TensorCodec.fileHead(writer),
        bytes(tensor.values()),
        TensorCodec.fileTail(writer, tensor.type()));
  }

  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private TensorSamples() {}
}
