package io.aifs.core.snapshot;

import io.aifs.core.Limits;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What people wrote about a snapshot: {@code docs/format/snapshot.md}. */
record SnapshotNotes(String author, String message, Map<String, String> metadata) {
  private static final Comparator<Map.Entry<String, String>> BY_UTF8 =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getKey().getBytes(StandardCharsets.UTF_8),
              b.getKey().getBytes(StandardCharsets.UTF_8));

  /** Everything at its limit, and the lengths. */
  private static final int BYTES_MAX =
      Limits.AUTHOR_BYTES_MAX
          + Limits.MESSAGE_TEXT_BYTES_MAX
          + Limits.METADATA_BYTES_MAX
          + 6 * Limits.METADATA_ENTRIES_MAX
          + 10;

  static void requireValid(String author, String message, Map<String, String> metadata) {
    requireText("author", author, Limits.AUTHOR_BYTES_MAX);
    requireText("message", message, Limits.MESSAGE_TEXT_BYTES_MAX);
    if (metadata.size() > Limits.METADATA_ENTRIES_MAX) {
      throw new IllegalArgumentException(
          "metadata has over " + Limits.METADATA_ENTRIES_MAX + " entries");
    }
    long bytes = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      bytes += requireText("metadata key", entry.getKey(), Limits.METADATA_KEY_BYTES_MAX);
      bytes += requireText("metadata value", entry.getValue(), Limits.METADATA_VALUE_BYTES_MAX);
    }
    if (bytes > Limits.METADATA_BYTES_MAX) {
      throw new IllegalArgumentException(
          "metadata is over " + Limits.METADATA_BYTES_MAX + " bytes: " + bytes);
    }
  }

  private static int requireText(String what, String text, int bytesMax) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      if (utf8.remaining() > bytesMax) {
        throw new IllegalArgumentException(what + " is over " + bytesMax + " bytes");
      }
      return utf8.remaining();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(what + " is not valid Unicode", e);
    }
  }

  static byte[] encode(String author, String message, Map<String, String> metadata) {
    FieldWriter out = new FieldWriter().text16(author).text32(message).u16(metadata.size());
    List<Map.Entry<String, String>> entries = metadata.entrySet().stream().sorted(BY_UTF8).toList();
    for (Map.Entry<String, String> entry : entries) {
      out.text16(entry.getKey()).text32(entry.getValue());
    }
    return out.toBytes();
  }

  static SnapshotNotes decode(byte[] bytes) throws SnapshotBrokenException {
    try {
      if (bytes.length > BYTES_MAX) {
        throw new IllegalArgumentException("its notes are over " + BYTES_MAX + " bytes");
      }
      FieldReader in = new FieldReader(bytes);
      String author = in.text16();
      String message = in.text32();
      Map<String, String> metadata = new LinkedHashMap<>();
      for (int left = in.u16(); left > 0; left--) {
        metadata.put(in.text16(), in.text32());
      }
      requireValid(author, message, metadata);
      if (!Arrays.equals(encode(author, message, metadata), bytes)) {
        throw new IllegalArgumentException("its notes are not in their one encoding");
      }
      return new SnapshotNotes(author, message, metadata);
    } catch (BufferUnderflowException _) {
      throw SnapshotClaim.malformed("its notes are cut off");
    } catch (IllegalArgumentException e) {
      throw SnapshotClaim.malformed(String.valueOf(e.getMessage()));
    }
  }
}
