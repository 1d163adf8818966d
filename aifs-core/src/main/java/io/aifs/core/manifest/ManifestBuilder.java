package io.aifs.core.manifest;

import static java.util.Objects.requireNonNull;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes the manifest of one asset as its chunks become known, in content order. Finished pages go
 * to the sink; what stays in memory is one page a level, under 400 KiB however large the asset.
 * Equal chunk lists give equal bytes. Not thread-safe.
 */
public final class ManifestBuilder {
  private final PagedListWriter chunks;
  private final PagedListWriter chainingValues;
  private @Nullable Digest firstChunk;
  private long size;
  private boolean finished;

  public ManifestBuilder(PageSink sink) {
    requireNonNull(sink, "sink is null");
    this.chunks = new PagedListWriter(PagedList.CHUNKS, sink);
    this.chainingValues = new PagedListWriter(PagedList.CHAINING_VALUES, sink);
  }

  /**
   * Adds the next chunk.
   *
   * @throws IllegalArgumentException if {@code length} is outside 1..{@link
   *     Limits#CHUNK_BYTES_MAX}, or the asset grows over {@link Limits#ASSET_BYTES_MAX}
   * @throws IOException if the sink fails
   */
  public void add(Digest digest, int length) throws IOException {
    requireOpen();
    if (length < 1 || length > Limits.CHUNK_BYTES_MAX) {
      throw new IllegalArgumentException(
          "length is outside 1.." + Limits.CHUNK_BYTES_MAX + ": " + length);
    }
    if (size + length > Limits.ASSET_BYTES_MAX) {
      throw new IllegalArgumentException("asset is over " + Limits.ASSET_BYTES_MAX + " bytes");
    }
    if (firstChunk == null) {
      firstChunk = digest;
    }
    PagedList.putChunk(chunks.next(length), digest, length);
    size += length;
  }

  /** As the other, with all of {@code values}. */
  public void addChainingValues(byte[] values) throws IOException {
    addChainingValues(values, 0, values.length);
  }

  /**
   * Adds the chaining values of the next aligned 64 KiB groups, 32 bytes each, as {@link
   * Hasher#groupChainingValues} gives them. May run ahead of or behind the chunks.
   *
   * @throws IllegalArgumentException if {@code length} is not a multiple of 32
   * @throws IOException if the sink fails
   */
  public void addChainingValues(byte[] values, int offset, int length) throws IOException {
    requireOpen();
    Objects.checkFromIndexSize(offset, length, values.length);
    if (length % Digest.BYTES != 0) {
      throw new IllegalArgumentException(
          "chaining values are not a multiple of " + Digest.BYTES + " bytes: " + length);
    }
    for (int at = offset; at < offset + length; at += Digest.BYTES) {
      chainingValues.next(0).put(values, at, Digest.BYTES);
    }
  }

  /** Bytes of content added so far. */
  public long size() {
    return size;
  }

  /** Chunks added so far. */
  public long chunkCount() {
    return chunks.entries();
  }

  /**
   * Writes the pages still held and returns the root to keep with the asset: at most 1.5 KiB, and
   * empty for an asset of no chunk or one, whose digest is then the asset id. Chaining values are
   * kept when all were added and the asset has more than one group; without any, none are kept.
   *
   * @param asset the asset id, which the root is bound to
   * @throws IllegalArgumentException if there are some chaining values, but not one for each group,
   *     or the only chunk's digest is not the asset id
   * @throws IOException if the sink fails
   */
  public byte[] finish(Digest asset) throws IOException {
    requireOpen();
    finished = true;
    requireChainingValuesMatch();
    if (chunks.entries() <= 1) {
      if (firstChunk != null && !firstChunk.equals(asset)) {
        throw new IllegalArgumentException("asset of one chunk has another id than the chunk");
      }
      return new byte[0];
    }
    byte[] chunkPart = rootPart(chunks);
    byte[] valuePart = keepsChainingValues() ? rootPart(chainingValues) : new byte[0];
    ByteBuffer root =
        ByteBuffer.allocate(
            ManifestFormat.ROOT_HEADER_BYTES
                + chunkPart.length
                + valuePart.length
                + ManifestFormat.ROOT_CHECK_BYTES);
    root.put((byte) ManifestFormat.ROOT_VERSION)
        .put((byte) ManifestFormat.form(chunks.entries()))
        .put((byte) ManifestFormat.form(valuePart.length == 0 ? 0 : chainingValues.entries()))
        .putLong(size)
        .putLong(chunks.entries())
        .put(chunkPart)
        .put(valuePart);
    return root.put(ManifestFormat.check(asset, root.array(), root.position())).array();
  }

  private boolean keepsChainingValues() {
    // The one group of a small asset is its root: it has no chaining value of its own.
    return size > Hasher.GROUP_BYTES && chainingValues.entries() > 0;
  }

  private void requireChainingValuesMatch() {
    long groups = ManifestRoot.groups(size);
    long given = chainingValues.entries();
    boolean small = size <= Hasher.GROUP_BYTES && given <= 1;
    if (given != 0 && given != groups && !small) {
      throw new IllegalArgumentException(
          "asset of " + groups + " groups has " + given + " chaining values");
    }
  }

  private static byte[] rootPart(PagedListWriter list) throws IOException {
    return list.entries() <= ManifestFormat.INLINE_ENTRIES_MAX
        ? list.inline()
        : list.finish().toBytes();
  }

  private void requireOpen() {
    if (finished) {
      throw new IllegalStateException("manifest is finished");
    }
  }
}
