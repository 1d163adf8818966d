package io.aifs.cli.vectors;

import io.aifs.core.Limits;
import io.aifs.core.model.FloatVectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Arrays as {@code numpy.save} writes them: little-endian float32, row after row. */
final class NumpyFile {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int HEADER_BYTES_MAX = 4_096;

  private static final Pattern TYPE = Pattern.compile("'descr': '([^']{1,16})'");
  private static final Pattern COLUMNS_FIRST = Pattern.compile("'fortran_order': True");
  private static final Pattern SHAPE =
      Pattern.compile("'shape': \\(([0-9]{1,9}),(?: ?([0-9]{1,9}),?)?\\)");

  static boolean isOne(byte[] bytes) {
    return bytes.length >= MAGIC.length
        && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * The rows.
   *
   * @throws IllegalArgumentException if it is another array, or none
   */
  static List<float[]> parse(byte[] bytes) {
    int afterVersion = MAGIC.length + 2;
    if (!isOne(bytes) || bytes.length < afterVersion + Integer.BYTES) {
      throw new IllegalArgumentException("the NumPy file ends in its header");
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    boolean old = bytes[MAGIC.length] == 1;
    long length = old ? buffer.getShort(afterVersion) & 0xffff : buffer.getInt(afterVersion);
    int start = afterVersion + (old ? Short.BYTES : Integer.BYTES);
    if (length < 0 || length > HEADER_BYTES_MAX || length > bytes.length - start) {
      throw new IllegalArgumentException("the header of the NumPy file is not whole");
    }
    String header = new String(bytes, start, (int) length, StandardCharsets.ISO_8859_1);
    Matcher type = TYPE.matcher(header);
    if (!type.find() || !type.group(1).equals("<f4")) {
      throw new IllegalArgumentException("the NumPy array is not of float32: use astype('<f4')");
    }
    return rows(bytes, start + (int) length, shape(header));
  }

  private static Shape shape(String header) {
    Matcher shape = SHAPE.matcher(header);
    if (!shape.find()) {
      throw new IllegalArgumentException("the NumPy array has neither one nor two dimensions");
    }
    int first = Integer.parseInt(shape.group(1));
    if (shape.group(2) == null) {
      return new Shape(1, first);
    }
    if (COLUMNS_FIRST.matcher(header).find()) {
      throw new IllegalArgumentException(
          "the NumPy array has its columns first: use numpy.ascontiguousarray");
    }
    return new Shape(first, Integer.parseInt(shape.group(2)));
  }

  private record Shape(int rows, int columns) {}

  private static List<float[]> rows(byte[] bytes, int start, Shape shape) {
    if (shape.rows < 1 || shape.columns < 1 || shape.columns > Limits.DIMENSION_MAX) {
      throw new IllegalArgumentException(
          "the NumPy array holds no vectors of 1 to " + Limits.DIMENSION_MAX + " values");
    }
    int rowBytes = shape.columns * Float.BYTES;
    if ((long) shape.rows * rowBytes != bytes.length - start) {
      throw new IllegalArgumentException("the NumPy file is longer or shorter than its array");
    }
    List<float[]> rows = new ArrayList<>(shape.rows);
    for (int i = 0; i < shape.rows; i++) {
      int at = start + i * rowBytes;
      rows.add(FloatVectors.decode(Arrays.copyOfRange(bytes, at, at + rowBytes)));
    }
    return rows;
  }

  private NumpyFile() {}
}
