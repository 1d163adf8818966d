package io.aifs.client.bundle;

import io.aifs.client.Content;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Content whose bytes a listener hears of as they are read; opening it again takes them back. */
final class CountedContent implements Content {
  private final Content content;
  private final ImportListener listener;
  private @Nullable Counted last;

  CountedContent(Content content, ImportListener listener) {
    this.content = content;
    this.listener = listener;
  }

  @Override
  public InputStream open() throws IOException {
    if (last != null) {
      listener.moved(-last.count);
    }
    last = new Counted(content.open(), listener);
    return last;
  }

  @Override
  public boolean repeatable() {
    return content.repeatable();
  }

  private static final class Counted extends FilterInputStream {
    private final ImportListener listener;
    private long count;

    private Counted(InputStream in, ImportListener listener) {
      super(in);
      this.listener = listener;
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
      listener.moved(more);
    }
  }
}
