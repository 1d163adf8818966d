package io.aifs.schemas.artifact;

/** Numbers of ZIP files, as PKWARE's APPNOTE 6.3 has them. */
final class ZipFormat {
  static final long LOCAL = 0x04034b50L;
  static final long CENTRAL = 0x02014b50L;
  static final long DESCRIPTOR = 0x08074b50L;
  static final long END = 0x06054b50L;
  static final long END_64 = 0x06064b50L;
  static final long LOCATOR_64 = 0x07064b50L;

  /** Bytes of the records, without names and what else varies. */
  static final int LOCAL_BYTES = 30;

  static final int CENTRAL_BYTES = 46;
  static final int END_BYTES = 22;
  static final int END_64_BYTES = 56;
  static final int LOCATOR_64_BYTES = 20;

  static final int STORED = 0;
  static final int DEFLATED = 8;

  /** The sizes stand behind the content, because whoever wrote it did not know them before. */
  static final int FLAG_DESCRIPTOR = 1 << 3;

  static final int FLAG_UTF8 = 1 << 11;

  /** Besides: how hard the deflater tried, which is of no consequence. */
  static final int FLAGS_KNOWN = FLAG_DESCRIPTOR | FLAG_UTF8 | 0b110;

  static final int FLAG_ENCRYPTED = 1;

  /** The extra field that has the numbers of 64 bits. */
  static final int EXTRA_64 = 0x0001;

  /** The extra field that has another name, which readers prefer or do not. */
  static final int EXTRA_UNICODE_PATH = 0x7075;

  /** What stands for a number that is in the extra field. */
  static final long MAX_32 = 0xffffffffL;

  static final int MAX_16 = 0xffff;

  /** Of Unix file modes: the bits that tell what a file is, and two things it may be. */
  static final int MODE_KIND = 0170000;

  static final int MODE_FILE = 0100000;
  static final int MODE_DIRECTORY = 0040000;
  static final int MODE_SYMLINK = 0120000;

  /** Who made an entry, in the upper byte: the modes are those of Unix. */
  static final int HOST_UNIX = 3;

  private ZipFormat() {}
}
