package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Timestamps;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The members of {@code aifs key} about the keys that sign snapshots. */
final class SigningKeyCommands {
  private static Fields fields(PublicKey key, boolean current) {
    return Fields.of("key_id", key.id())
        .with("public_key", key.key())
        .with("created_at", Timestamps.format(key.createdAt()))
        .with("current", current)
        .with("endorsed_by", key.statement().predecessor().map(SigningKeyId::hex).orElse(""));
  }

  /** {@code aifs key list}. */
  @Command(
      name = "list",
      header = "List the keys that a namespace's snapshots are signed with.",
      customSynopsis = "aifs key list [OPTIONS]",
      description = {
        "Key id, time (UTC), public key; oldest first. The last one signs. The public key is what",
        "'aifs verify-proof --key' wants."
      },
      footer = {"Examples:", "  aifs key list", "  aifs key list -o json"})
  static final class ListAll extends AifsAction {
    ListAll(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      KeyChain chain = invocation().client().signingKeys().believed();
      try (Rows rows = output().rows("keys")) {
        for (PublicKey key : chain.keys()) {
          boolean current = key.id().equals(chain.current().id());
          rows.add(
              key.id()
                  + "  "
                  + SnapshotText.time(key.createdAt())
                  + "  "
                  + key.key()
                  + (current ? "  current" : ""),
              fields(key, current));
        }
      }
      return ExitCode.OK;
    }
  }

  /** {@code aifs key rotate}. */
  @Command(
      name = "rotate",
      header = "Make a new key for a namespace's snapshots.",
      customSynopsis = "aifs key rotate --signing [OPTIONS]",
      description = {
        "The old key endorses it, so clients that pinned the old one follow; old snapshots still",
        "verify. An old key that somebody else has still signs in the namespace's name."
      },
      footer = {"Examples:", "  aifs key rotate --signing"})
  static final class Rotate extends AifsAction {
    @Option(names = "--signing", required = true, description = "the signing key")
    private boolean signing;

    Rotate(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      if (!signing) {
        throw Usage.error("only signing keys are rotated", "give --signing");
      }
      PublicKey made = invocation().client().signingKeys().rotate();
      output().object(fields(made, true));
      invocation().say("snapshots are signed with key " + made.id() + " from now on");
      return ExitCode.OK;
    }
  }

  private SigningKeyCommands() {}
}
