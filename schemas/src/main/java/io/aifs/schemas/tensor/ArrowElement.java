package io.aifs.schemas.tensor;

import io.aifs.schemas.PayloadInvalidException;
import java.util.Optional;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.Type;

/**
 * What Arrow calls the types of elements.
 *
 * @param kind one of {@link Type}: Int, FloatingPoint or FixedSizeBinary
 * @param size bits of an Int, {@link Precision} of a FloatingPoint, bytes of a FixedSizeBinary
 * @param extension what Arrow itself has no type for, by the name of an extension; else empty
 */
record ArrowElement(byte kind, int size, boolean signed, String extension) {
  /** Members of Int, FloatingPoint and FixedSizeBinary. */
  private static final int SIZE = 0;

  private static final int IS_SIGNED = 1;

  static ArrowElement of(ElementType element) {
    return switch (element) {
      case BOOL -> new ArrowElement(Type.Int, 8, true, "arrow.bool8");
      case INT8, INT16, INT32, INT64 -> integer(8 * element.bytes(), true);
      case UINT8, UINT16, UINT32, UINT64 -> integer(8 * element.bytes(), false);
      case FLOAT16 -> floating(Precision.HALF);
      case FLOAT32 -> floating(Precision.SINGLE);
      case FLOAT64 -> floating(Precision.DOUBLE);
      case BFLOAT16 -> binary(2, "aifs.bfloat16");
      case FLOAT8_E4M3 -> binary(1, "aifs.float8_e4m3");
      case FLOAT8_E5M2 -> binary(1, "aifs.float8_e5m2");
    };
  }

  private static ArrowElement integer(int bits, boolean signed) {
    return new ArrowElement(Type.Int, bits, signed, "");
  }

  private static ArrowElement floating(short precision) {
    return new ArrowElement(Type.FloatingPoint, precision, true, "");
  }

  private static ArrowElement binary(int bytes, String extension) {
    return new ArrowElement(Type.FixedSizeBinary, bytes, false, extension);
  }

  /**
   * The type of a child of a list.
   *
   * @param kind one of {@link Type}
   * @param extension empty if it is of none
   * @throws PayloadInvalidException if it is none of ours
   */
  static ElementType read(int kind, FlatTable type, String extension)
      throws PayloadInvalidException {
    switch (kind) {
      case Type.Bool ->
          throw new PayloadInvalidException(
              "column", "its values are bits; write booleans as bytes, arrow.bool8");
      case Type.Int, Type.FloatingPoint, Type.FixedSizeBinary -> {}
      default ->
          throw new PayloadInvalidException(
              "column", "its values are of type " + name(kind) + ", which is no type of tensors");
    }
    int size = kind == Type.FloatingPoint ? type.int16(SIZE) : type.int32(SIZE);
    boolean signed = kind == Type.FloatingPoint || (kind == Type.Int && type.truth(IS_SIGNED));
    return find(new ArrowElement((byte) kind, size, signed, extension))
        // those of unknown extensions are what they are stored as
        .or(() -> find(new ArrowElement((byte) kind, size, signed, "")))
        .orElseThrow(
            () ->
                new PayloadInvalidException(
                    "column",
                    "its values are of type "
                        + name(kind)
                        + " of "
                        + size
                        + (extension.isEmpty() ? "" : ", extension " + extension)
                        + ", which is no type of tensors"));
  }

  private static Optional<ElementType> find(ArrowElement wanted) {
    for (ElementType element : ElementType.values()) {
      if (of(element).equals(wanted)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  private static String name(int kind) {
    return kind < Type.names.length ? Type.name(kind) : "number " + kind;
  }
}
