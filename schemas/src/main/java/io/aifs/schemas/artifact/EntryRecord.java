package io.aifs.schemas.artifact;

import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.Utf8;

/**
 * An entry of a ZIP file, as the central directory says.
 *
 * @param path its name, without the {@code /} that a directory's ends in
 * @param name the same as its bytes are
 * @param directory whether it is a directory, which has no content
 * @param crc CRC-32 of the content
 * @param storedBytes bytes of the content as it is in the file
 * @param size bytes of the content
 * @param headerAt where its own header is
 */
@SuppressWarnings("ArrayRecordComponent") // compared with Arrays.equals, where it is
record EntryRecord(
    String path,
    byte[] name,
    boolean directory,
    int flags,
    int method,
    long crc,
    long storedBytes,
    long size,
    long headerAt) {

  boolean deflated() {
    return method == ZipFormat.DEFLATED;
  }

  boolean hasDescriptor() {
    return (flags & ZipFormat.FLAG_DESCRIPTOR) != 0;
  }

  /** What is wrong with it, for people. */
  PayloadInvalidException invalid(String what) {
    return new PayloadInvalidException("entry " + Utf8.shown(path), what);
  }
}
