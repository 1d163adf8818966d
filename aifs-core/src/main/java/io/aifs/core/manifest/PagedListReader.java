package io.aifs.core.manifest;

import io.aifs.crypto.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Loads the pages of one list, each checked against its digest and its place. */
final class PagedListReader {
  private final PagedList list;
  private final long entries;
  private final long contentBytes;
  private final ByteBuffer rootPart;
  private final PageSource source;

  /**
   * @param rootPart inline entries, or the digest of the top page
   */
  PagedListReader(
      PagedList list, long entries, long contentBytes, ByteBuffer rootPart, PageSource source) {
    this.list = list;
    this.entries = entries;
    this.contentBytes = contentBytes;
    this.rootPart = rootPart;
    this.source = source;
  }

  boolean isPaged() {
    return entries > ManifestFormat.INLINE_ENTRIES_MAX;
  }

  long entries() {
    return entries;
  }

  int topLevel() {
    return ManifestFormat.topLevel(entries);
  }

  /** Only when paged. */
  Digest topDigest() {
    byte[] digest = new byte[Digest.BYTES];
    rootPart.get(0, digest);
    return Digest.fromBytes(digest);
  }

  LoadedPage top() throws IOException {
    if (isPaged()) {
      return load(topDigest(), topLevel(), 0, 0, contentBytes);
    }
    LoadedPage inline = new LoadedPage(list, 0, (int) entries, 0, 0, rootPart);
    inline.requireContentBytes(entries, contentBytes);
    return inline;
  }

  /** The page that entry {@code index} of {@code parent} names. */
  LoadedPage child(LoadedPage parent, int index, long contentStart) throws IOException {
    return load(
        parent.digest(index),
        parent.level() - 1,
        parent.firstEntry(index),
        contentStart,
        parent.contentBytes(index));
  }

  private LoadedPage load(
      Digest digest, int level, long firstEntry, long contentStart, long expectedBytes)
      throws IOException {
    byte[] page =
        source
            .page(digest)
            .orElseThrow(() -> new ManifestDamagedException("manifest page is missing: " + digest));
    if (!Digest.of(page).equals(digest)) {
      throw new ManifestDamagedException("manifest page has other bytes than its id: " + digest);
    }
    long below = Math.min(entries - firstEntry, ManifestFormat.coveredEntriesMax(level));
    int count = (int) (level == 0 ? below : countOfPages(below, level - 1));
    requireHeader(page, digest, level, count);
    ByteBuffer body =
        ByteBuffer.wrap(page)
            .slice(ManifestFormat.PAGE_HEADER_BYTES, count * list.entryBytes(level));
    LoadedPage loaded = new LoadedPage(list, level, count, firstEntry, contentStart, body);
    loaded.requireContentBytes(below, expectedBytes);
    return loaded;
  }

  private void requireHeader(byte[] page, Digest digest, int level, int count)
      throws ManifestDamagedException {
    byte[] expected =
        ByteBuffer.allocate(ManifestFormat.PAGE_HEADER_BYTES)
            .put(ManifestFormat.PAGE_MAGIC)
            .put((byte) ManifestFormat.PAGE_VERSION)
            .put((byte) list.code())
            .put((byte) level)
            .putShort((short) count)
            .array();
    int length = ManifestFormat.PAGE_HEADER_BYTES + count * list.entryBytes(level);
    if (page.length != length
        || !Arrays.equals(page, 0, expected.length, expected, 0, expected.length)) {
      throw new ManifestDamagedException(
          "manifest page is not a page of %d entries, list %d, level %d, version %d: %s"
              .formatted(count, list.code(), level, ManifestFormat.PAGE_VERSION, digest));
    }
  }

  private static long countOfPages(long entries, int level) {
    long full = ManifestFormat.coveredEntriesMax(level);
    return (entries + full - 1) / full;
  }
}
