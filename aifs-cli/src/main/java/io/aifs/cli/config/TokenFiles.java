package io.aifs.cli.config;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the token to send. */
public final class TokenFiles {
  private static final int TOKEN_FILE_BYTES_MAX = 64 << 10;
  private final Settings settings;

  public TokenFiles(Settings settings) {
    this.settings = settings;
  }

  /** The token of the file that the settings name, if they name one. */
  public Optional<String> chosen() throws IOException {
    Optional<Path> file = settings.tokenFile();
    return file.isPresent() ? Optional.of(read(file.get())) : Optional.empty();
  }

  /**
   * The token for a server: the chosen one; else, for a server on this machine, the admin token
   * under the state directory if exactly one store left one there; else none.
   */
  public Optional<String> forServer(HostPort server) throws IOException {
    Optional<String> chosen = chosen();
    if (chosen.isPresent() || !server.isLoopback()) {
      return chosen;
    }
    List<Path> left = adminTokens();
    return left.size() == 1 ? Optional.of(read(left.getFirst())) : Optional.empty();
  }

  private List<Path> adminTokens() throws IOException {
    Path stores = settings.homes().state().resolve("aifs");
    if (!Files.isDirectory(stores)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(stores)) {
      return entries
          .map(store -> store.resolve("admin.token"))
          .filter(Files::isReadable)
          .limit(2)
          .toList();
    }
  }

  private static String read(Path file) throws IOException {
    TokenText.refuseIn(file.getFileName() + "");
    if (Files.exists(file) && Files.size(file) > TOKEN_FILE_BYTES_MAX) {
      throw new AifsException.InvalidRequest(
          Reason.TOKEN_INVALID,
          Setting.TOKEN_FILE.key(),
          "token file " + file + " is too large to be one",
          "name the file that holds only the token");
    }
    return Files.readString(file).strip();
  }
}
