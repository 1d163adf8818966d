package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.store.LocalStore;
import io.aifs.cli.terminal.Passphrases;
import io.aifs.cli.transfer.PrivateFile;
import io.aifs.core.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs key}: the group. */
@Command(
    name = "key",
    header = "Look after the keys of a store.",
    customSynopsis = "aifs key list|rotate|export|import [OPTIONS]",
    footer = {
      "Examples:",
      "  aifs key list",
      "  aifs key export /media/usb/aifs-recovery.txt",
      "  aifs key import /media/usb/aifs-recovery.txt"
    })
final class KeyCommand {
  /** {@code aifs key export}. */
  @Command(
      name = "export",
      header = "Write a recovery file: what it takes to read the store if the root key is lost.",
      customSynopsis = "aifs key export [OPTIONS] FILE|-",
      description = {
        "Protected by a passphrase, unless told otherwise. Keep it away from the store: with it",
        "and the passphrase everything can be read. FILE is created with mode 0600."
      },
      footer = {
        "Examples:",
        "  aifs key export /media/usb/aifs-recovery.txt",
        "  aifs key export - --passphrase-file secret.txt | lp"
      })
  static final class Export extends AifsAction {
    @Parameters(paramLabel = "FILE|-", description = "where to write it; - is standard output")
    private String target = "";

    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        description = "the passphrase is the first line of this file")
    private Optional<String> passphraseFile = Optional.empty();

    @Option(names = "--no-passphrase", description = "anyone with the file can read the store")
    private boolean unprotected;

    Export(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      if (unprotected && passphraseFile.isPresent()) {
        throw Usage.error("--no-passphrase and --passphrase-file disagree", "give one of them");
      }
      LocalStore store = invocation().access().requireLocal(false);
      Optional<String> passphrase =
          unprotected
              ? Optional.empty()
              : Optional.of(
                  new Passphrases(invocation().surroundings())
                      .get(
                          passphraseFile.map(invocation().surroundings()::path),
                          "Passphrase for the recovery file",
                          true));
      byte[] text =
          invocation().stores().exportKey(store, passphrase).getBytes(StandardCharsets.UTF_8);
      if (target.equals("-")) {
        output().bytes().write(text);
        return ExitCode.OK;
      }
      Path file = invocation().surroundings().path(target);
      PrivateFile.create(file, text, invocation().temporaries());
      output().object(Fields.of("file", file).with("protected", !unprotected));
      invocation().say("wrote " + file + "; keep it where the store is not");
      return ExitCode.OK;
    }
  }

  /** {@code aifs key import}. */
  @Command(
      name = "import",
      header = "Bring back a lost root key file from a recovery file.",
      customSynopsis = "aifs key import [OPTIONS] FILE",
      description = "A root key file that is there is never overwritten.",
      footer = {"Examples:", "  aifs key import /media/usb/aifs-recovery.txt"})
  static final class Import extends AifsAction {
    private static final int FILE_BYTES_MAX = 64 << 10;

    @Parameters(paramLabel = "FILE", description = "what 'aifs key export' wrote")
    private String source = "";

    @Option(
        names = "--passphrase-file",
        paramLabel = "FILE",
        description = "the passphrase is the first line of this file")
    private Optional<String> passphraseFile = Optional.empty();

    @Option(names = "--no-passphrase", description = "the file was exported without one")
    private boolean unprotected;

    Import(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      LocalStore store = invocation().access().requireLocal(false);
      Path file = invocation().surroundings().path(source);
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw Usage.error(file + " is too large to be a recovery file", "name another");
      }
      Optional<String> passphrase =
          unprotected
              ? Optional.empty()
              : Optional.of(
                  new Passphrases(invocation().surroundings())
                      .get(
                          passphraseFile.map(invocation().surroundings()::path),
                          "Passphrase of the recovery file",
                          false));
      Path key = invocation().stores().importKey(store, Files.readString(file), passphrase);
      output().object(Fields.of("root_key_file", key));
      invocation().say("the root key is in " + key + " again");
      return ExitCode.OK;
    }
  }
}
