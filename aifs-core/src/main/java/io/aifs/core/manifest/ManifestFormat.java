package io.aifs.core.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.aifs.crypto.Digest;
import java.util.Arrays;

/** The numbers of {@code docs/format/manifest.md}. Integers are big-endian. */
final class ManifestFormat {
  static final int ROOT_VERSION = 1;

  /** Version, two forms, size, chunk count. */
  static final int ROOT_HEADER_BYTES = 1 + 1 + 1 + 8 + 8;

  static final int ROOT_CHECK_BYTES = 8;

  static final int FORM_NONE = 0;
  static final int FORM_INLINE = 1;
  static final int FORM_PAGES = 2;

  /** Up to this many chunks, or chaining values, stand in the root itself. */
  static final int INLINE_ENTRIES_MAX = 16;

  static final byte[] PAGE_MAGIC = "AIFM".getBytes(US_ASCII);
  static final int PAGE_VERSION = 1;

  /** Magic, version, list, level, count. */
  static final int PAGE_HEADER_BYTES = 4 + 1 + 1 + 1 + 2;

  static final int PAGE_ENTRIES_MAX = 1_024;
  static final int PAGE_ENTRIES_BITS = 10;

  private ManifestFormat() {}

  /** How a list of {@code entries} entries stands in the root. */
  static int form(long entries) {
    if (entries == 0) {
      return FORM_NONE;
    }
    return entries <= INLINE_ENTRIES_MAX ? FORM_INLINE : FORM_PAGES;
  }

  /** Binds a root to its asset: the first bytes of a digest over the asset id and the root. */
  static byte[] check(Digest asset, byte[] root, int length) {
    byte[] input = new byte[Digest.BYTES + length];
    asset.writeTo(input, 0);
    System.arraycopy(root, 0, input, Digest.BYTES, length);
    return Arrays.copyOf(Digest.of(input).toBytes(), ROOT_CHECK_BYTES);
  }

  /** The level of the top page over {@code entries} entries: a level-n page covers 1024^(n+1). */
  static int topLevel(long entries) {
    int level = 0;
    while (coveredEntriesMax(level) < entries) {
      level++;
    }
    return level;
  }

  /** How many entries of the list lie below a full page of {@code level}. */
  static long coveredEntriesMax(int level) {
    return 1L << (PAGE_ENTRIES_BITS * (level + 1));
  }
}
