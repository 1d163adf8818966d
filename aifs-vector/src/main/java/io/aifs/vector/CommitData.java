package io.aifs.vector;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What a commit says beside Lucene's files: what kind of index it is, and up to where. */
record CommitData(IndexSpec spec, OptionalLong position) {
  private static final String FORMAT = "aifs.format";
  private static final String FORMAT_NOW = "1";
  private static final String DIMENSION = "aifs.dimension";
  private static final String SIMILARITY = "aifs.similarity";
  private static final String STORAGE = "aifs.storage";
  private static final String POSITION = "aifs.position";

  Map<String, String> toMap() {
    Map<String, String> map = new HashMap<>(ofSpec(spec));
    position.ifPresent(reached -> map.put(POSITION, Long.toString(reached)));
    return map;
  }

  private static Map<String, String> ofSpec(IndexSpec spec) {
    return Map.of(
        FORMAT, FORMAT_NOW,
        DIMENSION, Integer.toString(spec.dimension()),
        SIMILARITY, spec.similarity().name(),
        STORAGE, spec.storage().name());
  }

  /**
   * @throws IndexDamagedException if it is not of such an index
   */
  static CommitData parse(Map<String, String> map, IndexSpec expected)
      throws IndexDamagedException {
    for (Map.Entry<String, String> entry : ofSpec(expected).entrySet()) {
      String found = map.getOrDefault(entry.getKey(), "nothing");
      if (!found.equals(entry.getValue())) {
        throw new IndexDamagedException(
            "the index is another: %s is %s, not %s"
                .formatted(entry.getKey(), found, entry.getValue()));
      }
    }
    String position = map.getOrDefault(POSITION, "");
    try {
      return new CommitData(
          expected,
          position.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(position)));
    } catch (NumberFormatException notOne) {
      throw new IndexDamagedException("the index's position is no number", notOne);
    }
  }
}
