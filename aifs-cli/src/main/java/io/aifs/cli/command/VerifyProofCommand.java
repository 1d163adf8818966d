package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.transfer.ProofFile;
import io.aifs.client.RangeProofs;
import io.aifs.core.ExitCode;
import io.aifs.core.snapshot.SnapshotProof;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProof;
import io.aifs.crypto.VerifyingKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code aifs verify-proof}. */
@Command(
    name = "verify-proof",
    header = "Check content by a proof, without any store.",
    customSynopsis = "aifs verify-proof [OPTIONS] PROOF [CONTENT|-]",
    description = {
      "PROOF is what 'aifs snapshot prove' wrote, and CONTENT the file, or the text of the link, that",
      "was in the snapshot; or PROOF is what 'aifs get --range A-B --proof PROOF' wrote, and CONTENT",
      "what it got: exactly the range. Exit code 7 if they do not fit each other. A proof names its",
      "asset and its key itself, and anybody can prove content of their own: give the id (--id) or the",
      "key (--key) that you trust, or compare what is printed."
    },
    footer = {
      "Examples:",
      "  aifs snapshot prove v1:data/train.csv --out train.proof",
      "  aifs verify-proof train.proof train.csv --key $PUBLIC_KEY",
      "  aifs verify-proof part.proof part.bin --id $(b3sum --no-names model.bin)"
    })
final class VerifyProofCommand extends AifsAction {
  @Parameters(index = "0", paramLabel = "PROOF", description = "the proof")
  private String proof = "";

  @Parameters(
      index = "1",
      paramLabel = "CONTENT|-",
      arity = "0..1",
      description = "the content; of a snapshot's entry it may be left out")
  private Optional<String> content = Optional.empty();

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "of a range: the asset that it must be of")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--key",
      paramLabel = "PUBLIC_KEY",
      description = "of a snapshot's entry: the key that must have signed, as 'aifs key list' says")
  private Optional<String> key = Optional.empty();

  VerifyProofCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    byte[] encoded = ProofFile.read(invocation().surroundings().path(proof));
    return SnapshotProof.isOne(encoded) ? ofSnapshot(encoded) : ofRange(encoded);
  }

  private ExitCode ofSnapshot(byte[] encoded) throws IOException {
    if (id.isPresent()) {
      throw Usage.error("--id is for ranges, and this is a snapshot's proof", "use --key");
    }
    Optional<VerifyingKey> trusted = key.map(VerifyProofCommand::publicKey);
    SnapshotProofCheck check = new SnapshotProofCheck(invocation());
    if (content.isEmpty()) {
      return check.run(encoded, Optional.empty(), trusted);
    }
    try (InputStream in = open(content.get())) {
      return check.run(encoded, Optional.of(in), trusted);
    }
  }

  private ExitCode ofRange(byte[] encoded) throws IOException {
    if (key.isPresent()) {
      throw Usage.error("--key is for proofs of snapshots, and this is none", "use --id");
    }
    Optional<Digest> expected = id.map(VerifyProofCommand::digest);
    String bytes =
        content.orElseThrow(
            () -> Usage.error("a range is proven by its bytes", "give the file that has them"));
    RangeProof proven;
    try (InputStream in = open(bytes)) {
      proven =
          expected.isPresent()
              ? RangeProofs.verify(encoded, in, expected.get())
              : RangeProofs.verify(encoded, in);
    }
    output()
        .object(
            Fields.of("valid", true)
                .with("asset_id", proven.asset().hex())
                .with("asset_size", proven.size())
                .with("offset", proven.offset())
                .with("length", proven.length()));
    output()
        .line(
            "verified: %d bytes from byte %d of asset %s, which has %d"
                .formatted(proven.length(), proven.offset(), proven.asset(), proven.size()));
    return ExitCode.OK;
  }

  private InputStream open(String file) throws IOException {
    return file.equals("-")
        ? invocation().surroundings().in()
        : Files.newInputStream(invocation().surroundings().path(file));
  }

  private static VerifyingKey publicKey(String text) {
    try {
      return VerifyingKey.parse(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error(
          "--key: " + e.getMessage(), "give the public key that 'aifs key list' says");
    }
  }

  private static Digest digest(String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error("--id: " + e.getMessage(), "give all 64 digits of the id");
    }
  }
}
