package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.crypto.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

  private static List<Integer> lengths(byte[] content) {
    Chunker chunker = new Chunker(RULES);
    List<Integer> lengths = new ArrayList<>();
    int length;
    for (int at = 0;
        (length = chunker.cut(content, at, content.length - at, true)) > 0;
        at += length) {
      lengths.add(length);
    }
    return lengths;
  }

  @Test
  void contentIsCutAsAStoreCutsItHoweverItComes() throws IOException {
    Random random = Seeded.random();
    for (int round = 0; round < 20; round++) {
      byte[] content = new byte[random.nextInt(12 << 20)];
      random.nextBytes(content);
      requireCutAlike(content, new WindowReader(dribbling(content, random), RULES));
    }
  }

  private static void requireCutAlike(byte[] content, WindowReader reader) throws IOException {
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
    assertThat(lengths).isEqualTo(lengths(content));
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
