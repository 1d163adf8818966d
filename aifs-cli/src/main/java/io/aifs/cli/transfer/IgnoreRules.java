package io.aifs.cli.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a walk leaves out: globs from the command line, which go before everything, and the {@code
 * .aifsignore} files met on the way, of which the nearer goes before the farther and the later line
 * before the earlier. Immutable.
 */
public final class IgnoreRules {
  public static final String FILE_NAME = ".aifsignore";
  private static final long FILE_BYTES_MAX = 1 << 20;

  private final List<IgnorePattern> commandLine;
  private final List<Level> levels;

  /** The patterns of one ignore file; {@code base} is its directory, relative to the walk. */
  private record Level(String base, List<IgnorePattern> patterns) {}

  private IgnoreRules(List<IgnorePattern> commandLine, List<Level> levels) {
    this.commandLine = commandLine;
    this.levels = levels;
  }

  /** Rules with these globs, relative to where the walk begins, and no ignore file yet. */
  public static IgnoreRules of(List<String> globs) {
    return new IgnoreRules(patterns(globs), List.of());
  }

  private static List<IgnorePattern> patterns(List<String> lines) {
    return lines.stream().map(IgnorePattern::parse).flatMap(Optional::stream).toList();
  }

  /**
   * The rules inside a directory: these, and its ignore file if it has one.
   *
   * @param relativePath of the directory; empty where the walk begins
   */
  IgnoreRules inside(Path directory, String relativePath) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return this;
    }
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw new IOException(file + " is over " + FILE_BYTES_MAX + " bytes");
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return with(relativePath, text.lines().toList());
  }

  IgnoreRules with(String base, List<String> lines) {
    List<Level> more = new ArrayList<>(levels);
    more.add(new Level(base.isEmpty() ? "" : base + "/", patterns(lines)));
    return new IgnoreRules(commandLine, List.copyOf(more));
  }

  /** Whether a path, relative to where the walk begins, is left out. */
  boolean ignores(String relativePath, boolean directory) {
    Optional<Boolean> decided = decision(commandLine, relativePath, directory);
    for (int i = levels.size() - 1; i >= 0 && decided.isEmpty(); i--) {
      Level level = levels.get(i);
      decided =
          decision(level.patterns(), relativePath.substring(level.base().length()), directory);
    }
    return decided.orElse(false);
  }

  private static Optional<Boolean> decision(
      List<IgnorePattern> patterns, String path, boolean directory) {
    for (int i = patterns.size() - 1; i >= 0; i--) {
      if (patterns.get(i).matches(path, directory)) {
        return Optional.of(!patterns.get(i).negated());
      }
    }
    return Optional.empty();
  }
}
