package io.aifs.cli.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes safetensors files as other tools do. */
public final class SafetensorsBytes {
  private final List<String> members = new ArrayList<>();
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();

  /** What the file says of itself; first, if at all. */
  public SafetensorsBytes saying(String key, String value) {
    members.add("\"__metadata__\":{\"%s\":\"%s\"}".formatted(key, value));
    return this;
  }

  /**
   * Adds a tensor.
   *
   * @param shape as JSON, such as {@code [2,3]}
   */
  public SafetensorsBytes with(String name, String shape, float... floats) {
    ByteBuffer bytes =
        ByteBuffer.allocate(floats.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(floats);
    return with(name, "F32", shape, bytes.array());
  }

  /** Adds a tensor of any type. */
  public SafetensorsBytes with(String name, String type, String shape, byte[] bytes) {
    int start = values.size();
    values.writeBytes(bytes);
    members.add(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(name, type, shape, start, values.size()));
    return this;
  }

  public byte[] bytes() {
    StringBuilder json = new StringBuilder("{").append(String.join(",", members)).append('}');
    while (json.toString().getBytes(StandardCharsets.UTF_8).length % 8 != 0) {
      json.append(' ');
    }
    byte[] header = json.toString().getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
    out.writeBytes(header);
    out.writeBytes(values.toByteArray());
    return out.toByteArray();
  }
}
