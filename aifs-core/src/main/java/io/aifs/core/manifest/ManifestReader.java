package io.aifs.core.manifest;

import static java.util.Objects.requireNonNull;

import io.aifs.crypto.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/**
 * Reads the manifest of one asset: loads a page only when it is needed, checks it against its
 * digest and its place, and trusts no number it has not checked, so that damage of any kind ends in
 * {@link ManifestDamagedException} and never in a huge allocation or an endless walk.
 *
 * <p>Thread-safe if the page source is; cursors are not.
 */
public final class ManifestReader {
  /** How many chaining values one call returns at most: 2 MiB, for 4 GiB of content. */
  public static final int CHAINING_VALUES_MAX = 65_536;

  private final long size;
  private final PagedListReader chunks;
  private final PagedListReader values;

  private ManifestReader(long size, PagedListReader chunks, PagedListReader values) {
    this.size = size;
    this.chunks = chunks;
    this.values = values;
  }

  /**
   * Checks {@code root} in itself; no page is loaded yet.
   *
   * @param root what {@link ManifestBuilder#finish} gave; empty for none or one chunk; not changed
   *     while the reader is in use
   * @param size of the asset in bytes, as the catalog knows it
   * @throws ManifestDamagedException if {@code root} is not a manifest of such an asset
   */
  public static ManifestReader open(byte[] root, Digest asset, long size, PageSource pages)
      throws ManifestDamagedException {
    requireNonNull(pages, "pages is null");
    ManifestRoot parsed = ManifestRoot.parse(root, asset, size);
    return new ManifestReader(
        size,
        new PagedListReader(PagedList.CHUNKS, parsed.chunkCount(), size, parsed.chunks(), pages),
        new PagedListReader(
            PagedList.CHAINING_VALUES, parsed.valueCount(), 0, parsed.values(), pages));
  }

  public long size() {
    return size;
  }

  public long chunkCount() {
    return chunks.entries();
  }

  /** All chunks in content order. */
  public ChunkCursor chunks() {
    return new ChunkCursor(chunks, 0, size);
  }

  /**
   * The chunks that overlap {@code length} bytes from {@code offset}; none if {@code length} is 0.
   *
   * @throws IndexOutOfBoundsException if the range is not within the asset
   */
  public ChunkCursor chunks(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, size);
    return new ChunkCursor(chunks, offset, offset + length);
  }

  /** The digests of all pages, for those who keep them alive or check them. */
  public PageCursor pages() {
    return new PageCursor(List.of(chunks, values));
  }

  /**
   * How many chaining values are kept: one for each aligned 64 KiB group, the last one short; 0
   * when none are, as for assets of one chunk or one group.
   */
  public long chainingValueCount() {
    return values.entries();
  }

  /**
   * The chaining values of {@code count} groups from {@code firstGroup}, 32 bytes each.
   *
   * @throws IndexOutOfBoundsException if the range is not within {@link #chainingValueCount}
   * @throws IllegalArgumentException if {@code count} is over {@link #CHAINING_VALUES_MAX}
   * @throws ManifestDamagedException if a page is missing or damaged
   * @throws IOException if a page cannot be read
   */
  public byte[] chainingValues(long firstGroup, int count) throws IOException {
    Objects.checkFromIndexSize(firstGroup, (long) count, values.entries());
    if (count > CHAINING_VALUES_MAX) {
      throw new IllegalArgumentException(
          "chaining values are over " + CHAINING_VALUES_MAX + " in one call: " + count);
    }
    byte[] out = new byte[count * Digest.BYTES];
    if (count > 0) {
      copyValues(values.top(), firstGroup, firstGroup + count, out);
    }
    return out;
  }

  private void copyValues(LoadedPage page, long first, long end, byte[] out) throws IOException {
    for (int i = 0; i < page.count() && page.firstEntry(i) < end; i++) {
      long entry = page.firstEntry(i);
      if (page.level() == 0) {
        if (entry >= first) {
          page.copyDigest(i, out, Math.toIntExact((entry - first) * Digest.BYTES));
        }
      } else if (entry + ManifestFormat.coveredEntriesMax(page.level() - 1) > first) {
        copyValues(values.child(page, i, 0), first, end, out);
      }
    }
  }
}
