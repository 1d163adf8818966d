package io.aifs.bench;

import io.aifs.client.AifsClient;
import io.aifs.client.Content;
import io.aifs.client.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.SplittableRandom;

/** Puts content of one size, new each time, until a time has passed and the last put is done. */
final class LargeUploads {
  private static final int PIECE_BYTES = 1 << 20;

  private final AifsClient client;
  private final long bytes;
  private long done;
  private long nanos;

  LargeUploads(AifsClient client, long bytes) {
    this.client = client;
    this.bytes = bytes;
  }

  /** Returns when at least so much time has passed, and at least one put is done. */
  void runFor(long nanosMin) {
    long start = System.nanoTime();
    do {
      long seed = done + 1;
      client
          .assets()
          .put(PutOptions.blob(), Content.once(new Noise(new SplittableRandom(seed), bytes)));
      done++;
      nanos = System.nanoTime() - start;
    } while (nanos < nanosMin);
  }

  @Override
  public String toString() {
    return "%d of %,d MiB, %.0f MB/s"
        .formatted(done, bytes >> 20, (double) done * bytes * 1e3 / nanos);
  }

  /** Content that does not compress, made as it is read. */
  private static final class Noise extends InputStream {
    private final SplittableRandom random;
    private final byte[] piece = new byte[PIECE_BYTES];
    private long left;
    private int at = PIECE_BYTES;

    Noise(SplittableRandom random, long bytes) {
      this.random = random;
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      if (at == PIECE_BYTES) {
        random.nextBytes(piece);
        at = 0;
      }
      int count = (int) Math.min(Math.min(length, PIECE_BYTES - at), left);
      System.arraycopy(piece, at, target, offset, count);
      at += count;
      left -= count;
      return count;
    }
  }
}
