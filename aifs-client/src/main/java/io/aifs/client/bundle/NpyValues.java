package io.aifs.client.bundle;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceStream;
import io.aifs.schemas.numpy.NpyHeader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * The values of an npy file, row-major however they lie there. Those in Fortran order are turned in
 * memory.
 */
final class NpyValues {
  /** What is turned in memory, which takes twice as much. */
  private static final long TURNED_BYTES_MAX = 1L << 30;

  private final NpyHeader header;
  private final ByteSource source;

  /**
   * @throws PayloadInvalidException if they would have to be turned, and are too many
   */
  NpyValues(NpyHeader header, ByteSource source) throws PayloadInvalidException {
    this.header = header;
    this.source = source;
    requireTurnable(header);
  }

  /**
   * Returns if the values lie row-major, or can be turned.
   *
   * @throws PayloadInvalidException if they are too many for that
   */
  static void requireTurnable(NpyHeader header) throws PayloadInvalidException {
    if (!header.isRowMajor() && header.type().bytes() > TURNED_BYTES_MAX) {
      throw new PayloadInvalidException(
          "header",
          "the array is in Fortran order and over 1 GiB; save it as numpy.ascontiguousarray(a)");
    }
  }

  InputStream open() throws IOException {
    long bytes = header.type().bytes();
    return header.isRowMajor()
        ? new SourceStream(source, header.bytes(), bytes)
        : new ByteArrayInputStream(turned(source.read(header.bytes(), (int) bytes)));
  }

  /** Walks the values in row-major order; the first dimension is the one that varies fastest. */
  private byte[] turned(byte[] values) {
    if (values.length == 0) {
      return values;
    }
    List<Long> shape = header.type().shape();
    int width = header.type().element().bytes();
    int[] strides = new int[shape.size()];
    int stride = width;
    for (int i = 0; i < strides.length; i++) {
      strides[i] = stride;
      stride *= Math.toIntExact(shape.get(i));
    }
    int[] place = new int[strides.length];
    byte[] turned = new byte[values.length];
    int from = 0;
    for (int to = 0; to < turned.length; to += width) {
      System.arraycopy(values, from, turned, to, width);
      int at = strides.length - 1;
      while (at >= 0 && place[at] == shape.get(at) - 1) {
        from -= place[at] * strides[at];
        place[at--] = 0;
      }
      if (at >= 0) {
        place[at]++;
        from += strides[at];
      }
    }
    return turned;
  }
}
