package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.PrivateFile;
import io.aifs.core.token.TokenFacts;
import io.aifs.crypto.Macaroon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where a new token goes: into a file, or alone to standard output. */
final class TokenOutput {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write it to this new file, with mode 0600 (default: standard output)")
  private Optional<String> out = Optional.empty();

  /**
   * Returns if the file can become one, before anything is made for it.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  void requireFree(Invocation invocation) throws IOException {
    if (out.isPresent() && Files.exists(path(invocation), LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(out.get());
    }
  }

  private Path path(Invocation invocation) {
    return invocation.surroundings().path(out.orElse(""));
  }

  /** Gives it to the user, and says on standard error which it is. */
  void write(AifsAction action, Macaroon token, Fields fields) throws IOException {
    Invocation invocation = action.invocation();
    TokenFacts facts = TokenFacts.of(token);
    String which =
        "token %s of family %s, %s"
            .formatted(
                facts.tokenId(),
                Printable.of(facts.family()),
                facts
                    .expiresAt()
                    .map(at -> "until " + SnapshotText.time(at) + " UTC")
                    .orElse("without an end"));
    if (out.isPresent()) {
      byte[] line = (token.serialize() + "\n").getBytes(StandardCharsets.UTF_8);
      PrivateFile.create(path(invocation), line, invocation.temporaries());
      action.output().object(fields.with("file", path(invocation)));
      invocation.say("wrote " + which + ", to " + Printable.of(out.get()));
    } else {
      action.output().line(token.serialize());
      action.output().object(fields.with("token", token.serialize()));
      invocation.say("this is " + which + "; whoever has it can use it");
    }
  }
}
