package io.aifs.schemas.safetensors;

import io.aifs.schemas.tensor.ElementType;
import java.util.Optional;

/** What the format calls the types of elements. */
final class SafetensorsType {
  static String nameOf(ElementType element) {
    return switch (element) {
      case BOOL -> "BOOL";
      case INT8 -> "I8";
      case UINT8 -> "U8";
      case INT16 -> "I16";
      case UINT16 -> "U16";
      case INT32 -> "I32";
      case UINT32 -> "U32";
      case INT64 -> "I64";
      case UINT64 -> "U64";
      case FLOAT16 -> "F16";
      case BFLOAT16 -> "BF16";
      case FLOAT32 -> "F32";
      case FLOAT64 -> "F64";
      case FLOAT8_E4M3 -> "F8_E4M3";
      case FLOAT8_E5M2 -> "F8_E5M2";
    };
  }

  static Optional<ElementType> ofName(String name) {
    for (ElementType element : ElementType.values()) {
      if (nameOf(element).equals(name)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  private SafetensorsType() {}
}
