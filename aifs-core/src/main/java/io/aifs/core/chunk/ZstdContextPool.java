package io.aifs.core.chunk;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Idle zstd contexts. Thread-safe; there are never more of them than calls once ran at a time. */
final class ZstdContextPool implements AutoCloseable {
  private final int level;
  private final int closeLevel;
  private final Deque<ZstdContext> idle = new ArrayDeque<>();
  private boolean closed;

  ZstdContextPool(int level, int closeLevel) {
    this.level = level;
    this.closeLevel = closeLevel;
  }

  ZstdContext take() {
    @Nullable ZstdContext context;
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("compressor is closed");
      }
      context = idle.pollLast(); // the last used one is the warmest
    }
    return context != null ? context : new ZstdContext(level, closeLevel);
  }

  void give(ZstdContext context) {
    synchronized (this) {
      if (!closed) {
        idle.addLast(context);
        return;
      }
    }
    context.close();
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(ZstdContext::close);
    idle.clear();
  }
}
