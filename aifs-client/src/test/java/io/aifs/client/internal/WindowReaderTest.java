package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.chunk.ContentCutter;
import io.aifs.core.chunk.NumberPlace;
import io.aifs.core.chunk.NumberRegion;
import io.aifs.core.chunk.RegionFinder;
import io.aifs.crypto.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WindowReaderTest {
  private static final ChunkerParameters RULES = ChunkerParameters.DEFAULT;

  /** Hands out some bytes at a time, as a pipe does. */
  private static InputStream dribbling(byte[] content, Random random) {
    return new ByteArrayInputStream(content) {
      @Override
      public synchronized int read(byte[] out, int offset, int length) {
        return super.read(out, offset, Math.min(length, 1 + random.nextInt(300_000)));
      }

      @Override
      public synchronized int available() {
        return random.nextBoolean() ? 0 : super.available();
      }
    };
  }

  private static UploadRules rules(RegionFinder finder) {
    return new UploadRules(RULES, finder, Set.of());
  }

  private static List<Integer> lengths(RegionFinder finder, byte[] content) {
    ContentCutter cutter = new ContentCutter(new Chunker(RULES), finder);
    List<Integer> lengths = new ArrayList<>();
    int length;
    for (int at = 0; (length = cutter.cut(content, at, content.length - at, true)) > 0; ) {
      lengths.add(length);
      at += length;
    }
    return lengths;
  }

  /** A few regions, which it takes so much of the content to find. */
  private static RegionFinder regions(Random random, int length) {
    int headBytes = random.nextInt(RegionFinder.HEAD_BYTES_MAX + 1);
    List<NumberRegion> regions = new ArrayList<>();
    for (long at = 100; at < length; at = regions.getLast().end() + random.nextInt(100_000)) {
      regions.add(new NumberRegion("", at, random.nextInt(2 << 20), 4));
    }
    return (_, head, whole) -> head >= headBytes || whole ? Optional.of(regions) : Optional.empty();
  }

  @Test
  void contentIsCutAsAStoreCutsItHoweverItComes() throws IOException {
    Random random = Seeded.random();
    for (int round = 0; round < 20; round++) {
      byte[] content = new byte[random.nextInt(12 << 20)];
      random.nextBytes(content);
      RegionFinder finder =
          random.nextBoolean() ? RegionFinder.NONE : regions(random, content.length);
      requireCutAlike(content, finder, new WindowReader(dribbling(content, random), rules(finder)));
    }
  }

  @Test
  void theHeadIsHeldBackUntilItIsUnderstood() throws IOException {
    NumberRegion region = new NumberRegion("", 40, 1 << 20, 2);
    RegionFinder finder = (_, _, whole) -> whole ? Optional.of(List.of(region)) : Optional.empty();
    InputStream slow =
        new ByteArrayInputStream(new byte[2 << 20]) {
          @Override
          public synchronized int read(byte[] out, int offset, int length) {
            return super.read(out, offset, Math.min(length, 1_000));
          }

          @Override
          public synchronized int available() {
            return 0;
          }
        };

    WindowReader.Window window = new WindowReader(slow, rules(finder)).next();

    assertThat(window.pieces().get(0).length()).isEqualTo(40);
    assertThat(window.pieces().get(0).place()).isEmpty();
    assertThat(window.pieces().get(1).place()).hasValue(new NumberPlace(region, 0));
  }

  private static void requireCutAlike(byte[] content, RegionFinder finder, WindowReader reader)
      throws IOException {
    List<Integer> lengths = new ArrayList<>();
    int at = 0;
    WindowReader.Window window = read(reader, at);
    while (true) {
      for (WindowReader.Piece piece : window.pieces()) {
        assertThat(piece.digest()).isEqualTo(Digest.of(content, at, piece.length()));
        lengths.add(piece.length());
        at += piece.length();
      }
      if (window.isLast()) {
        break;
      }
      window = read(reader, at);
    }
    assertThat(lengths).isEqualTo(lengths(finder, content));
    assertThat(window.whole()).hasValue(Digest.of(content));
    assertThat(reader.length()).isEqualTo(content.length);
  }

  private static WindowReader.Window read(WindowReader reader, long expectedStart)
      throws IOException {
    WindowReader.Window window = reader.next();
    assertThat(window.start()).isEqualTo(expectedStart);
    assertThat(window.pieces().isEmpty())
        .as("only the last may be empty")
        .isIn(false, window.isLast());
    return window;
  }
}
