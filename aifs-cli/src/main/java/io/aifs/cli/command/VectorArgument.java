package io.aifs.cli.command;

import io.aifs.cli.vectors.VectorFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/** Vectors that a command line names by a file. */
final class VectorArgument {
  /**
   * Those of the file; of standard input for {@code -}.
   *
   * @throws io.aifs.core.AifsException.InvalidRequest if it holds no vectors
   */
  static List<float[]> all(Invocation invocation, String file) throws IOException {
    try {
      if (file.equals("-")) {
        return VectorFile.read(invocation.surroundings().in());
      }
      try (InputStream in = Files.newInputStream(invocation.surroundings().path(file))) {
        return VectorFile.read(in);
      }
    } catch (IllegalArgumentException e) {
      throw Usage.error(
          "--vector " + file + ": " + e.getMessage(),
          "give raw float32 values, JSON such as [0.1, 0.2], or a NumPy array of float32");
    }
  }

  /** The one of the file. */
  static float[] one(Invocation invocation, String file) throws IOException {
    List<float[]> vectors = all(invocation, file);
    if (vectors.size() != 1) {
      throw Usage.error(
          "--vector " + file + " holds " + vectors.size() + " vectors", "give one for one asset");
    }
    return vectors.getFirst();
  }

  private VectorArgument() {}
}
