package io.aifs.core.manifest;

import io.aifs.core.Limits;
import io.aifs.crypto.Digest;
import io.aifs.crypto.Hasher;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A root blob taken apart and checked in itself.
 *
 * @param chunks inline chunk entries, or the digest of the top page
 * @param valueCount how many chaining values are kept: one per group, or none
 * @param values inline chaining values, or the digest of the top page
 */
record ManifestRoot(long chunkCount, ByteBuffer chunks, long valueCount, ByteBuffer values) {
  private static final Digest EMPTY_ASSET = Digest.of(new byte[0]);
  private static final int BYTES_MAX =
      ManifestFormat.ROOT_HEADER_BYTES
          + ManifestFormat.INLINE_ENTRIES_MAX
              * (PagedList.CHUNKS.entryBytes(0) + PagedList.CHAINING_VALUES.entryBytes(0))
          + ManifestFormat.ROOT_CHECK_BYTES;

  static ManifestRoot parse(byte[] root, Digest asset, long size) throws ManifestDamagedException {
    if (size < 0 || size > Limits.ASSET_BYTES_MAX) {
      throw damaged(asset, "has an impossible size: " + size);
    }
    return root.length == 0 ? implied(asset, size) : explicit(root, asset, size);
  }

  private static ManifestRoot implied(Digest asset, long size) throws ManifestDamagedException {
    if (size > Limits.CHUNK_BYTES_MAX) {
      throw damaged(asset, "has " + size + " bytes and no manifest");
    }
    if (size == 0) {
      if (!asset.equals(EMPTY_ASSET)) {
        throw damaged(asset, "is not the id of empty content, but has no bytes");
      }
      return new ManifestRoot(0, ByteBuffer.allocate(0), 0, ByteBuffer.allocate(0));
    }
    ByteBuffer only = ByteBuffer.allocate(PagedList.CHUNKS.entryBytes(0));
    PagedList.putChunk(only, asset, (int) size);
    return new ManifestRoot(1, only.flip(), 0, ByteBuffer.allocate(0));
  }

  private static ManifestRoot explicit(byte[] root, Digest asset, long size)
      throws ManifestDamagedException {
    int checked = root.length - ManifestFormat.ROOT_CHECK_BYTES;
    if (checked < ManifestFormat.ROOT_HEADER_BYTES || root.length > BYTES_MAX) {
      throw damaged(asset, "has a manifest of an impossible length: " + root.length);
    }
    if (root[0] != ManifestFormat.ROOT_VERSION) {
      throw damaged(
          asset,
          "has a manifest of version %d; this build reads %d"
              .formatted(root[0] & 0xff, ManifestFormat.ROOT_VERSION));
    }
    byte[] check = Arrays.copyOfRange(root, checked, root.length);
    if (!Arrays.equals(check, ManifestFormat.check(asset, root, checked))) {
      throw damaged(asset, "has a manifest that fails its check");
    }
    ByteBuffer in = ByteBuffer.wrap(root, 1, checked - 1);
    int chunksForm = in.get();
    int valuesForm = in.get();
    requireEqual(asset, "size", size, in.getLong());
    long chunkCount = in.getLong();
    long fewest = (size + Limits.CHUNK_BYTES_MAX - 1) / Limits.CHUNK_BYTES_MAX;
    if (chunkCount < Math.max(2, fewest) || chunkCount > size) {
      throw damaged(asset, "has an impossible number of chunks: " + chunkCount);
    }
    requireEqual(asset, "chunk form", ManifestFormat.form(chunkCount), chunksForm);
    long valueCount = valuesForm == ManifestFormat.FORM_NONE ? 0 : groups(size);
    requireEqual(asset, "chaining value form", ManifestFormat.form(valueCount), valuesForm);
    if (valueCount == 1) {
      throw damaged(asset, "has a chaining value for its only group");
    }
    int chunkBytes = partBytes(PagedList.CHUNKS, chunkCount);
    int valueBytes = partBytes(PagedList.CHAINING_VALUES, valueCount);
    requireEqual(asset, "manifest length", chunkBytes + valueBytes, in.remaining());
    return new ManifestRoot(
        chunkCount,
        in.slice(in.position(), chunkBytes),
        valueCount,
        in.slice(in.position() + chunkBytes, valueBytes));
  }

  static long groups(long size) {
    return (size + Hasher.GROUP_BYTES - 1) / Hasher.GROUP_BYTES;
  }

  private static int partBytes(PagedList list, long entries) {
    return entries > ManifestFormat.INLINE_ENTRIES_MAX
        ? Digest.BYTES
        : (int) entries * list.entryBytes(0);
  }

  private static void requireEqual(Digest asset, String what, long expected, long found)
      throws ManifestDamagedException {
    if (found != expected) {
      throw damaged(asset, "has a manifest of " + what + " " + found + " instead of " + expected);
    }
  }

  private static ManifestDamagedException damaged(Digest asset, String problem) {
    return new ManifestDamagedException("asset " + asset + " " + problem);
  }
}
