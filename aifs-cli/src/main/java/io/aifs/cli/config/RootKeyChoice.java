package io.aifs.cli.config;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Where the root key of a store is to be found. */
public sealed interface RootKeyChoice {
  /** A file; empty means the one that {@code aifs init} generated. */
  record InFile(Optional<Path> file) implements RootKeyChoice {}

  /** An environment variable that holds the text of a key file. */
  record InVariable(String name) implements RootKeyChoice {}

  /** A passphrase: in a file, else in {@code AIFS_PASSPHRASE}, else asked for on the terminal. */
  record ByPassphrase(Optional<Path> file) implements RootKeyChoice {}

  /**
   * Reads {@code file}, {@code file:PATH}, {@code env:NAME}, {@code passphrase} or {@code
   * passphrase:FILE}.
   *
   * @throws IllegalArgumentException if it is none of these; the message does not repeat it
   */
  static RootKeyChoice parse(String text, Function<String, Path> path) {
    int colon = text.indexOf(':');
    String kind = colon < 0 ? text : text.substring(0, colon);
    Optional<String> rest =
        colon < 0
            ? Optional.empty()
            : Optional.of(text.substring(colon + 1)).filter(s -> !s.isEmpty());
    if (colon >= 0 && rest.isEmpty()) {
      throw new IllegalArgumentException("nothing after the colon");
    }
    return switch (kind) {
      case "file" -> new InFile(rest.map(path));
      case "env" ->
          new InVariable(
              rest.filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"))
                  .orElseThrow(() -> new IllegalArgumentException("not a variable's name")));
      case "passphrase" -> new ByPassphrase(rest.map(path));
      default -> throw new IllegalArgumentException("not a place for a root key");
    };
  }
}
