package io.aifs.cli.progress;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose bytes are counted as they are read. */
public final class CountingStream extends FilterInputStream {
  private final Tally tally;
  private long count;

  public CountingStream(InputStream in, Tally tally) {
    super(in);
    this.tally = tally;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int got = in.read(bytes, offset, length);
    count(Math.max(0, got));
    return got;
  }

  private void count(int more) {
    count += more;
    tally.addBytes(more);
  }

  /** Bytes read so far. */
  public long count() {
    return count;
  }
}
