package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.terminal.Printable;
import io.aifs.cli.transfer.FileContent;
import io.aifs.client.trust.KnownKey;
import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.Timestamps;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.core.snapshot.SnapshotBrokenException;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.core.snapshot.SnapshotClaim;
import io.aifs.core.snapshot.SnapshotProof;
import io.aifs.core.snapshot.SnapshotProofVerifier;
import io.aifs.crypto.Digest;
import io.aifs.crypto.VerifyingKey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Checks the proof of a snapshot's entry, and says what it shows and whose word that is. */
final class SnapshotProofCheck {
  private final Invocation invocation;

  /** Why the key is believed. */
  private enum Trust {
    GIVEN("the key that was given"),
    PINNED("a key that this client has pinned"),
    UNKNOWN("not a key that you trust: compare it with what the store's operator says");

    private final String text;

    Trust(String text) {
      this.text = text;
    }
  }

  SnapshotProofCheck(Invocation invocation) {
    this.invocation = invocation;
  }

  /**
   * @param content of the file, or of the link's target; empty to check the entry alone
   * @param given the key that must have signed
   */
  ExitCode run(byte[] encoded, Optional<InputStream> content, Optional<VerifyingKey> given)
      throws IOException {
    SnapshotProof proof;
    try {
      proof = SnapshotProof.decode(encoded);
      Optional<Digest> digest =
          content.isPresent() ? Optional.of(FileContent.digest(content.get())) : Optional.empty();
      SnapshotProofVerifier.verify(proof, digest, given);
    } catch (SnapshotBrokenException e) {
      throw refused(e);
    }
    print(proof, content.isPresent(), trust(proof, given));
    return ExitCode.OK;
  }

  private static AifsException refused(SnapshotBrokenException e) {
    String message = String.valueOf(e.getMessage());
    if (e.fault() == Fault.NEWER) {
      return new AifsException.Unsupported(
          Reason.FORMAT_NEWER, message, "use a later version of aifs");
    }
    return new AifsException.Corrupt(
        Reason.PROOF_BROKEN,
        message,
        "do not rely on it; ask for the proof and the content anew",
        e);
  }

  private Trust trust(SnapshotProof proof, Optional<VerifyingKey> given) throws IOException {
    if (given.isPresent()) {
      return Trust.GIVEN;
    }
    SnapshotClaim claim = proof.claim();
    for (KnownKey pin : invocation.knownKeys().all()) {
      if (pin.key().equals(proof.key())
          && pin.storeId().equals(claim.storeId())
          && pin.namespace().equals(claim.namespace())) {
        return Trust.PINNED;
      }
    }
    return Trust.UNKNOWN;
  }

  private void print(SnapshotProof proof, boolean withContent, Trust trust) throws IOException {
    SnapshotClaim claim = proof.claim();
    String path = proof.entry().path().value();
    SigningKeyId key = SigningKeyId.of(proof.key());
    Fields fields =
        Fields.of("valid", true)
            .with("snapshot_id", claim.id())
            .with("namespace", claim.namespace())
            .with("store_id", claim.storeId())
            .with("created_at", Timestamps.format(claim.createdAt()))
            .with("unnamed", proof.part() == SnapshotProof.Part.UNNAMED)
            .with("path", path)
            .with("content_checked", withContent)
            .with("key_id", key)
            .with("public_key", proof.key())
            .with("key_trusted", trust != Trust.UNKNOWN);
    if (proof.entry().entry() instanceof TreeEntry.File file) {
      fields.with("asset_id", file.asset()).with("size", file.size());
    }
    invocation.output().object(fields);
    invocation
        .output()
        .line(
            "verified: %s %s, in snapshot %s of namespace %s, made %s"
                .formatted(
                    what(proof.entry().entry(), withContent),
                    Printable.of(path),
                    claim.id(),
                    claim.namespace(),
                    Timestamps.format(claim.createdAt())));
    invocation.output().line("signed by key " + key + ": " + trust.text);
    if (trust == Trust.UNKNOWN) {
      invocation.say(
          "anybody can sign with a key of their own: the proof's is "
              + proof.key()
              + "; give the one you trust with --key");
    }
  }

  private static String what(TreeEntry entry, boolean withContent) {
    return switch (entry) {
      case TreeEntry.File file ->
          withContent ? "this content was at" : "content " + file.asset() + " was at";
      case TreeEntry.Symlink _ -> withContent ? "this link was at" : "a link was at";
      case TreeEntry.Directory _ -> "a directory was at";
    };
  }
}
