package io.aifs.bench.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes safetensors files, in the few lines that inputs need and without anything of AIFS. */
final class SafetensorsFile {
  private SafetensorsFile() {}

  /**
   * A tensor.
   *
   * @param type as the format calls it: {@code F32}, {@code F16}, {@code BF16}
   */
  @SuppressWarnings("ArrayRecordComponent") // not copied; never compared
  record Tensor(String name, String type, List<Long> shape, byte[] values) {}

  static void write(Path file, List<Tensor> tensors) throws IOException {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    long offset = 0;
    for (Tensor tensor : tensors) {
      String shape =
          tensor.shape.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]"));
      header
          .append(
              ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,".formatted(tensor.name, tensor.type, shape))
          .append("\"data_offsets\":[%d,%d]}".formatted(offset, offset + tensor.values.length));
      offset += tensor.values.length;
    }
    header.append('}');
    while (header.length() % Long.BYTES != 0) {
      header.append(' ');
    }
    byte[] text = header.toString().getBytes(UTF_8);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(text.length)
              .array());
      out.write(text);
      for (Tensor tensor : tensors) {
        out.write(tensor.values);
      }
    }
  }
}
