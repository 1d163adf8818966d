package io.aifs.server;

import io.aifs.core.AifsException;
import io.aifs.server.auth.TokenVerifier;
import io.aifs.server.engine.token.TokenMint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The admin token beside the store, for the local command: made anew when it is missing, has
 * expired, or was revoked. Thread-safe.
 */
final class AdminTokenFile {
  private final Path file;

  AdminTokenFile(Path file) {
    this.file = file;
  }

  /** The token, if there is a file. */
  Optional<String> read() throws IOException {
    try {
      return Optional.of(Files.readString(file).strip());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A token that is valid now; writes a new one if there is none. */
  synchronized String ensure(TokenMint mint, TokenVerifier verifier) throws IOException {
    Optional<String> present = read();
    if (present.isPresent() && isValid(present.get(), verifier)) {
      return present.get();
    }
    String minted = mint.mintAdmin().text();
    write(minted);
    return minted;
  }

  private static boolean isValid(String token, TokenVerifier verifier) {
    try {
      // Not verified as a call's is: looking at it is no use of it.
      return verifier.refusal(verifier.authentic(token), Optional.empty()).isEmpty();
    } catch (AifsException.Denied e) {
      return false;
    }
  }

  private void write(String token) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path temporary =
        Files.createTempFile(
            directory,
            "admin",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(temporary, (token + "\n").getBytes(StandardCharsets.UTF_8));
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
