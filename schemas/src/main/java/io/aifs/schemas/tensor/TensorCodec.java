package io.aifs.schemas.tensor;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/**
 * Tensors as Arrow IPC files: one column whose rows are tensors, see {@code docs/format/tensor.md}.
 * Stateless.
 *
 * <p>A tensor need not be in memory to be written: a file is its head, its values, and its tail,
 * and so is a stream. The values begin at a multiple of 64 bytes.
 */
public final class TensorCodec {
  private static final int ROW_VALUES_MAX = Integer.MAX_VALUE;
  private static final int PIECE_BYTES = 1 << 20;

  /**
   * What stands in a file before the values of a tensor of this name and type.
   *
   * @throws IllegalArgumentException if the names are too long
   */
  public static byte[] fileHead(String name, TensorType type) {
    return fileHead(new ArrowWriter(name, type, ROW_VALUES_MAX));
  }

  static byte[] fileHead(ArrowWriter writer) {
    var head = new ByteArrayOutputStream();
    head.writeBytes(ArrowFooter.MAGIC);
    head.writeBytes(new byte[ArrowFooter.START_BYTES - ArrowFooter.MAGIC.length]);
    head.writeBytes(writer.schemaMessage());
    head.writeBytes(writer.batchMessage(head.size()));
    return head.toByteArray();
  }

  /** What stands behind them. */
  public static byte[] fileTail(String name, TensorType type) {
    return fileTail(new ArrowWriter(name, type, ROW_VALUES_MAX), type);
  }

  static byte[] fileTail(ArrowWriter writer, TensorType type) {
    int batchAt = ArrowFooter.START_BYTES + writer.schemaMessage().length;
    byte[] footer = writer.footer(batchAt, writer.batchMessage(batchAt).length);
    var tail = new ByteArrayOutputStream();
    tail.writeBytes(streamTail(writer, type));
    tail.writeBytes(footer);
    tail.writeBytes(word(footer.length));
    tail.writeBytes(ArrowFooter.MAGIC);
    return tail.toByteArray();
  }

  /** As {@link #fileHead}, of an Arrow IPC stream. */
  public static byte[] streamHead(String name, TensorType type) {
    var writer = new ArrowWriter(name, type, ROW_VALUES_MAX);
    var head = new ByteArrayOutputStream();
    head.writeBytes(writer.schemaMessage());
    head.writeBytes(writer.batchMessage(head.size()));
    return head.toByteArray();
  }

  /** As {@link #fileTail}, of an Arrow IPC stream. */
  public static byte[] streamTail(String name, TensorType type) {
    return streamTail(new ArrowWriter(name, type, ROW_VALUES_MAX), type);
  }

  private static byte[] streamTail(ArrowWriter writer, TensorType type) {
    var tail = new ByteArrayOutputStream();
    tail.writeBytes(new byte[(int) (writer.bodyBytes() - type.bytes())]);
    tail.writeBytes(word(ArrowMessage.CONTINUATION));
    tail.writeBytes(word(0));
    return tail.toByteArray();
  }

  private static byte[] word(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /**
   * Writes a file that holds the tensor. Values that do not lie row-major are brought in order by
   * {@link Strides} first.
   */
  public static void encode(Tensor tensor, OutputStream out) throws IOException {
    out.write(fileHead(tensor.name(), tensor.type()));
    ByteBuffer values = tensor.values().duplicate();
    WritableByteChannel channel = Channels.newChannel(out);
    while (values.hasRemaining()) {
      var _ = channel.write(values);
    }
    out.write(fileTail(tensor.name(), tensor.type()));
  }

  /**
   * The tensor of a file or stream, all batches together and in the order that is meant.
   *
   * @throws PayloadInvalidException if it is no such file, or too long for memory
   */
  public static Tensor decode(ByteSource source) throws PayloadInvalidException, IOException {
    TensorFile file = TensorFile.open(source);
    TensorFile.Order order = file.order();
    long bytes = order.lying().bytes();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new PayloadInvalidException(
          "tensor '" + file.name() + "'", "is too long for memory: " + bytes + " bytes");
    }
    ByteBuffer values = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
    var _ = TensorFile.walk(source, batch -> copy(source, batch, values));
    values.flip();
    if (file.isRowMajor()) {
      return new Tensor(file.name(), file.type(), values);
    }
    Strides strides = Strides.rowMajor(order.lying()).permuted(order.dimensions());
    return new Tensor(file.name(), file.type(), strides.inOrder(values));
  }

  private static void copy(ByteSource source, TensorBatch batch, ByteBuffer into)
      throws IOException {
    for (long at = 0; at < batch.valuesBytes(); at += PIECE_BYTES) {
      int length = (int) Math.min(PIECE_BYTES, batch.valuesBytes() - at);
      into.put(source.read(batch.valuesOffset() + at, length));
    }
  }

  private TensorCodec() {}
}
