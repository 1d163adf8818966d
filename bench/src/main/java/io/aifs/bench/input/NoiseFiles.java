package io.aifs.bench.input;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Large files that do not compress and share nothing. */
final class NoiseFiles {
  private static final long SEED = 4_000_037;
  private static final int MEBIBYTE = 1 << 20;

  private NoiseFiles() {}

  static void write(Path directory, int count, int mebibytes) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    byte[] piece = new byte[MEBIBYTE];
    for (int file = 1; file <= count; file++) {
      try (OutputStream out = Files.newOutputStream(directory.resolve(file + ".bin"))) {
        for (int i = 0; i < mebibytes; i++) {
          random.nextBytes(piece);
          out.write(piece);
        }
      }
    }
  }
}
