package io.aifs.schemas.embed;

import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceWindow;
import io.aifs.schemas.Utf8;
import java.io.IOException;

/**
 * The root table of a FlatBuffers buffer, read where it lies. Nothing that the buffer says of
 * offsets and lengths is believed: each is looked at before it is followed, as the verifier of
 * FlatBuffers does. For one thread at a time.
 */
final class FlatTable {
  private static final int OFFSET_BYTES = Integer.BYTES;
  private static final int VTABLE_BYTES_MIN = 4;

  private final SourceWindow in;
  private final long table;
  private final long tableBytes;
  private final long vtable;
  private final long vtableBytes;

  /**
   * A vector.
   *
   * @param at where its first element is
   */
  record Vector(long at, long count) {
    static final Vector NONE = new Vector(0, 0);
  }

  private FlatTable(SourceWindow in, long table, long tableBytes, long vtable, long vtableBytes) {
    this.in = in;
    this.table = table;
    this.tableBytes = tableBytes;
    this.vtable = vtable;
    this.vtableBytes = vtableBytes;
  }

  /** The table that the buffer begins with an offset to. */
  static FlatTable root(SourceWindow in) throws PayloadInvalidException, IOException {
    long table = follow(in, 0, "the root table");
    in.requireInside(table, Integer.BYTES, "the root table");
    long vtable = table - (int) in.u32(table);
    in.requireInside(vtable, VTABLE_BYTES_MIN, "the vtable");
    if (vtable % Short.BYTES != 0) {
      throw new PayloadInvalidException("byte " + table, "the vtable is at an odd byte");
    }
    long vtableBytes = in.u16(vtable);
    long tableBytes = in.u16(vtable + Short.BYTES);
    if (vtableBytes < VTABLE_BYTES_MIN || vtableBytes % Short.BYTES != 0) {
      throw new PayloadInvalidException(
          "byte " + vtable, "the vtable has an impossible length: " + vtableBytes);
    }
    if (tableBytes < Integer.BYTES) {
      throw new PayloadInvalidException(
          "byte " + (vtable + Short.BYTES), "the table has an impossible length: " + tableBytes);
    }
    in.requireInside(vtable, vtableBytes, "the vtable");
    in.requireInside(table, tableBytes, "the root table");
    return new FlatTable(in, table, tableBytes, vtable, vtableBytes);
  }

  /** A number of 32 bits without a sign, or what stands for it where there is none. */
  long u32(int field, long absent) throws PayloadInvalidException, IOException {
    long at = place(field, Integer.BYTES);
    return at < 0 ? absent : in.u32(at);
  }

  /** A number of 8 bits without a sign. */
  int u8(int field, int absent) throws PayloadInvalidException, IOException {
    long at = place(field, 1);
    return at < 0 ? absent : in.u8(at);
  }

  /** A vector of numbers or offsets of 32 bits. */
  Vector words(int field, String what) throws PayloadInvalidException, IOException {
    long at = place(field, OFFSET_BYTES);
    if (at < 0) {
      return Vector.NONE;
    }
    long vector = follow(in, at, what);
    in.requireInside(vector, Integer.BYTES, what);
    long count = in.u32(vector);
    in.requireInside(vector + Integer.BYTES, count * Integer.BYTES, what);
    return new Vector(vector + Integer.BYTES, count);
  }

  /** A text; empty where there is none. */
  String text(int field, int bytesMax, String what) throws PayloadInvalidException, IOException {
    long at = place(field, OFFSET_BYTES);
    return at < 0 ? "" : text(in, follow(in, at, what), bytesMax, what);
  }

  /** The text that lies at a place. */
  static String text(SourceWindow in, long at, int bytesMax, String what)
      throws PayloadInvalidException, IOException {
    in.requireInside(at, Integer.BYTES, what);
    long length = in.u32(at);
    in.requireInside(at + Integer.BYTES, length + 1, what);
    if (length > bytesMax) {
      throw new PayloadInvalidException(
          "byte " + at, what + " is over " + bytesMax + " bytes: " + length);
    }
    byte[] bytes = in.bytes(at + Integer.BYTES, (int) length);
    if (in.u8(at + Integer.BYTES + length) != 0) {
      throw new PayloadInvalidException(
          "byte " + (at + Integer.BYTES + length), what + " does not end in a zero byte");
    }
    return Utf8.textOf(bytes)
        .orElseThrow(
            () ->
                new PayloadInvalidException(
                    "byte " + (at + Integer.BYTES), what + " is not valid UTF-8"));
  }

  /** Where the offset at a place leads to. */
  static long follow(SourceWindow in, long at, String what)
      throws PayloadInvalidException, IOException {
    in.requireInside(at, OFFSET_BYTES, "the offset of " + what);
    long to = at + in.u32(at);
    if (to == at || to % Integer.BYTES != 0) {
      throw new PayloadInvalidException(
          "byte " + at, "the offset of " + what + " leads to byte " + to + ", which cannot be");
    }
    return to;
  }

  /** Where the value of a field is; -1 if it has none. */
  private long place(int field, int bytes) throws PayloadInvalidException, IOException {
    long slot = VTABLE_BYTES_MIN + (long) field * Short.BYTES;
    if (slot >= vtableBytes) {
      return -1;
    }
    int offset = in.u16(vtable + slot);
    if (offset == 0) {
      return -1;
    }
    if (offset < Integer.BYTES || offset + bytes > tableBytes) {
      throw new PayloadInvalidException(
          "byte " + (vtable + slot), "field " + field + " lies outside its table: " + offset);
    }
    if ((table + offset) % bytes != 0) {
      throw new PayloadInvalidException(
          "byte " + (vtable + slot), "field " + field + " is not aligned: " + (table + offset));
    }
    return table + offset;
  }
}
