package io.aifs.cli.history;

import io.aifs.client.ConflictChoice;
import io.aifs.core.model.TreePath;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Choices for single paths of a merge, written {@code PATH=ours} or {@code PATH=theirs}. */
public final class MergeChoices {
  /**
   * Reads choices; the last for a path counts.
   *
   * @throws IllegalArgumentException if one is malformed, worded for users
   */
  public static Map<TreePath, ConflictChoice> parse(Collection<String> texts) {
    Map<TreePath, ConflictChoice> choices = new LinkedHashMap<>();
    for (String text : texts) {
      int equals = text.lastIndexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException("'" + text + "' has no '=ours' or '=theirs'");
      }
      choices.put(
          new TreePath(text.substring(0, equals)), choice(text.substring(equals + 1), text));
    }
    return choices;
  }

  /** The choices of a file: one on a line; empty lines and those that begin with # are left out. */
  public static Map<TreePath, ConflictChoice> parseLines(List<String> lines) {
    return parse(lines.stream().filter(line -> !line.isEmpty() && !line.startsWith("#")).toList());
  }

  private static ConflictChoice choice(String word, String text) {
    return switch (word) {
      case "ours" -> ConflictChoice.OURS;
      case "theirs" -> ConflictChoice.THEIRS;
      default ->
          throw new IllegalArgumentException("'" + text + "' ends in neither =ours nor =theirs");
    };
  }

  private MergeChoices() {}
}
