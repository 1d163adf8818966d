package io.aifs.bench.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

/**
 * A model's weights as safetensors files, and versions of it as training makes them: one with a
 * layer trained anew, and one of which every weight moved a little; each as float32, float16 and
 * bfloat16.
 */
final class ModelVersions {
  private static final long SEED = 90_000_002;

  /** The layer that is trained anew: its tensors have this in their names. */
  private static final String LAYER = "layer.3.";

  /** What the exporter calls a layer's matrices, of which it keeps the order but not the names. */
  private static final String MATRIX = "onnx::MatMul_";

  private static final int LAYER_MATRICES = 6;

  /** By how much of itself a weight moves in fine-tuning. */
  private static final double MOVED = 1e-3;

  private ModelVersions() {}

  /** Types of the values, and how a float32 becomes one. */
  private enum Type {
    F32,
    F16,
    BF16;

    byte[] of(float[] values) {
      int bytes = this == F32 ? Float.BYTES : Short.BYTES;
      ByteBuffer out = ByteBuffer.allocate(values.length * bytes).order(ByteOrder.LITTLE_ENDIAN);
      for (float value : values) {
        switch (this) {
          case F32 -> out.putFloat(value);
          case F16 -> out.putShort(Float.floatToFloat16(value));
          case BF16 -> out.putShort(bfloat16(value));
        }
      }
      return out.array();
    }

    /** Rounds to the nearest, to even between two. */
    private static short bfloat16(float value) {
      int bits = Float.floatToRawIntBits(value);
      return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    }
  }

  static void write(Path model, Path directory) throws IOException {
    byte[] onnx = Files.readAllBytes(model);
    List<OnnxTensors.Tensor> tensors = named(OnnxTensors.all(onnx));
    for (Type type : Type.values()) {
      List<SafetensorsFile.Tensor> base = new ArrayList<>();
      List<SafetensorsFile.Tensor> layer = new ArrayList<>();
      List<SafetensorsFile.Tensor> only = new ArrayList<>();
      List<SafetensorsFile.Tensor> tuned = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(SEED);
      for (OnnxTensors.Tensor tensor : tensors) {
        float[] values = values(onnx, tensor.values());
        SafetensorsFile.Tensor was = made(tensor, type, values);
        base.add(was);
        tuned.add(
            made(tensor, type, changed(values, one -> one * (1 + MOVED * random.nextGaussian()))));
        if (tensor.name().contains(LAYER)) {
          double deviation = deviation(values);
          only.add(made(tensor, type, changed(values, _ -> deviation * random.nextGaussian())));
          layer.add(only.getLast());
        } else {
          layer.add(was);
        }
      }
      if (only.isEmpty()) {
        throw new IllegalStateException("no tensor is called " + LAYER);
      }
      String name = type.name().toLowerCase(Locale.ROOT);
      SafetensorsFile.write(directory.resolve(name + "-base.safetensors"), base);
      SafetensorsFile.write(directory.resolve(name + "-layer.safetensors"), layer);
      SafetensorsFile.write(directory.resolve(name + "-only.safetensors"), only);
      SafetensorsFile.write(directory.resolve(name + "-tuned.safetensors"), tuned);
    }
  }

  /** The tensors, with names for the matrices that say in which layer they are. */
  private static List<OnnxTensors.Tensor> named(List<OnnxTensors.Tensor> tensors) {
    List<OnnxTensors.Tensor> named = new ArrayList<>();
    int matrices = 0;
    for (OnnxTensors.Tensor tensor : tensors) {
      String name = tensor.name();
      if (name.startsWith(MATRIX)) {
        int layer = matrices / LAYER_MATRICES;
        name = "encoder.layer." + layer + ".matrix." + matrices % LAYER_MATRICES + ".weight";
        matrices++;
      }
      named.add(new OnnxTensors.Tensor(name, tensor.shape(), tensor.values()));
    }
    return named;
  }

  /** One tensor of rows of 1,024 values, of which a part can be read. */
  static void writeTensor(Path file, int mib) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    float[] values = new float[mib << 18];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (0.05 * random.nextGaussian());
    }
    List<Long> shape = List.of(values.length / 1_024L, 1_024L);
    SafetensorsFile.write(
        file, List.of(new SafetensorsFile.Tensor("large", "F32", shape, Type.F32.of(values))));
  }

  private static SafetensorsFile.Tensor made(OnnxTensors.Tensor tensor, Type type, float[] values) {
    return new SafetensorsFile.Tensor(tensor.name(), type.name(), tensor.shape(), type.of(values));
  }

  private static float[] values(byte[] onnx, OnnxTensors.Range range) {
    float[] values = new float[(range.to() - range.from()) / Float.BYTES];
    ByteBuffer.wrap(onnx, range.from(), range.to() - range.from())
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private static float[] changed(float[] values, DoubleUnaryOperator change) {
    float[] changed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      changed[i] = (float) change.applyAsDouble(values[i]);
    }
    return changed;
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  }
}
