package io.aifs.schemas.numpy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What stands before the values in an npy file.
 *
 * @param bytes its length, which is where the values begin
 * @param fortranOrder whether the first dimension varies fastest, and not the last
 */
public record NpyHeader(int bytes, TensorType type, boolean fortranOrder) {
  /** All that precedes the values; those of plain arrays are of 128 bytes. */
  public static final int BYTES_MAX = 64 << 10;

  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(ISO_8859_1);
  private static final int ALIGNMENT = 64;

  public NpyHeader {
    requireNonNull(type, "type is null");
  }

  /** Whether content is of this format as far as its first bytes tell. */
  public static boolean begins(byte[] head, int length) {
    return length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Where the values begin, as the first twelve bytes claim.
   *
   * @param head of which {@link #begins} holds, and at least twelve bytes
   */
  public static long claimedBytes(byte[] head) {
    int at = MAGIC.length + 2;
    long length = (head[at] & 0xff) | (head[at + 1] & 0xff) << 8;
    if (head[MAGIC.length] == 1) {
      return at + 2 + length;
    }
    return at + 4 + (length | (head[at + 2] & 0xffL) << 16 | (head[at + 3] & 0xffL) << 24);
  }

  /** Whether NumPy has the type. */
  public static boolean canHold(ElementType element) {
    return NpyType.nameOf(element).isPresent();
  }

  /** Whether the values lie as a tensor's do: the last dimension that is any varies fastest. */
  public boolean isRowMajor() {
    return !fortranOrder || type.shape().stream().filter(length -> length != 1).count() <= 1;
  }

  /**
   * Reads the header of a file, and checks that the file is as long as it says.
   *
   * @throws PayloadInvalidException if it is none, or of a type that is not ours
   */
  public static NpyHeader read(ByteSource source) throws PayloadInvalidException, IOException {
    int length = (int) Math.min(source.size(), BYTES_MAX);
    NpyHeader header = read(new ByteArrayInputStream(source.read(0, length)));
    long dataBytes = source.size() - header.bytes;
    if (dataBytes != header.type.bytes()) {
      throw new PayloadInvalidException(
          "byte " + header.bytes,
          "the array is of " + header.type.bytes() + " bytes, but " + dataBytes + " follow");
    }
    return header;
  }

  /**
   * Reads a header, and nothing behind it.
   *
   * @throws PayloadInvalidException if it is none, or of a type that is not ours
   */
  public static NpyHeader read(InputStream in) throws PayloadInvalidException, IOException {
    byte[] start = in.readNBytes(MAGIC.length + 2);
    if (start.length < MAGIC.length + 2 || !begins(start, start.length)) {
      throw new PayloadInvalidException("byte 0", "is no npy file, which begins with \\x93NUMPY");
    }
    int version = start[MAGIC.length];
    if (version < 1 || version > 3 || start[MAGIC.length + 1] != 0) {
      throw new PayloadInvalidException(
          "byte 6",
          "the version is "
              + (version & 0xff)
              + "."
              + (start[MAGIC.length + 1] & 0xff)
              + "; 1.0, 2.0 and 3.0 are known");
    }
    int lengthBytes = version == 1 ? 2 : 4;
    long length = 0;
    byte[] digits = in.readNBytes(lengthBytes);
    for (int i = digits.length - 1; i >= 0; i--) {
      length = length << 8 | (digits[i] & 0xff);
    }
    int before = MAGIC.length + 2 + lengthBytes;
    if (length > BYTES_MAX - before) {
      throw new PayloadInvalidException(
          "byte 8",
          "the header claims " + length + " bytes; at most " + BYTES_MAX + " are allowed");
    }
    byte[] text = in.readNBytes((int) length);
    if (digits.length < lengthBytes || text.length < length) {
      throw new PayloadInvalidException("byte 8", "the file ends inside its header");
    }
    HeaderDictionary.Members members = HeaderDictionary.parse(new String(text, ISO_8859_1));
    return new NpyHeader(before + text.length, type(members), members.fortranOrder());
  }

  private static TensorType type(HeaderDictionary.Members members) throws PayloadInvalidException {
    ElementType element = NpyType.ofName(members.descr());
    try {
      return new TensorType(element, members.shape());
    } catch (IllegalArgumentException e) {
      throw new PayloadInvalidException("header", "shape: " + e.getMessage());
    }
  }

  /**
   * The header of a tensor, behind which its values follow; its length is a multiple of 64.
   *
   * @throws IllegalArgumentException if NumPy does not have the type
   */
  public static byte[] write(TensorType type) {
    String descr =
        NpyType.nameOf(type.element())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "NumPy has no type for " + type.element() + "; use safetensors or Arrow"));
    String shape =
        type.shape().stream().map(String::valueOf).collect(Collectors.joining(", "))
            + (type.shape().size() == 1 ? "," : "");
    String text = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape + "), }";
    int before = MAGIC.length + 4;
    int bytes = Math.ceilDiv(before + text.length() + 1, ALIGNMENT) * ALIGNMENT;
    var out = new ByteArrayOutputStream(bytes);
    out.writeBytes(MAGIC);
    out.write(1);
    out.write(0);
    out.write(bytes - before);
    out.write((bytes - before) >>> 8);
    out.writeBytes(text.getBytes(ISO_8859_1));
    while (out.size() < bytes - 1) {
      out.write(' ');
    }
    out.write('\n');
    return out.toByteArray();
  }
}
