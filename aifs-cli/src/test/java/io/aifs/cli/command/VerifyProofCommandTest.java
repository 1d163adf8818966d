package io.aifs.cli.command;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.cli.testing.CommandHarness;
import io.aifs.cli.testing.CommandRun;
import io.aifs.core.ExitCode;
import io.aifs.crypto.Digest;
import io.aifs.crypto.RangeProof;
import io.aifs.crypto.testing.ArrayContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyProofCommandTest {
  private static final byte[] CONTENT = "0123456789".getBytes(US_ASCII);

  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));

  @BeforeEach
  void writeTheProof() throws IOException {
    harness = new CommandHarness(directory);
    Files.write(directory.resolve("proof"), ArrayContent.prove(CONTENT, 2, 3).toBytes());
    Files.writeString(directory.resolve("bytes"), "234");
  }

  @Test
  void bytesThatFitAreVerified() {
    assertThat(harness.run("verify-proof", "proof", "bytes").ends(ExitCode.OK).out())
        .isEqualTo(
            "verified: 3 bytes from byte 2 of asset " + Digest.of(CONTENT) + ", which has 10\n");
    harness
        .run("verify-proof", "proof", "bytes", "--id", Digest.of(CONTENT).hex())
        .ends(ExitCode.OK);
  }

  @Test
  void bytesThatDoNotFitAreAMatterOfIntegrity() throws IOException {
    Files.writeString(directory.resolve("bytes"), "235");
    CommandRun run =
        harness.run("verify-proof", "proof", "bytes", "-o", "json").ends(ExitCode.INTEGRITY);
    run.complains("PROOF_BROKEN");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void anotherAssetIsAMatterOfIntegrity() {
    harness
        .run("verify-proof", "proof", "bytes", "--id", Digest.of(new byte[0]).hex())
        .ends(ExitCode.INTEGRITY)
        .complains("the proof is about asset " + Digest.of(CONTENT));
    harness.run("verify-proof", "proof", "bytes", "--id", "abc").ends(ExitCode.USAGE);
  }

  @Test
  void filesThatAreNoProofsAreRefused() throws IOException {
    byte[] proof = Files.readAllBytes(directory.resolve("proof"));
    Files.write(directory.resolve("huge"), Arrays.copyOf(proof, 10 * RangeProof.BYTES_MAX));
    proof[9] = 9;
    Files.write(directory.resolve("newer"), proof);
    harness.run("verify-proof", "bytes", "bytes").ends(ExitCode.INTEGRITY).complains("not a range");
    harness.run("verify-proof", "newer", "bytes").ends(ExitCode.UNSUPPORTED);
    harness.run("verify-proof", "huge", "bytes").ends(ExitCode.INTEGRITY);
    harness.run("verify-proof", "none", "bytes").ends(ExitCode.NOT_FOUND);
    harness.run("verify-proof", "proof", "none").ends(ExitCode.NOT_FOUND);
  }
}
