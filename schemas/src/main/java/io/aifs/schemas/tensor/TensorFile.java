package io.aifs.schemas.tensor;

import static io.aifs.schemas.tensor.ArrowMessage.require;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.flatbuf.MessageHeader;

/**
 * An Arrow file or stream that holds a tensor: one column of {@code arrow.fixed_shape_tensor}. All
 * that it says of its values has been looked at, and is so; the values have not. Immutable.
 */
public final class TensorFile {
  private final TensorColumn column;
  private final long rows;
  private final long batches;
  private final long valuesOffset;

  private TensorFile(TensorColumn column, Totals totals) {
    this.column = column;
    this.rows = totals.rows;
    this.batches = totals.batches;
    this.valuesOffset = totals.valuesOffset;
  }

  /** Takes the batches of a file one by one. */
  @FunctionalInterface
  interface BatchVisitor {
    void visit(TensorBatch batch) throws PayloadInvalidException, IOException;
  }

  /** What the batches are together; those without rows do not count. */
  private static final class Totals implements BatchVisitor {
    private long rows;
    private long batches;
    private long valuesOffset;

    @Override
    public void visit(TensorBatch batch) throws PayloadInvalidException {
      if (batch.rows() == 0) {
        return;
      }
      if (batches++ == 0) {
        valuesOffset = batch.valuesOffset();
      }
      try {
        rows = Math.addExact(rows, batch.rows());
      } catch (ArithmeticException _) {
        throw new PayloadInvalidException("record batches", "have rows beyond all bounds");
      }
    }
  }

  /** Whether content is an Arrow file or stream as far as its first bytes tell. */
  public static boolean begins(byte[] head, int length) {
    return beginsFile(head, length) || beginsStream(head, length);
  }

  private static boolean beginsFile(byte[] head, int length) {
    byte[] magic = ArrowFooter.MAGIC;
    return length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
  }

  /** A stream begins with metadata, whose root is inside them. */
  private static boolean beginsStream(byte[] head, int length) {
    if (length < 12) {
      return false;
    }
    ByteBuffer start = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int metadataBytes = start.getInt(4);
    return start.getInt(0) == ArrowMessage.CONTINUATION
        && metadataBytes > 0
        && metadataBytes % 8 == 0
        && Integer.compareUnsigned(start.getInt(8), metadataBytes) < 0;
  }

  /**
   * Opens a file or stream, reading the metadata of all its batches and none of their values.
   *
   * @throws PayloadInvalidException if it is none, or holds no tensor, or not all of it
   */
  public static TensorFile open(ByteSource source) throws PayloadInvalidException, IOException {
    var totals = new Totals();
    TensorColumn column = walk(source, totals);
    var file = new TensorFile(column, totals);
    var _ = column.meant(file.rows); // so that it is known to be one
    return file;
  }

  /** Shows all batches to the visitor, and returns the column that they are of. */
  static TensorColumn walk(ByteSource source, BatchVisitor visitor)
      throws PayloadInvalidException, IOException {
    byte[] start = source.read(0, (int) Math.min(source.size(), 12));
    if (beginsFile(start, start.length)) {
      ArrowFooter footer = ArrowFooter.read(source);
      long from = ArrowFooter.START_BYTES;
      for (int i = 0; i < footer.batches(); i++) {
        ArrowMessage message = footer.message(source, i, from);
        visitor.visit(TensorBatch.read(message, footer.column()));
        from = message.end();
      }
      return footer.column();
    }
    require(
        start.length >= 4 && ByteBuffer.wrap(start).getInt() == ArrowMessage.CONTINUATION,
        "byte 0",
        "begins neither as an Arrow file, with ARROW1, nor as an Arrow stream, with FF FF FF FF");
    return walkStream(source, visitor);
  }

  private static TensorColumn walkStream(ByteSource source, BatchVisitor visitor)
      throws PayloadInvalidException, IOException {
    long size = source.size();
    ArrowMessage schema = schema(source, 0, size);
    TensorColumn column = TensorColumn.read(schema.header());
    long offset = schema.end();
    Optional<ArrowMessage> message = ArrowMessage.read(source, offset, size, size);
    while (message.isPresent()) {
      visitor.visit(TensorBatch.read(message.get(), column));
      offset = message.get().end();
      message = ArrowMessage.read(source, offset, size, size);
    }
    require(size - offset <= 8, "byte " + offset, "the stream ends here, but more bytes follow");
    return column;
  }

  private static ArrowMessage schema(ByteSource source, long offset, long end)
      throws PayloadInvalidException, IOException {
    ArrowMessage message =
        ArrowMessage.read(source, offset, end, end)
            .orElseThrow(() -> new PayloadInvalidException("byte " + offset, "has no schema"));
    require(
        message.kind() == MessageHeader.Schema,
        message.place(),
        "is " + message.kindName() + ", where a schema was expected");
    return message;
  }

  /** The name of the column. */
  public String name() {
    return column.name();
  }

  /** The tensor as it is meant, whose values may lie in another order. */
  public TensorType type() throws PayloadInvalidException {
    return column.meant(rows);
  }

  /** Record batches that have rows. */
  public long batches() {
    return batches;
  }

  /** Whether the values lie in the order that is meant. */
  public boolean isRowMajor() {
    return !column.isPermuted();
  }

  /** Where the values begin, of which the first batch's lie together. */
  public long valuesOffset() {
    return valuesOffset;
  }

  TensorColumn column() {
    return column;
  }

  long rows() {
    return rows;
  }

  /** How much of the head of a file it takes to tell what {@link #first} does. */
  public static long firstNeedsBytes(byte[] head, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    long at = beginsFile(head, length) ? ArrowFooter.START_BYTES : 0;
    for (int message = 0; message < 2; message++) {
      if (at + 8 > length) {
        return at + 8;
      }
      int word = bytes.getInt((int) at);
      boolean continued = word == ArrowMessage.CONTINUATION;
      long metadataBytes = Integer.toUnsignedLong(continued ? bytes.getInt((int) at + 4) : word);
      at += (continued ? 8 : 4) + metadataBytes;
      if (at > length) {
        return at;
      }
    }
    return at;
  }

  /**
   * What the head of a file says of the values of its first batch, which may lie behind the head.
   *
   * @throws PayloadInvalidException if the head is none of a tensor's
   */
  public static FirstValues first(ByteSource head) throws PayloadInvalidException, IOException {
    byte[] start = head.read(0, (int) Math.min(head.size(), ArrowFooter.START_BYTES));
    long offset = beginsFile(start, start.length) ? ArrowFooter.START_BYTES : 0;
    ArrowMessage schema = schema(head, offset, head.size());
    TensorColumn column = TensorColumn.read(schema.header());
    ArrowMessage message =
        ArrowMessage.read(head, schema.end(), head.size(), Long.MAX_VALUE)
            .orElseThrow(() -> new PayloadInvalidException("head", "has no record batch"));
    TensorBatch batch = TensorBatch.read(message, column);
    return new FirstValues(
        column.name(), column.element(), batch.valuesOffset(), batch.valuesBytes());
  }

  /** Values that lie together. */
  public record FirstValues(String name, ElementType element, long offset, long bytes) {}

  /** The shape in which the values lie, and for each dimension that is meant its number there. */
  record Order(TensorType lying, List<Integer> dimensions) {}

  Order order() throws PayloadInvalidException {
    TensorType lying = column.lying(rows);
    return new Order(lying, column.order(lying.shape().size()));
  }
}
