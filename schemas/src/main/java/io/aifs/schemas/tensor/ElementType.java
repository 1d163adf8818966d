package io.aifs.schemas.tensor;

/** What the values of a tensor are. All are little-endian, and booleans are bytes of 0 or 1. */
public enum ElementType {
  BOOL(1),
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  INT64(8),
  UINT64(8),
  FLOAT16(2),
  BFLOAT16(2),
  FLOAT32(4),
  FLOAT64(8),
  /** 8 bits, 4 of them of the exponent; as safetensors has it. */
  FLOAT8_E4M3(1),
  /** 8 bits, 5 of them of the exponent; as safetensors has it. */
  FLOAT8_E5M2(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a value. */
  public int bytes() {
    return bytes;
  }
}
