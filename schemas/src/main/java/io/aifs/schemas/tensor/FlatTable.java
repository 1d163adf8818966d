package io.aifs.schemas.tensor;

import io.aifs.schemas.PayloadInvalidException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A table of a FlatBuffer from outside. Every offset and length is looked at before it is followed,
 * so that one that lies is refused; nothing is read before it is asked for. Immutable.
 *
 * <p>Members are named by their number in the schema, from 0.
 */
final class FlatTable {
  private static final int OFFSET_BYTES = 4;

  private final ByteBuffer bytes;
  private final String place;
  private final int at;
  private final int tableBytes;
  private final int directory;
  private final int directoryBytes;

  private FlatTable(ByteBuffer bytes, String place, long at) throws PayloadInvalidException {
    this.bytes = bytes;
    this.place = place;
    require(at >= 0 && at <= bytes.limit() - OFFSET_BYTES, "a table lies outside");
    this.at = (int) at;
    long found = at - bytes.getInt(this.at);
    require(found >= 0 && found <= bytes.limit() - OFFSET_BYTES, "a table's members lie outside");
    this.directory = (int) found;
    this.directoryBytes = Short.toUnsignedInt(bytes.getShort(directory));
    this.tableBytes = Short.toUnsignedInt(bytes.getShort(directory + 2));
    require(
        directoryBytes >= OFFSET_BYTES
            && directoryBytes <= bytes.limit() - directory
            && tableBytes >= OFFSET_BYTES
            && tableBytes <= bytes.limit() - this.at,
        "a table is longer than what holds it");
  }

  /**
   * The table that a buffer begins with.
   *
   * @param place where the buffer is, for messages
   */
  static FlatTable root(byte[] bytes, String place) throws PayloadInvalidException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < OFFSET_BYTES) {
      throw new PayloadInvalidException(place, "is too short");
    }
    return new FlatTable(buffer, place, Integer.toUnsignedLong(buffer.getInt(0)));
  }

  /** Where the buffer is. */
  String place() {
    return place;
  }

  boolean has(int member) throws PayloadInvalidException {
    return find(member, 1) != 0;
  }

  int unsignedByte(int member) throws PayloadInvalidException {
    int found = find(member, 1);
    return found == 0 ? 0 : Byte.toUnsignedInt(bytes.get(found));
  }

  boolean truth(int member) throws PayloadInvalidException {
    return unsignedByte(member) != 0;
  }

  short int16(int member) throws PayloadInvalidException {
    int found = find(member, 2);
    return found == 0 ? 0 : bytes.getShort(found);
  }

  int int32(int member) throws PayloadInvalidException {
    int found = find(member, 4);
    return found == 0 ? 0 : bytes.getInt(found);
  }

  long int64(int member) throws PayloadInvalidException {
    int found = find(member, 8);
    return found == 0 ? 0 : bytes.getLong(found);
  }

  Optional<FlatTable> table(int member) throws PayloadInvalidException {
    int found = find(member, OFFSET_BYTES);
    return found == 0 ? Optional.empty() : Optional.of(new FlatTable(bytes, place, follow(found)));
  }

  /** A string; empty if it is not there. */
  String string(int member) throws PayloadInvalidException {
    Rows rows = rows(member, 1);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(bytes.slice(rows.start, rows.count))
          .toString();
    } catch (CharacterCodingException _) {
      throw new PayloadInvalidException(place, "a string is not UTF-8");
    }
  }

  /** Structs or tables, one behind the other; none if the member is not there. */
  Rows rows(int member, int rowBytes) throws PayloadInvalidException {
    int found = find(member, OFFSET_BYTES);
    if (found == 0) {
      return new Rows(0, 0, rowBytes);
    }
    long start = follow(found);
    require(start <= bytes.limit() - OFFSET_BYTES, "a vector lies outside");
    long count = Integer.toUnsignedLong(bytes.getInt((int) start));
    long first = start + OFFSET_BYTES;
    require(count * rowBytes <= bytes.limit() - first, "a vector is longer than what holds it");
    return new Rows((int) first, (int) count, rowBytes);
  }

  /** Tables, each named by its offset; none if the member is not there. */
  Rows tables(int member) throws PayloadInvalidException {
    return rows(member, OFFSET_BYTES);
  }

  /** Where a member lies, or 0 if it is not there. */
  private int find(int member, int memberBytes) throws PayloadInvalidException {
    int entry = OFFSET_BYTES + 2 * member;
    if (entry + 2 > directoryBytes) {
      return 0;
    }
    int offset = Short.toUnsignedInt(bytes.getShort(directory + entry));
    require(offset + memberBytes <= tableBytes, "a member lies outside its table");
    return offset == 0 ? 0 : at + offset;
  }

  private long follow(int from) {
    return from + Integer.toUnsignedLong(bytes.getInt(from));
  }

  private void require(boolean holds, String otherwise) throws PayloadInvalidException {
    if (!holds) {
      throw new PayloadInvalidException(place, otherwise);
    }
  }

  /** What lies in a vector. */
  final class Rows {
    private final int start;
    private final int count;
    private final int rowBytes;

    private Rows(int start, int count, int rowBytes) {
      this.start = start;
      this.count = count;
      this.rowBytes = rowBytes;
    }

    int count() {
      return count;
    }

    int int32(int row, int offset) {
      return bytes.getInt(start + row * rowBytes + offset);
    }

    long int64(int row, int offset) {
      return bytes.getLong(start + row * rowBytes + offset);
    }

    /** The table that a row names. */
    FlatTable table(int row) throws PayloadInvalidException {
      return new FlatTable(bytes, place, follow(start + row * rowBytes));
    }
  }
}
