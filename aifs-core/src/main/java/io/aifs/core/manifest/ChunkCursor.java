package io.aifs.core.manifest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Walks the chunks that overlap a range of an asset, in content order, loading pages as they are
 * reached. Holds one page a level. Not thread-safe; needs no closing.
 */
public final class ChunkCursor {
  private final PagedListReader reader;
  private final long start;
  private final long end;
  private final Deque<Frame> path = new ArrayDeque<>();
  private boolean begun;

  ChunkCursor(PagedListReader reader, long start, long end) {
    this.reader = reader;
    this.start = start;
    this.end = end;
  }

  /**
   * The next chunk; the first may begin before the range and the last end behind it. Empty at the
   * end, and from then on.
   *
   * @throws ManifestDamagedException if a page is missing or damaged
   * @throws IOException if a page cannot be read
   */
  public Optional<ChunkRef> next() throws IOException {
    if (!begun) {
      begun = true;
      if (start < end) {
        path.push(new Frame(reader.top()));
      }
    }
    while (!path.isEmpty()) {
      Frame frame = path.peek();
      LoadedPage page = frame.page;
      if (frame.index == page.count()) {
        path.pop();
        continue;
      }
      int index = frame.index++;
      long at = frame.offset;
      long bytes = page.contentBytes(index);
      frame.offset += bytes;
      if (at >= end) {
        path.clear();
      } else if (frame.offset > start) {
        if (page.level() == 0) {
          return Optional.of(new ChunkRef(page.digest(index), at, (int) bytes));
        }
        path.push(new Frame(reader.child(page, index, at)));
      }
    }
    return Optional.empty();
  }

  private static final class Frame {
    private final LoadedPage page;
    private int index;
    private long offset;

    Frame(LoadedPage page) {
      this.page = page;
      this.offset = page.contentStart();
    }
  }
}
