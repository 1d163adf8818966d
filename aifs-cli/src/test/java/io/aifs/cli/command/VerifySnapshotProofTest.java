package io.aifs.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aifs.cli.testing.CommandHarness;
import io.aifs.client.trust.KnownKey;
import io.aifs.client.trust.KnownKeys;
import io.aifs.core.ExitCode;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.core.snapshot.SnapshotClaim;
import io.aifs.core.snapshot.SnapshotProof;
import io.aifs.core.tree.InclusionProof;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code aifs verify-proof} of a snapshot's entry. */
class VerifySnapshotProofTest {
  private static final byte[] CONTENT = "a,b\n".getBytes(UTF_8);
  private static final Name NAMESPACE = new Name("papers");
  private static final String STORE = "5707e1d0";

  @TempDir Path directory;
  private CommandHarness harness = new CommandHarness(Path.of(""));
  private final SigningKey key = SigningKey.fromSeed(new byte[SigningKey.SEED_BYTES]);
  private final SnapshotProof proof = proof();

  @BeforeEach
  void writeTheProof() throws IOException {
    harness = new CommandHarness(directory);
    Files.write(directory.resolve("proof"), proof.encode());
    Files.write(directory.resolve("content"), CONTENT);
  }

  private SnapshotProof proof() {
    PathEntry entry =
        new PathEntry(
            new TreePath("data/train.csv"),
            new TreeEntry.File(
                Digest.of(CONTENT), AssetKind.BLOB, CONTENT.length, FileAttributes.PLAIN_FILE));
    InclusionProof inclusion =
        new InclusionProof(List.of(new InclusionProof.Step(0, List.of(Digest.of(new byte[] {1})))));
    TreeRoot root = new TreeRoot(Digest.of(new byte[] {2}), inclusion.rootOf(entry), 2, 9, 14);
    SnapshotClaim claim =
        new SnapshotClaim(
            STORE,
            NAMESPACE,
            new SnapshotRoots(root, TreeRoot.EMPTY),
            Instant.parse("2026-11-26T08:00:00.123456Z"),
            List.of(),
            Digest.of(new byte[0]),
            SigningKeyId.of(key.publicKey()));
    return new SnapshotProof(
        claim,
        key.sign(claim.toSign()),
        key.publicKey(),
        SnapshotProof.Part.PATHS,
        entry,
        inclusion);
  }

  @Test
  void theRightContentIsVerifiedAndAnUnknownKeySaidPlainly() {
    assertThat(
            harness
                .run("verify-proof", "proof", "content")
                .ends(ExitCode.OK)
                .complains(
                    "anybody can sign with a key of their own: the proof's is " + key.publicKey())
                .out())
        .isEqualTo(
            "verified: this content was at data/train.csv, in snapshot "
                + proof.claim().id()
                + " of namespace papers, made 2026-11-26T08:00:00.123456+00:00\n"
                + "signed by key "
                + SigningKeyId.of(key.publicKey())
                + ": not a key that you trust: compare it with what the store's operator says\n");
  }

  @Test
  void aGivenOrPinnedKeyIsTrusted() {
    assertThat(
            harness
                .run("verify-proof", "proof", "content", "--key", key.publicKey().hex())
                .ends(ExitCode.OK)
                .out())
        .contains("the key that was given");
    KnownKeys.inFile(directory.resolve("home/.local/state/aifs/known-keys"))
        .update(_ -> List.of(new KnownKey("server:1", STORE, NAMESPACE, key.publicKey())));
    assertThat(harness.run("verify-proof", "proof", "content").ends(ExitCode.OK).out())
        .contains("a key that this client has pinned");
    JsonNode json = harness.run("verify-proof", "proof", "content", "-o", "json").json();
    assertThat(json.get("valid").asBoolean()).isTrue();
    assertThat(json.get("key_trusted").asBoolean()).isTrue();
    assertThat(json.get("asset_id").asText()).isEqualTo(Digest.of(CONTENT).hex());
  }

  @Test
  void withoutContentOnlyTheEntryIsShown() {
    JsonNode json = harness.run("verify-proof", "proof", "-o", "json").json();

    assertThat(json.get("content_checked").asBoolean()).isFalse();
    assertThat(harness.run("verify-proof", "proof").ends(ExitCode.OK).out())
        .startsWith("verified: content " + Digest.of(CONTENT) + " was at data/train.csv, in");
  }

  @Test
  void eachWrongThingIsAMatterOfIntegrityWithItsOwnMessage() throws IOException {
    Files.writeString(directory.resolve("other"), "x");
    harness
        .run("verify-proof", "proof", "other")
        .ends(ExitCode.INTEGRITY)
        .complains("the snapshot's is " + Digest.of(CONTENT));
    try (SigningKey other = SigningKey.fromSeed(Digest.of(CONTENT).toBytes())) {
      harness
          .run("verify-proof", "proof", "content", "--key", other.publicKey().hex())
          .ends(ExitCode.INTEGRITY)
          .complains("not with the one that is trusted, " + SigningKeyId.of(other.publicKey()));
    }
    byte[] bytes = Files.readAllBytes(directory.resolve("proof"));
    bytes[bytes.length - 1] ^= 1;
    Files.write(directory.resolve("proof"), bytes);
    harness
        .run("verify-proof", "proof", "content")
        .ends(ExitCode.INTEGRITY)
        .complains("does not show that this entry of its path was in snapshot");
    bytes[9] = 7;
    Files.write(directory.resolve("proof"), bytes);
    harness.run("verify-proof", "proof", "content").ends(ExitCode.UNSUPPORTED);
  }

  @Test
  void optionsOfTheOtherKindOfProofAreRefused() {
    harness
        .run("verify-proof", "proof", "content", "--id", Digest.of(CONTENT).hex())
        .ends(ExitCode.USAGE)
        .complains("use --key");
    harness.run("verify-proof", "proof", "content", "--key", "abc").ends(ExitCode.USAGE);
    harness
        .run("verify-proof", "content", "content", "--key", key.publicKey().hex())
        .ends(ExitCode.USAGE);
  }
}
