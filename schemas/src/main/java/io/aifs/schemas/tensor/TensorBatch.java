package io.aifs.schemas.tensor;

import static io.aifs.schemas.tensor.ArrowMessage.require;

import io.aifs.schemas.PayloadInvalidException;
import org.apache.arrow.flatbuf.MessageHeader;

/**
 * Rows of a column that lie together.
 *
 * @param valuesOffset where their values begin in the content
 * @param valuesBytes how many bytes they are
 */
record TensorBatch(long rows, long valuesOffset, long valuesBytes) {
  private static final int LENGTH = 0;
  private static final int NODES = 1;
  private static final int BUFFERS = 2;
  private static final int COMPRESSION = 3;
  private static final int PAIR_BYTES = 16;

  /** Of the list and of its child: whether there are values, then the child's values. */
  private static final int BUFFER_COUNT = 3;

  /**
   * Reads what a message says of a batch.
   *
   * @throws PayloadInvalidException if it is not all there, or none of the column
   */
  static TensorBatch read(ArrowMessage message, TensorColumn column)
      throws PayloadInvalidException {
    String place = message.place();
    require(
        message.kind() == MessageHeader.RecordBatch,
        place,
        "is " + message.kindName() + ", where a record batch was expected");
    FlatTable header = message.header();
    require(!header.has(COMPRESSION), place, "its buffers are compressed; write them uncompressed");
    long rows = header.int64(LENGTH);
    require(rows >= 0, place, "has a negative number of rows: " + rows);
    long bytes = bytes(rows, column, place);
    long values = bytes / column.element().bytes();
    FlatTable.Rows nodes = header.rows(NODES, PAIR_BYTES);
    require(nodes.count() == 2, place, "has " + nodes.count() + " nodes; a list of values has 2");
    for (int i = 0; i < 2; i++) {
      long length = nodes.int64(i, 0);
      long nulls = nodes.int64(i, 8);
      require(nulls == 0, place, "has " + nulls + " nulls; a tensor has none");
      require(
          i == 0 ? length == rows : length >= values,
          place,
          "node "
              + i
              + " is of "
              + length
              + " values, but "
              + rows
              + " rows need "
              + (i == 0 ? rows : values));
    }
    FlatTable.Rows buffers = header.rows(BUFFERS, PAIR_BYTES);
    require(
        buffers.count() == BUFFER_COUNT,
        place,
        "has " + buffers.count() + " buffers; a list of values has " + BUFFER_COUNT);
    requireBuffer(message, buffers, 0, Math.ceilDiv(rows, 8L), true);
    requireBuffer(message, buffers, 1, Math.ceilDiv(values, 8L), true);
    requireBuffer(message, buffers, 2, bytes, false);
    return new TensorBatch(
        rows,
        bytes == 0 ? message.bodyOffset() : message.bodyOffset() + buffers.int64(2, 0),
        bytes);
  }

  private static long bytes(long rows, TensorColumn column, String place)
      throws PayloadInvalidException {
    try {
      return Math.multiplyExact(
          Math.multiplyExact(rows, (long) column.listSize()), (long) column.element().bytes());
    } catch (ArithmeticException _) {
      throw new PayloadInvalidException(place, "has rows beyond all bounds: " + rows);
    }
  }

  private static void requireBuffer(
      ArrowMessage message, FlatTable.Rows buffers, int number, long needed, boolean mayBeMissing)
      throws PayloadInvalidException {
    long offset = buffers.int64(number, 0);
    long length = buffers.int64(number, 8);
    if (length == 0 && (mayBeMissing || needed == 0)) {
      return;
    }
    require(
        offset >= 0 && length >= 0 && length <= message.bodyBytes() - offset,
        message.place(),
        "buffer "
            + number
            + " of "
            + length
            + " bytes at "
            + offset
            + " is not inside the body of "
            + message.bodyBytes());
    require(
        length >= needed,
        message.place(),
        "buffer " + number + " is of " + length + " bytes, but " + needed + " are needed");
  }
}
