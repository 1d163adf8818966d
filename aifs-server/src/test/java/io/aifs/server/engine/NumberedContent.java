package io.aifs.server.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.aifs.core.chunk.NumberRegion;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.crypto.testing.SeededTest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Content of a made-up format: a line that tells of named runs of numbers, and then these. */
final class NumberedContent {
  /** Understands the line, if it is all there. */
  static final RegionFinder FINDER = NumberedContent::find;

  private static final String MAGIC = "numbers";

  private final SplittableRandom random;
  private final int padding;
  private final Map<String, byte[]> runs = new LinkedHashMap<>();
  private final Map<String, Integer> widths = new LinkedHashMap<>();

  /**
   * @param padding spaces in the line
   */
  NumberedContent(SplittableRandom random, int padding) {
    this.random = random;
    this.padding = padding;
  }

  NumberedContent with(String name, int width, byte[] run) {
    runs.put(name, run);
    widths.put(name, width);
    return this;
  }

  NumberedContent with(String name, int length) {
    return with(name, 4, SeededTest.bytes(random, length));
  }

  /** The same with a few bytes of each run changed. */
  NumberedContent tuned(int newPadding) {
    NumberedContent tuned = new NumberedContent(random, newPadding);
    runs.forEach(
        (name, run) -> {
          byte[] changed = run.clone();
          for (int at = 0; at < run.length; at += 1_000) {
            changed[at]++;
          }
          tuned.with(name, widths.getOrDefault(name, 0), changed);
        });
    return tuned;
  }

  byte[] run(String name) {
    return runs.getOrDefault(name, new byte[0]).clone();
  }

  byte[] bytes() {
    StringBuilder line = new StringBuilder(MAGIC);
    runs.forEach(
        (name, run) ->
            line.append(' ')
                .append(name)
                .append(':')
                .append(widths.get(name))
                .append(':')
                .append(run.length));
    line.append(" ".repeat(padding)).append('\n');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(line.toString().getBytes(ISO_8859_1));
    runs.values().forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static Optional<List<NumberRegion>> find(byte[] head, int length, boolean whole) {
    String text = new String(head, 0, length, ISO_8859_1);
    int end = text.indexOf('\n');
    boolean ours = text.startsWith(MAGIC) || (MAGIC.startsWith(text) && !whole);
    if (!ours || (end < 0 && whole)) {
      return Optional.of(List.of());
    }
    return end < 0 ? Optional.empty() : Optional.of(regions(text.substring(0, end)));
  }

  private static List<NumberRegion> regions(String line) {
    List<NumberRegion> regions = new ArrayList<>();
    long at = line.length() + 1L;
    for (String word : line.strip().split(" ", -1)) {
      if (word.equals(MAGIC)) {
        continue;
      }
      String[] parts = word.split(":", -1);
      long length = Long.parseLong(parts[2]);
      regions.add(new NumberRegion(parts[0], at, length, Integer.parseInt(parts[1])));
      at += length;
    }
    return regions;
  }
}
