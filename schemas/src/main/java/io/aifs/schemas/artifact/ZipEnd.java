package io.aifs.schemas.artifact;

import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceWindow;
import java.io.IOException;

/**
 * What the end of a ZIP file says of its central directory. The end is the last 22 bytes: a comment
 * could hide another end, and readers would not agree on which is meant.
 *
 * @param entries how many entries there are
 * @param directoryAt where the central directory begins
 * @param directoryEnd where it ends
 */
record ZipEnd(int entries, long directoryAt, long directoryEnd) {
  /** More are no artifact: the manifest and directories beside the files. */
  private static final long ENTRIES_MAX = 2L * ArtifactManifest.FILES_MAX;

  private static final long DIRECTORY_BYTES_MAX = 64L << 20;

  static ZipEnd read(SourceWindow in) throws PayloadInvalidException, IOException {
    long end = in.size() - ZipFormat.END_BYTES;
    if (end < 0) {
      throw new PayloadInvalidException(
          "byte 0", "the content of " + in.size() + " bytes is too short for a ZIP file");
    }
    if (in.u32(end) != ZipFormat.END || in.u16(end + 20) != 0) {
      throw new PayloadInvalidException(
          "byte " + end,
          "there is no end of a ZIP file in the last 22 bytes: it is none, was cut short, or has a"
              + " comment or something else behind it");
    }
    if (in.u16(end + 4) != 0 || in.u16(end + 6) != 0) {
      throw new PayloadInvalidException("byte " + (end + 4), "it is one of several disks");
    }
    long entries = in.u16(end + 10);
    long bytes = in.u32(end + 12);
    long at = in.u32(end + 16);
    if (in.u16(end + 8) != entries) {
      throw new PayloadInvalidException("byte " + (end + 8), "it is one of several disks");
    }
    if (entries == ZipFormat.MAX_16 || bytes == ZipFormat.MAX_32 || at == ZipFormat.MAX_32) {
      return read64(in, end, entries, bytes, at);
    }
    return checked(entries, at, bytes, end);
  }

  private static ZipEnd read64(SourceWindow in, long end, long entries, long bytes, long at)
      throws PayloadInvalidException, IOException {
    long locator = end - ZipFormat.LOCATOR_64_BYTES;
    long end64 = locator - ZipFormat.END_64_BYTES;
    if (end64 < 0
        || in.u32(locator) != ZipFormat.LOCATOR_64
        || in.u32(locator + 4) != 0
        || in.i64(locator + 8) != end64
        || in.u32(locator + 16) != 1
        || in.u32(end64) != ZipFormat.END_64
        || in.i64(end64 + 4) != ZipFormat.END_64_BYTES - 12
        || in.u32(end64 + 16) != 0
        || in.u32(end64 + 20) != 0) {
      throw new PayloadInvalidException(
          "byte " + end, "the end of the ZIP file says that it is a ZIP64 file, and it is none");
    }
    long entries64 = in.i64(end64 + 32);
    long bytes64 = in.i64(end64 + 40);
    long at64 = in.i64(end64 + 48);
    if (in.i64(end64 + 24) != entries64
        || disagree(entries, ZipFormat.MAX_16, entries64)
        || disagree(bytes, ZipFormat.MAX_32, bytes64)
        || disagree(at, ZipFormat.MAX_32, at64)) {
      throw new PayloadInvalidException(
          "byte " + end64, "the ends of ZIP and ZIP64 do not say the same");
    }
    return checked(entries64, at64, bytes64, end64);
  }

  private static boolean disagree(long number, long standIn, long number64) {
    return number != standIn && number != number64;
  }

  private static ZipEnd checked(long entries, long at, long bytes, long end)
      throws PayloadInvalidException {
    if (entries < 0 || entries > ENTRIES_MAX) {
      throw new PayloadInvalidException(
          "byte " + end, "there are over " + ENTRIES_MAX + " entries: " + entries);
    }
    if (bytes < 0 || bytes > DIRECTORY_BYTES_MAX) {
      throw new PayloadInvalidException(
          "byte " + end, "the central directory is over 64 MiB: " + bytes);
    }
    if (at < 0 || at > end || bytes != end - at) {
      throw new PayloadInvalidException(
          "byte " + end,
          "the central directory of " + bytes + " bytes at byte " + at + " does not end here");
    }
    return new ZipEnd((int) entries, at, end);
  }
}
