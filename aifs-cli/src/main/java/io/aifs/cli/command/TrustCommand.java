package io.aifs.cli.command;

import io.aifs.cli.config.StoreChoice;
import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.cli.terminal.Printable;
import io.aifs.client.SigningKeys;
import io.aifs.client.trust.KnownKey;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.snapshot.PublicKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs trust}: the group; its members do the work. */
@Command(
    name = "trust",
    header = "Say whose signatures on snapshots are believed.",
    customSynopsis = "aifs trust list|accept|forget [OPTIONS]",
    description = {
      "The signing key of each namespace of each server is pinned when it is met first. A newer key",
      "that the pinned one endorses takes its place; any other ends a command with exit code 7."
    },
    footer = {"Examples:", "  aifs trust list", "  aifs trust forget 127.0.0.1:50051"})
final class TrustCommand {
  private static Fields fields(KnownKey pin) {
    return Fields.of("address", pin.address())
        .with("store_id", pin.storeId())
        .with("namespace", pin.namespace())
        .with("key_id", pin.id())
        .with("public_key", pin.key());
  }

  /** {@code aifs trust list}. */
  @Command(
      name = "list",
      header = "List the pinned keys.",
      customSynopsis = "aifs trust list [OPTIONS]",
      description = "Key id, namespace, store id, address. Asks no server.",
      footer = {"Examples:", "  aifs trust list -o jsonl"})
  static final class ListAll extends AifsAction {
    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      List<KnownKey> pins = invocation().knownKeys().all();
      try (Rows rows = output().rows("keys")) {
        for (KnownKey pin : pins) {
          rows.add(
              pin.id()
                  + "  "
                  + pin.namespace()
                  + "  "
                  + pin.storeId()
                  + "  "
                  + Printable.of(pin.address()),
              fields(pin));
        }
      }
      return ExitCode.OK;
    }
  }

  /** {@code aifs trust accept}. */
  @Command(
      name = "accept",
      header = "Pin the key that the server shows now.",
      customSynopsis = "aifs trust accept [OPTIONS] [KEY_ID]",
      description = {
        "For when a key has changed, and you have asked the operator by another way which it is.",
        "With KEY_ID, fails unless the server shows exactly that key; without, asks first."
      },
      footer = {
        "Examples:",
        "  aifs --server 127.0.0.1:50051 trust accept 0f3c52c1d6c0a1a86bb8b0b1f2d1c7aa"
      })
  static final class Accept extends AifsAction {
    @Parameters(paramLabel = "KEY_ID", arity = "0..1", description = "what the operator said")
    private Optional<String> expected = Optional.empty();

    @Mixin private Destructive destructive = new Destructive();

    Accept(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      requireServer();
      SigningKeys keys = invocation().client().signingKeys();
      PublicKey shown = keys.shown().current();
      if (expected.isPresent()) {
        requireExpected(shown, expected.get());
      } else {
        destructive.confirm(
            invocation(), "trust key " + shown.id() + " for " + shown.statement().namespace());
      }
      PublicKey pinned = keys.accept().current();
      output()
          .object(
              Fields.of("key_id", pinned.id())
                  .with("store_id", pinned.statement().storeId())
                  .with("namespace", pinned.statement().namespace())
                  .with("public_key", pinned.key()));
      invocation().say("pinned key " + pinned.id() + " for " + pinned.statement().namespace());
      return ExitCode.OK;
    }

    private void requireServer() throws IOException {
      if (invocation().settings().store() instanceof StoreChoice.Local) {
        throw Usage.error(
            "a data directory of this machine has no pin: who can open it has its keys",
            "name a server with --server");
      }
    }

    private static void requireExpected(PublicKey shown, String expected) {
      if (!shown.id().hex().equals(expected)) {
        throw new AifsException.Corrupt(
            Reason.KEY_CHANGED,
            "the server shows key " + shown.id() + ", not " + Printable.of(expected),
            "ask the operator again; nothing was pinned");
      }
    }
  }

  /** {@code aifs trust forget}. */
  @Command(
      name = "forget",
      header = "Forget what was pinned of a server.",
      customSynopsis = "aifs trust forget [OPTIONS] ADDRESS",
      description = {
        "The next command takes whatever key the server then shows. ADDRESS is as 'aifs trust list'",
        "has it. Asks no server."
      },
      footer = {"Examples:", "  aifs trust forget 127.0.0.1:50051"})
  static final class Forget extends AifsAction {
    @Parameters(paramLabel = "ADDRESS", description = "the server")
    private String address = "";

    @Option(
        names = "--only",
        paramLabel = "NAMESPACE",
        description = "this namespace alone (default: all that are pinned there)")
    private Optional<String> only = Optional.empty();

    Forget(Invocation invocation) {
      super(invocation);
    }

    private boolean isMeant(KnownKey pin) {
      return pin.address().equals(address)
          && only.map(name -> pin.namespace().value().equals(name)).orElse(true);
    }

    @Override
    ExitCode run() throws IOException {
      List<KnownKey> meant = invocation().knownKeys().all().stream().filter(this::isMeant).toList();
      if (meant.isEmpty()) {
        throw new AifsException.NotFound(
            Reason.STORE_NOT_FOUND,
            "nothing is pinned for " + Printable.of(address),
            "see 'aifs trust list' for what is");
      }
      invocation().knownKeys().update(pins -> pins.stream().filter(pin -> !isMeant(pin)).toList());
      output().object(Fields.of("forgotten", meant.size()));
      invocation().say("forgot " + meant.size() + " of " + Printable.of(address));
      return ExitCode.OK;
    }
  }
}
