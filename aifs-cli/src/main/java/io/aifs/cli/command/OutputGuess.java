package io.aifs.cli.command;

import io.aifs.cli.config.Setting;
import io.aifs.cli.output.OutputMode;
import io.aifs.cli.terminal.Surroundings;

/** The output mode for errors, found before the command line is known to make sense. */
final class OutputGuess {
  static OutputMode of(String[] args, Surroundings surroundings) {
    String name = surroundings.variable(Setting.OUTPUT.variable()).orElse("table");
    for (int i = 0; i < args.length; i++) {
      String next = i + 1 < args.length ? args[i + 1] : "";
      if (args[i].equals("-o") || args[i].equals("--output")) {
        name = next;
      } else if (args[i].startsWith("--output=")) {
        name = args[i].substring("--output=".length());
      } else if (args[i].startsWith("-o")) {
        name = args[i].substring(2).replaceFirst("^=", "");
      }
    }
    try {
      return OutputMode.named(name);
    } catch (IllegalArgumentException _) {
      return OutputMode.TABLE;
    }
  }

  private OutputGuess() {}
}
