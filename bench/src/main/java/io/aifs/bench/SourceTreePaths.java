package io.aifs.bench;

import io.aifs.core.model.TreePath;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Paths such as a large source tree has: four to six segments, about 40 bytes. */
final class SourceTreePaths {
  private static final List<String> DIRECTORIES =
      List.of(
          "arch",
          "drivers",
          "include",
          "kernel",
          "net",
          "sound",
          "tools",
          "core",
          "media",
          "video",
          "input",
          "block",
          "crypto",
          "memory",
          "testing",
          "support",
          "ethernet",
          "platform");
  private static final List<String> WORDS =
      List.of(
          "init", "table", "cache", "device", "event", "queue", "main", "state", "buffer", "string",
          "timer", "control", "message", "stream", "index", "reader", "debug", "power");
  private static final List<String> ENDINGS = List.of(".c", ".h", ".txt", ".rst", ".json");

  private final Random random;

  SourceTreePaths(long seed) {
    this.random = new Random(seed);
  }

  /** Distinct paths in the order of a tree. */
  List<TreePath> make(int count) {
    TreeSet<String> paths = new TreeSet<>();
    while (paths.size() < count) {
      StringBuilder directory = new StringBuilder();
      int depth = random.nextInt(3, 6);
      for (int i = 0; i < depth; i++) {
        directory
            .append(pick(DIRECTORIES))
            .append(i == 2 ? "" + random.nextInt(30) : "")
            .append('/');
      }
      for (int file = random.nextInt(1, 30); file > 0 && paths.size() < count; file--) {
        paths.add(directory + pick(WORDS) + "_" + pick(WORDS) + random.nextInt(20) + pick(ENDINGS));
      }
    }
    return paths.stream().map(TreePath::new).toList();
  }

  private String pick(List<String> words) {
    return words.get(random.nextInt(words.size()));
  }
}
