package io.aifs.schemas.tensor;

import static io.aifs.schemas.tensor.ArrowMessage.require;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The table of contents of an Arrow file, at its end. */
final class ArrowFooter {
  static final byte[] MAGIC = "ARROW1".getBytes(StandardCharsets.US_ASCII);

  /** The magic number and what fills it up. */
  static final int START_BYTES = 8;

  private static final String PLACE = "footer";
  private static final int END_BYTES = 4 + 6;
  private static final int SCHEMA = 1;
  private static final int DICTIONARIES = 2;
  private static final int BATCHES = 3;
  private static final int BLOCK_BYTES = 24;
  private static final int BLOCK_METADATA_BYTES = 8;
  private static final int BLOCK_BODY_BYTES = 16;

  private final long start;
  private final FlatTable.Rows blocks;
  private final TensorColumn column;

  private ArrowFooter(long start, FlatTable footer) throws PayloadInvalidException {
    this.start = start;
    this.blocks = footer.rows(BATCHES, BLOCK_BYTES);
    require(
        footer.rows(DICTIONARIES, BLOCK_BYTES).count() == 0,
        PLACE,
        "names dictionaries; write the values themselves");
    this.column =
        TensorColumn.read(
            footer
                .table(SCHEMA)
                .orElseThrow(() -> new PayloadInvalidException(PLACE, "has no schema")));
  }

  /**
   * @throws PayloadInvalidException if there is none, or it names what is no tensor
   */
  static ArrowFooter read(ByteSource source) throws PayloadInvalidException, IOException {
    long endOffset = source.size() - END_BYTES;
    require(endOffset >= START_BYTES, PLACE, "is missing: the file is cut off");
    byte[] end = source.read(endOffset, END_BYTES);
    require(
        Arrays.equals(end, 4, END_BYTES, MAGIC, 0, MAGIC.length),
        PLACE,
        "is missing: the file does not end with ARROW1, and may be cut off");
    int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt();
    require(
        length > 0
            && length <= ArrowMessage.METADATA_BYTES_MAX
            && length <= endOffset - START_BYTES,
        PLACE,
        "claims "
            + Integer.toUnsignedString(length)
            + " bytes; the file has "
            + (endOffset - START_BYTES)
            + ", and at most "
            + ArrowMessage.METADATA_BYTES_MAX
            + " are allowed");
    long start = endOffset - length;
    return new ArrowFooter(start, FlatTable.root(source.read(start, length), PLACE));
  }

  TensorColumn column() {
    return column;
  }

  int batches() {
    return blocks.count();
  }

  /** Reads the message that a block names; where blocks follow each other, so do the messages. */
  ArrowMessage message(ByteSource source, int batch, long from)
      throws PayloadInvalidException, IOException {
    String place = "footer, block " + batch;
    long offset = blocks.int64(batch, 0);
    int metadataBytes = blocks.int32(batch, BLOCK_METADATA_BYTES);
    long bodyBytes = blocks.int64(batch, BLOCK_BODY_BYTES);
    require(
        offset >= from
            && metadataBytes > 0
            && bodyBytes >= 0
            && offset <= start - metadataBytes
            && bodyBytes <= start - metadataBytes - offset,
        place,
        "of "
            + metadataBytes
            + " and "
            + bodyBytes
            + " bytes at "
            + offset
            + " is not between byte "
            + from
            + " and the footer at "
            + start);
    ArrowMessage message =
        ArrowMessage.read(source, offset, offset + metadataBytes, start)
            .orElseThrow(() -> new PayloadInvalidException(place, "names the end of the stream"))
            .withBody(offset + metadataBytes);
    require(
        message.bodyBytes() == bodyBytes,
        place,
        "is of " + bodyBytes + " bytes, but the message says " + message.bodyBytes());
    return message;
  }
}
