package io.aifs.schemas.artifact;

import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceWindow;
import java.io.IOException;
import java.util.Arrays;

/**
 * The header before an entry's content, which says the same as the central directory or is refused:
 * some tools believe the one and some the other.
 *
 * @param contentAt where the content begins, as it is in the file
 */
record LocalHeader(long contentAt) {
  /**
   * @param entriesEnd where all entries end
   */
  static LocalHeader read(SourceWindow in, EntryRecord entry, long entriesEnd)
      throws PayloadInvalidException, IOException {
    long at = entry.headerAt();
    if (entriesEnd - at < ZipFormat.LOCAL_BYTES || in.u32(at) != ZipFormat.LOCAL) {
      throw entry.invalid("it has no header at byte " + at);
    }
    int nameBytes = in.u16(at + 26);
    int extraBytes = in.u16(at + 28);
    long contentAt = at + ZipFormat.LOCAL_BYTES + nameBytes + extraBytes;
    if (contentAt > entriesEnd || entry.storedBytes() > entriesEnd - contentAt) {
      throw entry.invalid("its " + entry.storedBytes() + " bytes end outside the entries");
    }
    if (nameBytes != entry.name().length
        || !Arrays.equals(in.bytes(at + ZipFormat.LOCAL_BYTES, nameBytes), entry.name())) {
      throw disagrees(entry, "name");
    }
    if (in.u16(at + 6) != entry.flags()) {
      throw disagrees(entry, "flags");
    }
    if (in.u16(at + 8) != entry.method()) {
      throw disagrees(entry, "method");
    }
    byte[] extra = in.bytes(at + ZipFormat.LOCAL_BYTES + nameBytes, extraBytes);
    String place = entry.invalid("").place();
    ExtraFields fields = new ExtraFields(extra, entry.name(), place);
    long size = fields.resolve(in.u32(at + 22), place);
    long storedBytes = fields.resolve(in.u32(at + 18), place);
    requireSame(entry, in.u32(at + 14), entry.crc(), "CRC-32");
    requireSame(entry, size, entry.size(), "size");
    requireSame(entry, storedBytes, entry.storedBytes(), "stored size");
    return new LocalHeader(contentAt);
  }

  /** Where there is a descriptor, the number may be left to it. */
  private static void requireSame(EntryRecord entry, long local, long central, String what)
      throws PayloadInvalidException {
    if (local != central && !(entry.hasDescriptor() && local == 0)) {
      throw disagrees(entry, what);
    }
  }

  private static PayloadInvalidException disagrees(EntryRecord entry, String what) {
    return entry.invalid("its header and the central directory do not agree on its " + what);
  }

  /**
   * Returns if between the content and what follows there is the entry's descriptor, or nothing if
   * it has none.
   */
  void requireEndsAt(SourceWindow in, EntryRecord entry, long next)
      throws PayloadInvalidException, IOException {
    long at = contentAt + entry.storedBytes();
    if (at > next) {
      throw entry.invalid("it ends at byte " + at + ", inside what begins at byte " + next);
    }
    if (at == next && !entry.hasDescriptor()) {
      return;
    }
    long length = next - at;
    boolean signed = length == 16 || length == 24;
    boolean wide = length == 20 || length == 24;
    if (!entry.hasDescriptor() || !(signed || wide || length == 12)) {
      throw entry.invalid(
          "there are " + length + " bytes between its end and byte " + next + ", of no entry");
    }
    if (signed && in.u32(at) != ZipFormat.DESCRIPTOR) {
      throw disagrees(entry, "descriptor");
    }
    long fields = signed ? at + 4 : at;
    long stored = wide ? in.i64(fields + 4) : in.u32(fields + 4);
    long size = wide ? in.i64(fields + 12) : in.u32(fields + 8);
    if (in.u32(fields) != entry.crc() || stored != entry.storedBytes() || size != entry.size()) {
      throw disagrees(entry, "descriptor");
    }
  }
}
