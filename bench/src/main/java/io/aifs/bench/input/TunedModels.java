package io.aifs.bench.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A model and copies as tuning makes them: what comes first, embeddings and low layers, keeps its
 * values, and all later weights move a little.
 */
final class TunedModels {
  private static final long SEED = 7_000_001;

  /** Tensors that begin in this part of the file keep their values. */
  private static final double FROZEN = 0.63;

  /** By how much, of itself, a weight moves. */
  private static final double DEVIATION = 1e-3;

  private TunedModels() {}

  static void write(Path model, Path directory, int copies) throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    Files.write(directory.resolve("base.onnx"), bytes);
    for (int copy = 1; copy <= copies; copy++) {
      byte[] tuned = bytes.clone();
      tune(tuned, new SplittableRandom(SEED + copy));
      Files.write(directory.resolve("tuned-" + copy + ".onnx"), tuned);
    }
  }

  private static void tune(byte[] model, SplittableRandom random) {
    ByteBuffer values = ByteBuffer.wrap(model).order(ByteOrder.LITTLE_ENDIAN);
    for (OnnxTensors.Range tensor : OnnxTensors.in(model)) {
      if (tensor.from() >= FROZEN * model.length) {
        for (int at = tensor.from(); at <= tensor.to() - Float.BYTES; at += Float.BYTES) {
          double moved = values.getFloat(at) * (1 + DEVIATION * random.nextGaussian());
          values.putFloat(at, (float) moved);
        }
      }
    }
  }
}
