package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.PayloadKeys;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Rules for the string maps that users attach to things. */
public final class Metadata {
  /**
   * @throws AifsException.InvalidRequest naming the limit that is broken
   */
  public static void requireValid(Map<String, String> metadata) {
    if (metadata.size() > Limits.METADATA_ENTRIES_MAX) {
      throw tooLarge("metadata has over " + Limits.METADATA_ENTRIES_MAX + " entries");
    }
    long sum = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      int keyBytes = utf8Bytes(entry.getKey());
      int valueBytes = utf8Bytes(entry.getValue());
      if (keyBytes == 0 || keyBytes > Limits.METADATA_KEY_BYTES_MAX) {
        throw tooLarge(
            "a metadata key is empty or over " + Limits.METADATA_KEY_BYTES_MAX + " bytes");
      }
      if (valueBytes > Limits.METADATA_VALUE_BYTES_MAX) {
        throw tooLarge("a metadata value is over " + Limits.METADATA_VALUE_BYTES_MAX + " bytes");
      }
      sum += keyBytes + valueBytes;
    }
    if (sum > Limits.METADATA_BYTES_MAX) {
      throw tooLarge("metadata is over " + Limits.METADATA_BYTES_MAX + " bytes in all");
    }
  }

  /**
   * Returns if an asset may be put with this metadata.
   *
   * @throws AifsException.InvalidRequest naming the limit that is broken, or the key that is the
   *     store's own
   */
  public static void requireOfAsset(Map<String, String> metadata) {
    requireValid(metadata);
    for (String key : metadata.keySet()) {
      if (PayloadMark.isReserved(key)) {
        throw new AifsException.InvalidRequest(
            Reason.ARGUMENT_INVALID,
            "metadata",
            "metadata keys that begin with '" + PayloadKeys.RESERVED + "' are the store's own",
            "use another key");
      }
    }
  }

  /** {@code added} over {@code before}: new keys are added, an existing key takes the new value. */
  static Map<String, String> united(Map<String, String> before, Map<String, String> added) {
    Map<String, String> united = new HashMap<>(before);
    united.putAll(added);
    return united;
  }

  /** What {@code added} replaces in {@code before}, under {@code old.<key>}. */
  static Map<String, String> replaced(Map<String, String> before, Map<String, String> added) {
    Map<String, String> replaced = new HashMap<>();
    added.forEach(
        (key, value) -> {
          String old = before.get(key);
          if (old != null && !old.equals(value)) {
            replaced.put("old." + key, old);
          }
        });
    return replaced;
  }

  private static int utf8Bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static AifsException.InvalidRequest tooLarge(String message) {
    return new AifsException.InvalidRequest(
        Reason.LIMIT_EXCEEDED, "metadata", message, "keep large values in an asset");
  }

  private Metadata() {}
}
