package io.aifs.cli.terminal;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Gets passphrases without showing them. */
public final class Passphrases {
  public static final String VARIABLE = "AIFS_PASSPHRASE";
  private static final int FILE_BYTES_MAX = 64 << 10;

  private final Surroundings surroundings;

  public Passphrases(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * The passphrase: the first line of {@code file} if there is one, else the variable {@code
   * AIFS_PASSPHRASE}, else what the user types.
   *
   * @param twice whether a typed one is asked for again, because a slip would cost the data
   * @throws AifsException.InvalidRequest if there is no way to get one
   */
  public String get(Optional<Path> file, String prompt, boolean twice) throws IOException {
    if (file.isPresent()) {
      return ofFile(file.get());
    }
    Optional<String> variable = surroundings.variable(VARIABLE);
    return variable.isPresent() ? variable.get() : typed(prompt, twice);
  }

  private static String ofFile(Path file) throws IOException {
    if (Files.size(file) > FILE_BYTES_MAX) {
      throw invalid("passphrase file " + file + " is over " + FILE_BYTES_MAX + " bytes");
    }
    return Files.readString(file)
        .lines()
        .findFirst()
        .filter(line -> !line.isEmpty())
        .orElseThrow(() -> invalid("passphrase file " + file + " has no first line"));
  }

  private String typed(String prompt, boolean twice) {
    Console console = surroundings.properties().inIsTerminal() ? System.console() : null;
    if (console == null) {
      throw invalid("a passphrase is needed, and there is no terminal to ask on");
    }
    String first = read(console, prompt);
    if (first.isEmpty() || (twice && !first.equals(read(console, "The same again")))) {
      throw invalid("the passphrases are empty or differ");
    }
    return first;
  }

  private static String read(Console console, String prompt) {
    char[] typed = console.readPassword("%s: ", prompt);
    return typed == null ? "" : new String(typed);
  }

  private static AifsException invalid(String message) {
    return new AifsException.InvalidRequest(
        Reason.ARGUMENT_INVALID,
        "passphrase",
        message,
        "put it in a file and name that, or set " + VARIABLE);
  }
}
