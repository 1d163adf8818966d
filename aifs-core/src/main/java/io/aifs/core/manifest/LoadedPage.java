package io.aifs.core.manifest;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import java.nio.ByteBuffer;

/**
 * A page whose entries have been checked to fit its place in the list, or the entries of a root
 * that holds them inline.
 */
final class LoadedPage {
  private final PagedList list;
  private final int level;
  private final int count;
  private final long firstEntry;
  private final long contentStart;
  private final ByteBuffer entries;

  /**
   * @param firstEntry position in the list of the first entry below
   * @param contentStart position in the asset of the first byte below
   */
  LoadedPage(
      PagedList list,
      int level,
      int count,
      long firstEntry,
      long contentStart,
      ByteBuffer entries) {
    this.list = list;
    this.level = level;
    this.count = count;
    this.firstEntry = firstEntry;
    this.contentStart = contentStart;
    this.entries = entries;
  }

  int level() {
    return level;
  }

  int count() {
    return count;
  }

  long contentStart() {
    return contentStart;
  }

  /** Position in the list of the first entry at or below {@code index}. */
  long firstEntry(int index) {
    return firstEntry + (level == 0 ? index : index * ManifestFormat.coveredEntriesMax(level - 1));
  }

  /** A chunk's digest, a page's digest or a chaining value's 32 bytes. */
  Digest digest(int index) {
    byte[] digest = new byte[Digest.BYTES];
    copyDigest(index, digest, 0);
    return Digest.fromBytes(digest);
  }

  void copyDigest(int index, byte[] out, int offset) {
    entries.get(at(index), out, offset, Digest.BYTES);
  }

  /** Content bytes of a chunk, or below a page of chunks; 0 in the other list. */
  long contentBytes(int index) {
    if (list != PagedList.CHUNKS) {
      return 0;
    }
    int at = at(index) + Digest.BYTES;
    return level == 0
        ? (entries.get(at) & 0xff) << 16 | (entries.getShort(at + 1) & 0xffff)
        : entries.getLong(at);
  }

  /**
   * Checks that the lengths are possible and add up to {@code contentBytes}.
   *
   * @param entriesBelow list entries at or below this page
   */
  void requireContentBytes(long entriesBelow, long contentBytes) throws ManifestDamagedException {
    if (list != PagedList.CHUNKS) {
      return;
    }
    long left = contentBytes;
    long chunksLeft = entriesBelow;
    for (int i = 0; i < count; i++) {
      long bytes = contentBytes(i);
      long chunks =
          level == 0 ? 1 : Math.min(chunksLeft, ManifestFormat.coveredEntriesMax(level - 1));
      if (bytes < chunks || bytes > chunks * Limits.CHUNK_BYTES_MAX || bytes > left) {
        throw new ManifestDamagedException(
            "manifest entry " + firstEntry(i) + " has an impossible length: " + bytes);
      }
      left -= bytes;
      chunksLeft -= chunks;
    }
    if (left != 0) {
      throw new ManifestDamagedException("manifest lengths do not add up: off by " + left);
    }
  }

  private int at(int index) {
    return index * list.entryBytes(level);
  }
}
