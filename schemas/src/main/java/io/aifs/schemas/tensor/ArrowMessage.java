package io.aifs.schemas.tensor;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;

/**
 * A message of a file or stream: metadata, and the body that they describe.
 *
 * @param place where it begins, for messages of ours
 * @param kind one of {@link MessageHeader}
 * @param bodyOffset where the body begins in the content
 */
record ArrowMessage(String place, int kind, FlatTable header, long bodyOffset, long bodyBytes) {
  /** Metadata of a message; those of tensors are of a few hundred bytes. */
  static final int METADATA_BYTES_MAX = 4 << 20;

  static final int CONTINUATION = -1;

  private static final int VERSION = 0;
  private static final int HEADER_KIND = 1;
  private static final int HEADER = 2;
  private static final int BODY_BYTES = 3;

  private static final int WORD_BYTES = 4;

  /** Where the message ends. */
  long end() {
    return bodyOffset + bodyBytes;
  }

  /**
   * Reads the metadata of the message that begins at {@code offset}.
   *
   * @param end where the metadata have to end at the latest
   * @param bodyEnd the same of the body
   * @return empty at the end of a stream, which is a message without metadata or none at all
   * @throws PayloadInvalidException if there is something else
   */
  static Optional<ArrowMessage> read(ByteSource source, long offset, long end, long bodyEnd)
      throws PayloadInvalidException, IOException {
    if (offset == end) {
      return Optional.empty();
    }
    String place = "message at byte " + offset;
    int prefixBytes = WORD_BYTES;
    int length = word(source, offset, end, place);
    if (length == CONTINUATION) {
      prefixBytes = 2 * WORD_BYTES;
      length = word(source, offset + WORD_BYTES, end, place);
    }
    if (length == 0) {
      return Optional.empty();
    }
    require(
        length > 0 && length <= METADATA_BYTES_MAX,
        place,
        "claims "
            + Integer.toUnsignedString(length)
            + " bytes of metadata; at most "
            + METADATA_BYTES_MAX
            + " are allowed");
    long bodyOffset = offset + prefixBytes + length;
    require(bodyOffset <= end, place, "claims " + length + " bytes of metadata, more than follow");
    FlatTable message = FlatTable.root(source.read(offset + prefixBytes, length), place);
    short version = message.int16(VERSION);
    require(
        version == MetadataVersion.V4 || version == MetadataVersion.V5,
        place,
        "is of metadata version V" + (version + 1) + "; V4 and V5 are known");
    long bodyBytes = message.int64(BODY_BYTES);
    require(
        bodyBytes >= 0 && bodyBytes <= bodyEnd - bodyOffset,
        place,
        "claims a body of " + bodyBytes + " bytes, but " + (bodyEnd - bodyOffset) + " follow");
    FlatTable header =
        message
            .table(HEADER)
            .orElseThrow(() -> new PayloadInvalidException(place, "has no header"));
    return Optional.of(
        new ArrowMessage(place, message.unsignedByte(HEADER_KIND), header, bodyOffset, bodyBytes));
  }

  /** The same message, whose body begins elsewhere than right behind the metadata. */
  ArrowMessage withBody(long newOffset) {
    return new ArrowMessage(place, kind, header, newOffset, bodyBytes);
  }

  private static int word(ByteSource source, long offset, long end, String place)
      throws PayloadInvalidException, IOException {
    require(end - offset >= WORD_BYTES, place, "is cut off");
    return ByteBuffer.wrap(source.read(offset, WORD_BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt();
  }

  /** What the message is, for messages of ours. */
  String kindName() {
    return kind < MessageHeader.names.length ? MessageHeader.name(kind) : "of kind " + kind;
  }

  static void require(boolean holds, String place, String otherwise)
      throws PayloadInvalidException {
    if (!holds) {
      throw new PayloadInvalidException(place, otherwise);
    }
  }
}
