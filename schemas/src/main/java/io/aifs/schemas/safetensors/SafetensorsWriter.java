package io.aifs.schemas.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * Writes safetensors files. A file is its head and then the values of all tensors, row-major, one
 * behind the other in the order of the head, so that none need be in memory. Stateless.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;
  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * The order in which the format's own writer puts tensors: longer elements first, so that all lie
   * at multiples of their elements' length, and then by name.
   */
  public static SequencedMap<String, TensorType> inOrder(Map<String, TensorType> tensors) {
    var ordered = new LinkedHashMap<String, TensorType>();
    tensors.entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, TensorType> entry) -> -entry.getValue().element().bytes())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEachOrdered(entry -> ordered.put(entry.getKey(), entry.getValue()));
    return ordered;
  }

  /**
   * What stands before the values; its length is a multiple of 8.
   *
   * @param metadata what the file says of itself
   * @param tensors by name, in the order of their values; names of dimensions are left out, since
   *     the format has none
   * @throws IllegalArgumentException if a name is that of the metadata, or all is too much
   */
  public static byte[] head(
      Map<String, String> metadata, SequencedMap<String, TensorType> tensors) {
    if (tensors.containsKey(HeaderJson.METADATA)) {
      throw new IllegalArgumentException(
          "no tensor can be named " + HeaderJson.METADATA + " in a safetensors file");
    }
    if (tensors.size() > SafetensorsHeader.TENSORS_MAX) {
      throw new IllegalArgumentException(
          "there are over " + SafetensorsHeader.TENSORS_MAX + " tensors: " + tensors.size());
    }
    byte[] json = json(metadata, tensors);
    int length = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    if (length > SafetensorsHeader.JSON_BYTES_MAX) {
      throw new IllegalArgumentException(
          "the header is over " + SafetensorsHeader.JSON_BYTES_MAX + " bytes: " + length);
    }
    ByteBuffer head =
        ByteBuffer.allocate(SafetensorsHeader.LENGTH_BYTES + length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(json);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    return head.array();
  }

  private static byte[] json(
      Map<String, String> metadata, SequencedMap<String, TensorType> tensors) {
    var out = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(HeaderJson.METADATA);
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (Map.Entry<String, TensorType> entry : tensors.entrySet()) {
        TensorType type = entry.getValue();
        long end = Math.addExact(offset, type.bytes());
        json.writeObjectFieldStart(entry.getKey());
        json.writeStringField("dtype", SafetensorsType.nameOf(type.element()));
        writeNumbers(json, "shape", type.shape().stream().mapToLong(Long::longValue).toArray());
        writeNumbers(json, "data_offsets", offset, end);
        json.writeEndObject();
        offset = end;
      }
      json.writeEndObject();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("the tensors are over 2^63 - 1 bytes", e);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return out.toByteArray();
  }

  private static void writeNumbers(JsonGenerator json, String name, long... numbers)
      throws IOException {
    json.writeFieldName(name);
    json.writeArray(numbers, 0, numbers.length);
  }

  private SafetensorsWriter() {}
}
