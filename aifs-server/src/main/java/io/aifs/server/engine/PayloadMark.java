package io.aifs.server.engine;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.PayloadKeys;
import io.aifs.server.engine.payload.PayloadFinding;
import io.aifs.server.engine.payload.PayloadInspector;
import java.util.HashMap;
import java.util.Map;

/**
 * How the metadata of an asset says that its content is not what its kind demands. Nobody but the
 * store writes these keys.
 */
public final class PayloadMark {
  /** Whether a key is the store's own. */
  static boolean isReserved(String key) {
    return key.startsWith(PayloadKeys.RESERVED);
  }

  /** The metadata without what the store wrote there. */
  public static Map<String, String> without(Map<String, String> metadata) {
    if (metadata.keySet().stream().noneMatch(PayloadMark::isReserved)) {
      return Map.copyOf(metadata);
    }
    Map<String, String> rest = new HashMap<>(metadata);
    rest.keySet().removeIf(PayloadMark::isReserved);
    return Map.copyOf(rest);
  }

  /** What is wrong with the content of an asset with this metadata; empty if nothing is known. */
  public static String problem(Map<String, String> metadata) {
    return metadata.containsKey(PayloadKeys.STATE)
        ? metadata.getOrDefault(PayloadKeys.PROBLEM, "")
        : "";
  }

  /** Whether the metadata says that the content is not what it should be. */
  public static boolean isOn(Map<String, String> metadata) {
    return metadata.containsKey(PayloadKeys.STATE);
  }

  /**
   * The metadata of an asset that was put.
   *
   * @param kind what the asset is now
   * @param plain of whoever put it
   * @param before what the row had; where nobody looked it still counts
   */
  static Map<String, String> on(
      AssetKind kind,
      Map<String, String> plain,
      PayloadFinding finding,
      Map<String, String> before) {
    Map<String, String> marked = new HashMap<>(plain);
    if (kind == AssetKind.BLOB) {
      return marked;
    }
    switch (finding.state()) {
      case VALID -> {
        // says nothing
      }
      case INVALID -> {
        marked.put(PayloadKeys.STATE, PayloadKeys.UNVALIDATED);
        marked.put(PayloadKeys.PROBLEM, finding.problem());
      }
      case UNCHECKED ->
          before.forEach(
              (key, value) -> {
                if (isReserved(key)) {
                  marked.put(key, value);
                }
              });
    }
    return marked;
  }

  /**
   * What is thrown about content that must be what its kind demands, and is not known to be.
   *
   * @param name what to call it; may be empty
   */
  static AifsException refusal(String name, AssetKind kind, PayloadFinding finding) {
    return finding.state() == PayloadFinding.State.INVALID
        ? PayloadInspector.refusal(name, kind, finding.problem())
        : PayloadInspector.refusal(
            name, kind, "nobody looked, since the namespace's policy did not ask for it");
  }

  private PayloadMark() {}
}
