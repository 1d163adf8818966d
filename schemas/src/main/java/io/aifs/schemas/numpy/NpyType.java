package io.aifs.schemas.numpy;

import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.ElementType;
import java.util.Optional;

/** What NumPy calls the types of elements. */
final class NpyType {
  /** The name, if NumPy has the type. */
  static Optional<String> nameOf(ElementType element) {
    return switch (element) {
      case BOOL -> Optional.of("|b1");
      case INT8 -> Optional.of("|i1");
      case UINT8 -> Optional.of("|u1");
      case INT16 -> Optional.of("<i2");
      case UINT16 -> Optional.of("<u2");
      case INT32 -> Optional.of("<i4");
      case UINT32 -> Optional.of("<u4");
      case INT64 -> Optional.of("<i8");
      case UINT64 -> Optional.of("<u8");
      case FLOAT16 -> Optional.of("<f2");
      case FLOAT32 -> Optional.of("<f4");
      case FLOAT64 -> Optional.of("<f8");
      case BFLOAT16, FLOAT8_E4M3, FLOAT8_E5M2 -> Optional.empty();
    };
  }

  /**
   * @throws PayloadInvalidException if it is none of ours, saying what to do about it
   */
  static ElementType ofName(String name) throws PayloadInvalidException {
    if (name.isEmpty()) {
      throw invalid(name, "is empty");
    }
    String kind = name.substring(1);
    for (ElementType element : ElementType.values()) {
      String known = nameOf(element).orElse("");
      if (known.equals(name)) {
        return element;
      }
      if (!known.isEmpty() && known.substring(1).equals(kind)) {
        if ((element.bytes() == 1 ? "<>=|" : "=").indexOf(name.charAt(0)) >= 0) {
          return element;
        }
        if (name.charAt(0) == '>') {
          throw invalid(
              name, "is big-endian; save the array as a.astype(a.dtype.newbyteorder('<'))");
        }
      }
    }
    throw invalid(name, reason(kind.isEmpty() ? ' ' : kind.charAt(0)));
  }

  private static String reason(char kind) {
    return switch (kind) {
      case 'O' -> "is of objects, which are Python's own; save numbers instead";
      case 'c' -> "is complex; save real and imaginary parts each by itself";
      case 'V' ->
          "is of plain bytes, as NumPy saves types it does not know such as bfloat16; save it as"
              + " safetensors, or as a type of NumPy";
      case 'U', 'S', 'a' -> "is text; save numbers instead";
      case 'M', 'm' -> "is of times; save them as a.astype('i8')";
      default -> "is none of bool, int8 to int64, uint8 to uint64, float16 to float64";
    };
  }

  private static PayloadInvalidException invalid(String name, String what) {
    return new PayloadInvalidException("header", "descr '" + name + "' " + what);
  }

  private NpyType() {}
}
