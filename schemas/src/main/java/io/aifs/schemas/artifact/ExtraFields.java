package io.aifs.schemas.artifact;

import io.aifs.schemas.PayloadInvalidException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/** The extra fields of an entry's header. Of those that are not looked for, anything may be said. */
final class ExtraFields {
  private static final int FIELD_HEAD_BYTES = 4;
  private static final int SECOND_NAME_HEAD_BYTES = 5;

  private Optional<ByteBuffer> zip64 = Optional.empty();

  /**
   * @param name of the entry, which no field may contradict
   * @param place of the entry, for messages
   */
  ExtraFields(byte[] extra, byte[] name, String place) throws PayloadInvalidException {
    ByteBuffer left = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
    while (left.hasRemaining()) {
      if (left.remaining() < FIELD_HEAD_BYTES) {
        throw new PayloadInvalidException(place, "its extra fields end inside a field");
      }
      int id = left.getShort() & 0xffff;
      int length = left.getShort() & 0xffff;
      if (length > left.remaining()) {
        throw new PayloadInvalidException(place, "its extra fields end inside a field");
      }
      if (id == ZipFormat.EXTRA_UNICODE_PATH
          && !left.slice(left.position(), length).equals(secondName(left, length, name))) {
        throw new PayloadInvalidException(place, "it has another name in an extra field");
      }
      if (id == ZipFormat.EXTRA_64) {
        if (zip64.isPresent()) {
          throw new PayloadInvalidException(place, "its numbers of 64 bits are there twice");
        }
        zip64 = Optional.of(left.slice(left.position(), length).order(ByteOrder.LITTLE_ENDIAN));
      }
      left.position(left.position() + length);
    }
  }

  /** The field of this name, whose first bytes, a version and a checksum, are taken as they are. */
  private static ByteBuffer secondName(ByteBuffer from, int length, byte[] name) {
    byte[] field = new byte[SECOND_NAME_HEAD_BYTES + name.length];
    from.get(from.position(), field, 0, Math.min(SECOND_NAME_HEAD_BYTES, length));
    System.arraycopy(name, 0, field, SECOND_NAME_HEAD_BYTES, name.length);
    return ByteBuffer.wrap(field);
  }

  /**
   * What a number is: itself, or the next of 64 bits if it stands for that. To be asked in the
   * order of APPNOTE: size, stored size, offset.
   */
  long resolve(long number, String place) throws PayloadInvalidException {
    if (number != ZipFormat.MAX_32 || zip64.isEmpty()) {
      return number;
    }
    ByteBuffer numbers = zip64.get();
    long wide = numbers.remaining() < Long.BYTES ? -1 : numbers.getLong();
    if (wide < 0) {
      throw new PayloadInvalidException(place, "its numbers of 64 bits are missing or too large");
    }
    return wide;
  }
}
