package io.aifs.server.catalog.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Key and value pairs as a column: sorted by key, each string as its length in bytes (a LEB128
 * number) and its UTF-8 bytes; NULL when there are none.
 */
final class MetadataCodec {
  static byte @Nullable [] encode(Map<String, String> metadata) {
    if (metadata.isEmpty()) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new TreeMap<>(metadata)
        .forEach(
            (key, value) -> {
              write(key, out);
              write(value, out);
            });
    return out.toByteArray();
  }

  private static void write(String text, ByteArrayOutputStream out) {
    byte[] utf8 = text.getBytes(UTF_8);
    int rest = utf8.length;
    while (rest > 0x7f) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
    out.writeBytes(utf8);
  }

  /**
   * @throws DamagedRowException if the bytes are not an encoding
   */
  static Map<String, String> decode(byte[] column) throws DamagedRowException {
    Map<String, String> metadata = new HashMap<>();
    MetadataCodec in = new MetadataCodec(column);
    while (in.position < column.length) {
      String key = in.next();
      metadata.put(key, in.next());
    }
    return metadata;
  }

  private final byte[] column;
  private int position;

  private MetadataCodec(byte[] column) {
    this.column = column;
  }

  private String next() throws DamagedRowException {
    long length = 0;
    int shift = 0;
    byte digit;
    do {
      if (position == column.length || shift > 28) {
        throw new DamagedRowException("metadata has no length at byte " + position);
      }
      digit = column[position++];
      length |= (long) (digit & 0x7f) << shift;
      shift += 7;
    } while (digit < 0);
    if (length > column.length - position) {
      throw new DamagedRowException("metadata ends within a string");
    }
    String text = new String(column, position, (int) length, UTF_8);
    position += (int) length;
    return text;
  }
}
