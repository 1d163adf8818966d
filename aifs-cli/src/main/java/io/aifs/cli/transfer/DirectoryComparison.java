package io.aifs.cli.transfer;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.TreePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares two local directories byte for byte, with modes, times and links. */
public final class DirectoryComparison {
  private static final int SETID_BITS = 06000;

  private final Map<TreePath, Walked> left = new TreeMap<>();
  private final Map<TreePath, Walked> right = new TreeMap<>();
  private final List<String> differences = new ArrayList<>();

  private DirectoryComparison() {}

  /**
   * What was compared.
   *
   * @param differences a sentence for each; empty if the directories are the same
   */
  public record Result(long entries, long bytes, List<String> differences) {
    public Result {
      differences = List.copyOf(differences);
    }
  }

  /**
   * Compares a directory with its copy.
   *
   * @param rules what to leave out of both
   */
  public static Result of(Path original, Path copy, IgnoreRules rules) throws IOException {
    DirectoryComparison comparison = new DirectoryComparison();
    collect(original, rules, comparison.left);
    collect(copy, rules, comparison.right);
    return comparison.compare();
  }

  private static void collect(Path directory, IgnoreRules rules, Map<TreePath, Walked> found)
      throws IOException {
    Notices silent = new Notices(_ -> {});
    new TreeWalk(rules, Optional.empty(), silent, walked -> found.put(walked.target(), walked))
        .walk(directory, TreePath.ROOT);
  }

  private Result compare() throws IOException {
    long bytes = 0;
    for (Walked original : left.values()) {
      Walked copy = right.remove(original.target());
      if (copy == null) {
        // What cannot be read was skipped, and said so.
        if (Files.isReadable(original.source())) {
          differences.add(original.target() + " is missing");
        }
      } else {
        difference(original, copy).ifPresent(what -> differences.add(original.target() + what));
        bytes += original.size();
      }
    }
    right.keySet().forEach(path -> differences.add(path + " is not in the original"));
    return new Result(left.size(), bytes, differences);
  }

  private static Optional<String> difference(Walked original, Walked copy) throws IOException {
    if (original.kind() != copy.kind()) {
      return Optional.of(" is of another kind");
    }
    if (!comparable(original).equals(comparable(copy))) {
      return Optional.of(" has another mode or time");
    }
    boolean same =
        switch (original.kind()) {
          case DIRECTORY -> true;
          case FILE -> Files.mismatch(original.source(), copy.source()) < 0;
          case SYMLINK ->
              Files.readSymbolicLink(original.source())
                  .equals(Files.readSymbolicLink(copy.source()));
        };
    return same ? Optional.empty() : Optional.of(" has other content");
  }

  /** Files do not get set-user-id and set-group-id bits back unless asked for. */
  private static FileAttributes comparable(Walked walked) {
    FileAttributes attributes = walked.attributes();
    return walked.kind() == Walked.Kind.FILE
        ? new FileAttributes(attributes.mode() & ~SETID_BITS, attributes.mtimeNanos())
        : attributes;
  }
}
