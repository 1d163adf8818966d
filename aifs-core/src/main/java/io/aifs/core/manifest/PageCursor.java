package io.aifs.core.manifest;

import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks the digests of all pages of a manifest, each before the pages it names. Only pages that
 * name others are loaded, so a digest may be that of a missing or damaged leaf. Not thread-safe;
 * needs no closing.
 */
public final class PageCursor {
  private final Iterator<PagedListReader> lists;
  private final Deque<Frame> path = new ArrayDeque<>();
  private @Nullable PagedListReader list;
  private @Nullable Step deeper;

  PageCursor(List<PagedListReader> lists) {
    this.lists = lists.stream().filter(PagedListReader::isPaged).iterator();
  }

  /**
   * The next page's digest; empty at the end, and from then on.
   *
   * @throws ManifestDamagedException if a page that names others is missing or damaged; its own
   *     digest was returned by the call before
   * @throws IOException if a page cannot be read
   */
  public Optional<Digest> next() throws IOException {
    if (deeper != null) {
      Step step = deeper;
      deeper = null;
      path.push(new Frame(step.load()));
    }
    while (list != null && !path.isEmpty()) {
      Frame frame = path.peek();
      if (frame.index == frame.page.count()) {
        path.pop();
        continue;
      }
      return Optional.of(visit(list, frame));
    }
    return nextList();
  }

  private Digest visit(PagedListReader reader, Frame frame) {
    LoadedPage page = frame.page;
    int index = frame.index++;
    long at = frame.offset;
    frame.offset += page.contentBytes(index);
    if (page.level() > 1) {
      deeper = () -> reader.child(page, index, at);
    }
    return page.digest(index);
  }

  private Optional<Digest> nextList() {
    if (!lists.hasNext()) {
      return Optional.empty();
    }
    PagedListReader reader = lists.next();
    list = reader;
    if (reader.topLevel() > 0) {
      deeper = reader::top;
    }
    return Optional.of(reader.topDigest());
  }

  private interface Step {
    LoadedPage load() throws IOException;
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
