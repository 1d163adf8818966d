package io.aifs.bench.input;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;

/** Labels such as lie beside images: JSON of 1 to 4 KiB, 100 to a directory, no two alike. */
final class SmallFiles {
  private static final long SEED = 20_261_126;
  private static final int FILES_A_DIRECTORY = 100;
  private static final int BYTES_MIN = 1 << 10;
  private static final int BYTES_MAX = 4 << 10;
  private static final String[] CLASSES = {
    "person", "bicycle", "car", "traffic light", "dog", "chair", "bottle", "laptop", "clock"
  };

  private SmallFiles() {}

  static void write(Path directory, int count) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    Path below = directory;
    for (int i = 0; i < count; i++) {
      if (i % FILES_A_DIRECTORY == 0) {
        below = Files.createDirectories(directory.resolve("%04d".formatted(i / FILES_A_DIRECTORY)));
      }
      Path file = below.resolve("image-%06d.json".formatted(i));
      Files.write(file, label(random, i).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String label(SplittableRandom random, int number) {
    StringBuilder text = new StringBuilder(BYTES_MAX);
    text.append("{\"image\": \"image-").append(number).append(".jpg\", \"objects\": [\n");
    int length = random.nextInt(BYTES_MIN, BYTES_MAX + 1);
    String end = "{}]}\n";
    while (true) {
      String object =
          String.format(
              Locale.ROOT,
              "  {\"class\": \"%s\", \"box\": [%.4f, %.4f, %.4f, %.4f], \"score\": %.6f},\n",
              CLASSES[random.nextInt(CLASSES.length)],
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble(),
              random.nextDouble());
      if (text.length() + object.length() + end.length() > length) {
        break;
      }
      text.append(object);
    }
    text.append(" ".repeat(Math.max(0, BYTES_MIN - text.length() - end.length()))).append(end);
    return text.toString();
  }
}
