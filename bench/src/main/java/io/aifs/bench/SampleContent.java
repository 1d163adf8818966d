package io.aifs.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Kinds of content that compress differently. The constants are names of parameters. */
public enum SampleContent {
  /** Words and numbers, as in sources, logs and labels. */
  TEXT,
  /** Weights of a model: float32 values about zero. */
  FLOAT32,
  /** Bytes that do not compress. */
  RANDOM;

  private static final long SEED = 11;
  private static final double WEIGHT_DEVIATION = 0.05;
  private static final List<String> WORDS =
      List.of(
          "static",
          "int",
          "return",
          "if",
          "struct",
          "device",
          "buffer",
          "length",
          "error",
          "index",
          "state",
          "unsigned",
          "data",
          "flags",
          "offset",
          "value",
          "queue",
          "lock",
          "pointer",
          "for");

  byte[] bytes(int length) {
    SplittableRandom random = new SplittableRandom(SEED);
    return switch (this) {
      case TEXT -> text(random, length);
      case FLOAT32 -> weights(random, length);
      case RANDOM -> {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        yield bytes;
      }
    };
  }

  private static byte[] text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder(length + 16);
    while (text.length() < length) {
      switch (random.nextInt(10)) {
        case 0 -> text.append(random.nextInt(1_000)).append(";\n  ");
        case 1 -> text.append("_").append(random.nextInt(100)).append(" = ");
        default -> text.append(WORDS.get(random.nextInt(WORDS.size()))).append(' ');
      }
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] weights(SplittableRandom random, int length) {
    ByteBuffer values = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (values.remaining() >= Float.BYTES) {
      values.putFloat((float) (WEIGHT_DEVIATION * random.nextGaussian()));
    }
    return values.array();
  }
}
