package io.aifs.server.chunk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Small chunks that differ and have much in common, as files of source code have. */
public final class SourceText {
  private static final int PHRASES = 400;

  private SourceText() {}

  /** As many chunks of about 1,000 bytes; equal seeds give equal ones. */
  public static List<Chunk> chunks(int count, long seed) {
    SplittableRandom common = new SplittableRandom(4);
    List<String> phrases = new ArrayList<>();
    for (int i = 0; i < PHRASES; i++) {
      phrases.add("call_" + Long.toString(common.nextLong(), 36) + "(device, &state, flags);\n");
    }
    SplittableRandom random = new SplittableRandom(seed);
    List<Chunk> chunks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder("/* part " + random.nextLong() + " */\n");
      while (text.length() < 1_000) {
        text.append(phrases.get(random.nextInt(PHRASES)));
      }
      chunks.add(Chunk.of(text.toString().getBytes(US_ASCII)));
    }
    return chunks;
  }
}
