package io.aifs.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What is searched, and what is searched for: directions, so that every side computes the same.
 *
 * @param queries none of them in {@code base}
 */
record VectorInputs(int dimension, List<float[]> base, List<float[]> queries) {
  private static final int QUERIES = 1_000;

  /** Words, every so many of which are queries. */
  static VectorInputs words(Path json, int dimension, int most) throws IOException {
    List<float[]> all = WordVectors.read(json, dimension);
    return split(dimension, all.subList(0, Math.min(most, all.size())));
  }

  /** Gaussian clusters, each as wide as its centre is far from the others. */
  static VectorInputs clustered(int count, int dimension) {
    Random random = new Random(41);
    float[][] centres = new float[Math.max(10, count / 1_000)][];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = gaussian(random, new float[dimension], 1);
    }
    List<float[]> all = new ArrayList<>();
    for (int i = 0; i < count + QUERIES; i++) {
      all.add(gaussian(random, centres[random.nextInt(centres.length)], 0.5f));
    }
    return split(dimension, all);
  }

  private static float[] gaussian(Random random, float[] centre, float width) {
    float[] vector = centre.clone();
    for (int i = 0; i < vector.length; i++) {
      vector[i] += (float) random.nextGaussian() * width;
    }
    return vector;
  }

  private static VectorInputs split(int dimension, List<float[]> all) {
    int every = Math.max(2, all.size() / QUERIES);
    List<float[]> base = new ArrayList<>();
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      boolean asked = i % every == every - 1 && queries.size() < QUERIES;
      (asked ? queries : base).add(direction(all.get(i)));
    }
    return new VectorInputs(dimension, base, queries);
  }

  private static float[] direction(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    float[] direction = vector.clone();
    for (int i = 0; i < direction.length; i++) {
      direction[i] /= (float) Math.sqrt(squares);
    }
    return direction;
  }

  /** The values one after the other, little-endian. */
  static void write(List<float[]> vectors, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (float[] vector : vectors) {
        ByteBuffer bytes =
            ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        out.write(bytes.array());
      }
    }
  }
}
