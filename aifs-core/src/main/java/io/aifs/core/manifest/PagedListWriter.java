package io.aifs.core.manifest;

import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes one list as a tree of full pages from left to right, holding one unfinished page a level.
 * A page is written only once another entry follows it, so the last page of each level may be part
 * full and the shape depends on the number of entries alone.
 */
final class PagedListWriter {
  private final PagedList list;
  private final PageSink sink;
  private final List<Level> levels = new ArrayList<>();
  private long entries;

  PagedListWriter(PagedList list, PageSink sink) {
    this.list = list;
    this.sink = sink;
    levels.add(new Level(0));
  }

  long entries() {
    return entries;
  }

  /** Room for one more leaf entry; the caller fills it before the next call. */
  ByteBuffer next(long contentBytes) throws IOException {
    ByteBuffer entry = next(0, contentBytes);
    entries++;
    return entry;
  }

  /** The entries themselves, while they are few enough to stand in the root. */
  byte[] inline() {
    if (entries > ManifestFormat.INLINE_ENTRIES_MAX) {
      throw new IllegalStateException("list is too long to be inline: " + entries);
    }
    Level leaf = levels.getFirst();
    return Arrays.copyOfRange(leaf.page, ManifestFormat.PAGE_HEADER_BYTES, leaf.length);
  }

  /** Writes what is left and returns the digest of the top page. Nothing may follow. */
  Digest finish() throws IOException {
    int level = 0;
    while (level + 1 < levels.size()) {
      flush(level);
      level++;
    }
    return write(levels.get(level));
  }

  private ByteBuffer next(int number, long contentBytes) throws IOException {
    if (levels.get(number).count == ManifestFormat.PAGE_ENTRIES_MAX) {
      flush(number);
    }
    return levels.get(number).next(contentBytes);
  }

  private void flush(int number) throws IOException {
    Level level = levels.get(number);
    if (number + 1 == levels.size()) {
      levels.add(new Level(number + 1));
    }
    long contentBytes = level.contentBytes;
    ByteBuffer entry = next(number + 1, contentBytes);
    entry.put(write(level).toBytes());
    if (list == PagedList.CHUNKS) {
      entry.putLong(contentBytes);
    }
    level.clear();
  }

  private Digest write(Level level) throws IOException {
    byte[] bytes = level.toPage();
    Page page = new Page(Digest.of(bytes), bytes);
    sink.accept(page);
    return page.digest();
  }

  /** The unfinished page of one level; its buffer grows to a page and stays. */
  private final class Level {
    private final int number;
    private final int entryBytes;
    private byte[] page;
    private int length = ManifestFormat.PAGE_HEADER_BYTES;
    private int count;
    private long contentBytes;

    Level(int number) {
      this.number = number;
      this.entryBytes = list.entryBytes(number);
      this.page = new byte[length + ManifestFormat.INLINE_ENTRIES_MAX * entryBytes];
    }

    ByteBuffer next(long bytes) {
      if (length + entryBytes > page.length) {
        int full = ManifestFormat.PAGE_HEADER_BYTES + ManifestFormat.PAGE_ENTRIES_MAX * entryBytes;
        page = Arrays.copyOf(page, Math.min(full, 4 * page.length));
      }
      ByteBuffer entry = ByteBuffer.wrap(page, length, entryBytes);
      length += entryBytes;
      count++;
      contentBytes += bytes;
      return entry;
    }

    byte[] toPage() {
      byte[] bytes = Arrays.copyOf(page, length);
      ByteBuffer.wrap(bytes)
          .put(ManifestFormat.PAGE_MAGIC)
          .put((byte) ManifestFormat.PAGE_VERSION)
          .put((byte) list.code())
          .put((byte) number)
          .putShort((short) count);
      return bytes;
    }

    void clear() {
      length = ManifestFormat.PAGE_HEADER_BYTES;
      count = 0;
      contentBytes = 0;
    }
  }
}
