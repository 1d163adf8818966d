package io.aifs.schemas.safetensors;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.SourceStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/**
 * What stands before the values in a safetensors file: a length, and JSON of that length.
 *
 * @param bytes length of all that, which is where the values begin
 * @param metadata what the file says of itself
 * @param tensors in the order of their values, which lie without gaps
 */
public record SafetensorsHeader(
    long bytes, Map<String, String> metadata, List<SafetensorsTensor> tensors) {
  /** The JSON of a header, as the format's own reader bounds it. */
  public static final long JSON_BYTES_MAX = 100_000_000;

  /** Tensors of a file. */
  public static final int TENSORS_MAX = 1 << 17;

  /** What precedes the JSON. */
  public static final int LENGTH_BYTES = 8;

  /** A length from here on is taken for something else that has a brace at the ninth place. */
  private static final long LIKELY_LENGTH_MAX = 1L << 48;

  public SafetensorsHeader {
    metadata = Map.copyOf(metadata);
    tensors = List.copyOf(tensors);
  }

  /**
   * Whether content is of this format as far as its first bytes tell. They have no magic number: it
   * is one of a length that is not beyond all bounds and the brace that JSON begins with.
   *
   * @param head the first nine bytes at least, or all
   */
  public static boolean begins(byte[] head, int length) {
    return length > LENGTH_BYTES
        && head[LENGTH_BYTES] == '{'
        && Long.compareUnsigned(jsonBytes(head), LIKELY_LENGTH_MAX) < 0;
  }

  /** The length of the JSON that a file claims to have, which is unsigned. */
  public static long jsonBytes(byte[] head) {
    return ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
  }

  /**
   * Reads the header of a file, and checks that the file is as long as it says.
   *
   * @throws PayloadInvalidException if it is none, or names tensors that are not in the file
   */
  public static SafetensorsHeader read(ByteSource source)
      throws PayloadInvalidException, IOException {
    SafetensorsHeader header = readAlone(source);
    long dataBytes = source.size() - header.bytes();
    if (header.dataBytes() != dataBytes) {
      throw new PayloadInvalidException(
          "byte " + header.bytes(),
          "the tensors are of " + header.dataBytes() + " bytes, but " + dataBytes + " follow");
    }
    return header;
  }

  /**
   * Reads a header behind which the values may be missing.
   *
   * @throws PayloadInvalidException if it is none
   */
  public static SafetensorsHeader readAlone(ByteSource source)
      throws PayloadInvalidException, IOException {
    if (source.size() < LENGTH_BYTES) {
      throw new PayloadInvalidException("byte 0", "there is no length of a header");
    }
    long length = jsonBytes(source.read(0, LENGTH_BYTES));
    if (length < 0 || length > JSON_BYTES_MAX) {
      throw new PayloadInvalidException(
          "byte 0",
          "the header claims "
              + Long.toUnsignedString(length)
              + " bytes; at most "
              + JSON_BYTES_MAX
              + " are allowed");
    }
    if (length > source.size() - LENGTH_BYTES) {
      throw new PayloadInvalidException(
          "byte 0",
          "the header claims "
              + length
              + " bytes, but only "
              + (source.size() - LENGTH_BYTES)
              + " follow");
    }
    var json = new HeaderJson(new SourceStream(source, LENGTH_BYTES, length));
    json.read();
    return new SafetensorsHeader(LENGTH_BYTES + length, json.metadata(), json.tensors());
  }

  /** The bytes of all values. */
  public long dataBytes() {
    return tensors.isEmpty() ? 0 : tensors.getLast().end();
  }
}
