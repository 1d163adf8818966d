package io.aifs.cli.command;

import io.aifs.cli.output.Fields;
import io.aifs.cli.transfer.ProofFile;
import io.aifs.client.RangeProofs;
import io.aifs.core.ExitCode;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProof;
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
    header = "Check bytes by a proof, without any store.",
    customSynopsis = "aifs verify-proof [OPTIONS] PROOF BYTES|-",
    description = {
      "PROOF is what 'aifs get --range A-B --proof PROOF' wrote, and BYTES what it got: exactly the",
      "range. Exit code 7 if they do not fit each other. A proof names its asset itself, and anybody",
      "can prove content of their own: give the id that you trust with --id, or compare it."
    },
    footer = {
      "Examples:",
      "  aifs get main:model.bin part.bin --range 0-4095 --proof part.proof",
      "  aifs verify-proof part.proof part.bin --id $(b3sum --no-names model.bin)"
    })
final class VerifyProofCommand extends AifsAction {
  @Parameters(index = "0", paramLabel = "PROOF", description = "the proof")
  private String proof = "";

  @Parameters(index = "1", paramLabel = "BYTES|-", description = "the bytes of the range")
  private String bytes = "";

  @Option(names = "--id", paramLabel = "ID", description = "the asset that they must be of")
  private Optional<String> id = Optional.empty();

  VerifyProofCommand(Invocation invocation) {
    super(invocation);
  }

  @Override
  ExitCode run() throws IOException {
    Optional<Digest> expected = id.map(VerifyProofCommand::digest);
    byte[] encoded = ProofFile.read(invocation().surroundings().path(proof));
    RangeProof proven;
    try (InputStream in = open()) {
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

  private InputStream open() throws IOException {
    return bytes.equals("-")
        ? invocation().surroundings().in()
        : Files.newInputStream(invocation().surroundings().path(bytes));
  }

  private static Digest digest(String text) {
    try {
      return Digest.parse(text);
    } catch (IllegalArgumentException e) {
      throw Usage.error("--id: " + e.getMessage(), "give all 64 digits of the id");
    }
  }
}
