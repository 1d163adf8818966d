package io.aifs.schemas.tensor;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Tensors as Arrow IPC files: one column whose rows are tensors, see {@code
 * docs/format/tensor.md}. Stateless.
 */
public final class TensorCodec {
  /** What stands in a file before the values of a tensor of this name and type. */
  public static byte[] fileHead(String name, TensorType type) {
    throw new UnsupportedOperationException();
  }

  /** What stands behind them. */
  public static byte[] fileTail(String name, TensorType type) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #fileHead}, of an Arrow IPC stream. */
  public static byte[] streamHead(String name, TensorType type) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #fileTail}, of an Arrow IPC stream. */
  public static byte[] streamTail(String name, TensorType type) {
    throw new UnsupportedOperationException();
  }

  /** Writes a file that holds the tensor. */
  public static void encode(Tensor tensor, OutputStream out) throws IOException {
    throw new UnsupportedOperationException();
  }

  /**
   * The tensor of a file or stream.
   *
   * @throws PayloadInvalidException if it is no such file, or too long for memory
   */
  public static Tensor decode(ByteSource source) throws PayloadInvalidException, IOException {
    throw new UnsupportedOperationException();
  }

  private TensorCodec() {}
}
