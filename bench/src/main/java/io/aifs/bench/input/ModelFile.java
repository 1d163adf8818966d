package io.aifs.bench.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A small ONNX file of nothing but tensors, for smoke tests that fetch no real one. */
final class ModelFile {
  private static final long SEED = 90_000_001;
  private static final int TENSORS = 8;
  private static final double WEIGHT_DEVIATION = 0.05;

  private ModelFile() {}

  static void write(Path file, int bytes) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    for (int i = 0; i < TENSORS; i++) {
      ByteArrayOutputStream tensor = new ByteArrayOutputStream();
      tensor.writeBytes(new byte[] {2 << 3, 1}); // data_type: float32
      delimited(tensor, 9, weights(random, bytes / TENSORS / Float.BYTES)); // raw_data
      delimited(graph, 5, tensor.toByteArray()); // initializer
    }
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    delimited(model, 7, graph.toByteArray());
    Files.write(file, model.toByteArray());
  }

  private static byte[] weights(SplittableRandom random, int count) {
    ByteBuffer values = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (values.hasRemaining()) {
      values.putFloat((float) (WEIGHT_DEVIATION * random.nextGaussian()));
    }
    return values.array();
  }

  private static void delimited(ByteArrayOutputStream out, int field, byte[] content) {
    out.write((field << 3) | 2);
    int left = content.length;
    while (left > 0x7f) {
      out.write((left & 0x7f) | 0x80);
      left >>>= 7;
    }
    out.write(left);
    out.writeBytes(content);
  }
}
