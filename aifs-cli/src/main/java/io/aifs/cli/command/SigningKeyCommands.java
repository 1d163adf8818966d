package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.output.Rows;
import io.aifs.client.Tokens;
import io.aifs.core.ExitCode;
import io.aifs.core.model.Timestamps;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The members of {@code aifs key} about the keys that sign snapshots, and those of tokens. */
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
      header = "Make a new key for a namespace's snapshots, or for tokens.",
      customSynopsis = {
        "aifs key rotate --signing [OPTIONS]",
        "aifs key rotate --tokens [OPTIONS] [--retire-older [-y]]"
      },
      description = {
        "--signing: the old key endorses the new one, so clients that pinned the old one follow; old",
        "snapshots still verify. An old key that somebody else has still signs in the namespace's",
        "name.",
        "--tokens: new tokens are made from a new root key. Older ones go on until they expire, or",
        "end at once with --retire-older, also the one that this command sends."
      },
      footer = {
        "Examples:",
        "  aifs key rotate --signing",
        "  aifs key rotate --tokens",
        "  aifs key rotate --tokens --retire-older -y"
      })
  static final class Rotate extends AifsAction {
    @Option(names = "--signing", description = "the key that signs the namespace's snapshots")
    private boolean signing;

    @Option(names = "--tokens", description = "the root key that the store's tokens come from")
    private boolean tokens;

    @Option(
        names = "--retire-older",
        description = "with --tokens: end all tokens of older root keys")
    private boolean retireOlder;

    @Mixin private Destructive destructive = new Destructive();

    Rotate(Invocation invocation) {
      super(invocation);
    }

    @Override
    ExitCode run() throws IOException {
      if (signing == tokens) {
        throw Usage.error("one key is rotated at a time", "give --signing or --tokens");
      }
      if (retireOlder && !tokens) {
        throw Usage.error("--retire-older is about tokens", "leave it out");
      }
      return tokens ? rotateRootKey() : rotateSigningKey();
    }

    private ExitCode rotateSigningKey() throws IOException {
      PublicKey made = invocation().client().signingKeys().rotate();
      output().object(fields(made, true));
      invocation().say("snapshots are signed with key " + made.id() + " from now on");
      return ExitCode.OK;
    }

    private ExitCode rotateRootKey() throws IOException {
      if (retireOlder) {
        destructive.confirm(invocation(), "end every token of the store, and the one you use");
      }
      Tokens.Rotation made = invocation().client().tokens().rotateRootKey(retireOlder);
      output().object(Fields.of("key_id", made.keyId()).with("retired", made.retired()));
      invocation().say("tokens are made from root key " + made.keyId() + " from now on");
      if (!made.retired().isEmpty()) {
        invocation().say("tokens of root key " + String.join(", ", made.retired()) + " have ended");
      }
      return ExitCode.OK;
    }
  }

  private SigningKeyCommands() {}
}
