package io.aifs.server.engine.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;

/** A safetensors file that is put together tensor by tensor. Not thread-safe. */
public final class SafetensorsFile {
  /** Shorter tensors are not cut around. */
  private static final int REGION_BYTES_MIN = 16 << 10;

  private static final int CHUNK = 64 << 10;

  private final Map<String, TensorType> types = new LinkedHashMap<>();
  private final Map<String, byte[]> values = new LinkedHashMap<>();

  /** Adds a tensor behind the others, or gives one other values. */
  public SafetensorsFile with(String name, TensorType type, byte[] bytes) {
    types.put(name, type);
    values.put(name, bytes);
    return this;
  }

  /** The same of values of float32. */
  public SafetensorsFile with(String name, float... floats) {
    ByteBuffer bytes = ByteBuffer.allocate(floats.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return with(
        name, new TensorType(ElementType.FLOAT32, List.of((long) floats.length)), bytes.array());
  }

  public byte[] bytes() {
    byte[] header = header();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
    file.writeBytes(header);
    values.values().forEach(file::writeBytes);
    return file.toByteArray();
  }

  private byte[] header() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"made\":\"by hand\"}");
    long at = 0;
    for (Map.Entry<String, TensorType> tensor : types.entrySet()) {
      TensorType type = tensor.getValue();
      String shape = type.shape().stream().map(String::valueOf).collect(Collectors.joining(","));
      header
          .append(",\"%s\":{\"dtype\":\"%s\",".formatted(tensor.getKey(), word(type.element())))
          .append("\"shape\":[%s],".formatted(shape))
          .append("\"data_offsets\":[%d,%d]}".formatted(at, at + type.bytes()));
      at += type.bytes();
    }
    header.append('}');
    while (header.length() % 8 != 0) {
      header.append(' ');
    }
    return header.toString().getBytes(UTF_8);
  }

  private static String word(ElementType element) {
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

  /** Where the values of a tensor begin. */
  public int offset(String name) {
    int at = 8 + header().length;
    for (Map.Entry<String, TensorType> tensor : types.entrySet()) {
      if (tensor.getKey().equals(name)) {
        return at;
      }
      at += Math.toIntExact(tensor.getValue().bytes());
    }
    throw new IllegalArgumentException("no such tensor: " + name);
  }

  /** How content is cut around tensors: how long a chunk is that begins at a place. */
  public IntUnaryOperator cuts() {
    Map<Integer, Integer> regions = new LinkedHashMap<>();
    types.forEach(
        (name, type) -> {
          if (type.bytes() >= REGION_BYTES_MIN) {
            int start = offset(name);
            regions.put(start, start + Math.toIntExact(type.bytes()));
          }
        });
    return at -> {
      int length = CHUNK;
      for (Map.Entry<Integer, Integer> region : regions.entrySet()) {
        int next = at < region.getKey() ? region.getKey() : region.getValue();
        if (at < next) {
          length = Math.min(length, next - at);
        }
      }
      return length;
    };
  }
}
