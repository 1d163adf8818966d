package io.aifs.cli.terminal;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/**
 * What the launcher script passes as system properties.
 *
 * @param terminals the file descriptors among 0, 1 and 2 that are terminals
 * @param columns width of the terminal
 * @param home the directory of the launcher; empty if there was none
 */
public record LauncherProperties(String terminals, int columns, Optional<Path> home) {
  private static final int COLUMNS_DEFAULT = 80;
  private static final int COLUMNS_MIN = 20;

  public static final LauncherProperties NONE =
      new LauncherProperties("", COLUMNS_DEFAULT, Optional.empty());

  public static LauncherProperties of(Properties properties) {
    return new LauncherProperties(
        properties.getProperty("aifs.terminals", ""),
        columns(properties.getProperty("aifs.columns", "")),
        Optional.ofNullable(properties.getProperty("aifs.home")).map(Path::of));
  }

  /** A terminal that does not know its width, as some pseudo-terminals do, says it is 0. */
  private static int columns(String text) {
    int reported = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
    return reported == 0 ? COLUMNS_DEFAULT : Math.max(COLUMNS_MIN, reported);
  }

  public boolean inIsTerminal() {
    return terminals.indexOf('0') >= 0;
  }

  public boolean outIsTerminal() {
    return terminals.indexOf('1') >= 0;
  }

  public boolean errIsTerminal() {
    return terminals.indexOf('2') >= 0;
  }
}
