package io.aifs.core.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.Limits;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.core.snapshot.SnapshotProof.Part;
import io.aifs.core.tree.InclusionProof;
import io.aifs.core.tree.InclusionProof.Step;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.SigningKey;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotProofTest {
  private static final byte[] CONTENT = "weights".getBytes(UTF_8);
  private static final Digest ASSET = Digest.of(CONTENT);

  /** Three levels, as a tree of a million entries has with about a hundred in a node. */
  private static final InclusionProof INCLUSION =
      new InclusionProof(
          List.of(
              new Step(3, List.of(Samples.filled(1), Samples.filled(2), Samples.filled(3))),
              new Step(0, List.of(Samples.filled(4))),
              new Step(1, List.of(Samples.filled(5)))));

  private final SigningKey key = Samples.key(1);

  private static PathEntry file(String path, int mode) {
    return new PathEntry(
        new TreePath(path),
        new TreeEntry.File(ASSET, AssetKind.TENSOR, CONTENT.length, new FileAttributes(mode, 0)));
  }

  private SnapshotProof proof(PathEntry entry, Part part) {
    TreeRoot root =
        new TreeRoot(Samples.filled(9), INCLUSION.rootOf(entry), 1_000_000, 1L << 30, 99);
    SnapshotRoots roots =
        part == Part.PATHS
            ? new SnapshotRoots(root, TreeRoot.EMPTY)
            : new SnapshotRoots(TreeRoot.EMPTY, root);
    SnapshotClaim sample = Samples.full(key).claim();
    SnapshotClaim claim =
        new SnapshotClaim(
            sample.storeId(),
            sample.namespace(),
            roots,
            sample.createdAt(),
            sample.parents(),
            sample.notes(),
            sample.signedBy());
    return new SnapshotProof(
        claim, key.sign(claim.toSign()), key.publicKey(), part, entry, INCLUSION);
  }

  @Test
  void aTrueProofIsReadAndVerifies() throws Exception {
    for (int mode : new int[] {0644, 0755}) {
      SnapshotProof proof = proof(file("models/w.bin", mode), Part.PATHS);
      SnapshotProof read = SnapshotProof.decode(proof.encode());

      assertThat(read).usingRecursiveComparison().isEqualTo(proof);
      SnapshotProofVerifier.verify(read, Optional.of(ASSET), Optional.empty());
      SnapshotProofVerifier.verify(read, Optional.of(ASSET), Optional.of(key.publicKey()));
      assertThat(SnapshotProof.isOne(proof.encode())).isTrue();
    }
  }

  @Test
  void linksDirectoriesAndUnnamedAssetsAreProvenToo() throws Exception {
    FileAttributes plain = FileAttributes.PLAIN_FILE;
    SnapshotProof link =
        proof(new PathEntry(new TreePath("l"), new TreeEntry.Symlink("t", plain)), Part.PATHS);
    SnapshotProof directory =
        proof(
            new PathEntry(
                new TreePath("d"), new TreeEntry.Directory(FileAttributes.PLAIN_DIRECTORY)),
            Part.PATHS);
    SnapshotProof unnamed = proof(file(ASSET.hex(), 0644), Part.UNNAMED);

    SnapshotProofVerifier.verify(
        SnapshotProof.decode(link.encode()),
        Optional.of(Digest.of("t".getBytes(UTF_8))),
        Optional.empty());
    SnapshotProofVerifier.verify(
        SnapshotProof.decode(directory.encode()), Optional.empty(), Optional.empty());
    SnapshotProofVerifier.verify(
        SnapshotProof.decode(unnamed.encode()), Optional.of(ASSET), Optional.empty());
    assertFault(Fault.CONTENT, directory, Optional.of(ASSET), "of a directory, which has no");
    assertFault(
        Fault.NOT_INCLUDED,
        proof(file("other", 0644), Part.UNNAMED),
        Optional.of(ASSET),
        "unnamed asset is not the one");
  }

  @Test
  void whatAnotherProgramWroteIsReadWrittenAndVerified() throws Exception {
    byte[] fixture = Samples.fixture("entry.proof");
    SnapshotProof proof = SnapshotProof.decode(fixture);

    assertThat(proof.encode()).isEqualTo(fixture);
    assertThat(proof.entry()).isEqualTo(file("models/w.bin", 0755));
    SnapshotProofVerifier.verify(proof, Optional.of(ASSET), Optional.of(key.publicKey()));
  }

  @Test
  void besidePathAndWayAProofIsUnderOneKibibyteWhateverWasWritten() {
    SnapshotClaim sample = Samples.full(key).claim();
    PathEntry entry = file("a", 0755);
    SnapshotClaim longest =
        new SnapshotClaim(
            "f".repeat(64),
            new Name("n".repeat(63)),
            sample.roots(),
            sample.createdAt(),
            Collections.nCopies(Limits.SNAPSHOT_PARENTS_MAX, new SnapshotId("ab".repeat(16))),
            sample.notes(),
            sample.signedBy());
    SnapshotProof proof =
        new SnapshotProof(
            longest, key.sign(longest.toSign()), key.publicKey(), Part.PATHS, entry, INCLUSION);

    assertThat(longest.encode()).hasSizeLessThan(1_024);
    assertThat(proof.encode()).hasSizeLessThan(1_024 + 1 + INCLUSION.toBytes().length);
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] encoded = proof(file("models/w.bin", 0644), Part.PATHS).encode();
    for (int bit = 0; bit < 8 * encoded.length; bit++) {
      byte[] flipped = Samples.flipped(encoded, bit);
      assertThatThrownBy(
              () ->
                  SnapshotProofVerifier.verify(
                      SnapshotProof.decode(flipped), Optional.of(ASSET), Optional.empty()))
          .as("bit %d", bit)
          .isInstanceOf(SnapshotBrokenException.class);
    }
  }

  @Test
  void everyCutAndLongerProofIsMalformed() {
    byte[] encoded = proof(file("models/w.bin", 0644), Part.PATHS).encode();
    for (int length = 0; length <= encoded.length + 3; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      if (length != encoded.length) {
        assertThatThrownBy(() -> SnapshotProof.decode(cut))
            .isInstanceOf(SnapshotBrokenException.class)
            .hasMessageContaining("malformed");
      }
    }
    assertThatThrownBy(() -> SnapshotProof.decode(new byte[SnapshotProof.BYTES_MAX + 1]))
        .hasMessageContaining("is over");
  }

  @Test
  void eachFailureHasItsOwnMessage() {
    SnapshotProof proof = proof(file("models/w.bin", 0644), Part.PATHS);
    assertFault(
        Fault.CONTENT, proof, Optional.of(Digest.of(new byte[] {1})), "the snapshot's is " + ASSET);
    assertFault(
        Fault.NOT_INCLUDED,
        new SnapshotProof(
            proof.claim(),
            proof.signature(),
            proof.key(),
            Part.PATHS,
            file("models/other.bin", 0644),
            INCLUSION),
        Optional.of(ASSET),
        "does not show that this entry of its path was in snapshot " + proof.claim().id());
    assertFault(
        Fault.SIGNATURE,
        new SnapshotProof(
            proof.claim(),
            Samples.flipped(proof.signature(), 3),
            proof.key(),
            Part.PATHS,
            proof.entry(),
            INCLUSION),
        Optional.of(ASSET),
        "the signature of snapshot");
    byte[] newer = proof.encode();
    newer[9] = 2;
    assertThatThrownBy(() -> SnapshotProof.decode(newer))
        .hasMessage("the proof is of version 2; this build reads 1");
    try (SigningKey other = Samples.key(2)) {
      assertThatThrownBy(
              () ->
                  SnapshotProofVerifier.verify(
                      proof, Optional.of(ASSET), Optional.of(other.publicKey())))
          .hasMessageContaining("not with the one that is trusted")
          .hasMessageContaining(SigningKeyId.of(other.publicKey()).hex());
    }
  }

  @Test
  void aForgerWithAKeyOfTheirOwnIsKnownByTheKey() throws Exception {
    try (SigningKey forger = Samples.key(7)) {
      SnapshotProof honest = proof(file("models/w.bin", 0644), Part.PATHS);
      SnapshotClaim claim = honest.claim();
      SnapshotClaim forged =
          new SnapshotClaim(
              claim.storeId(),
              claim.namespace(),
              claim.roots(),
              claim.createdAt(),
              claim.parents(),
              claim.notes(),
              SigningKeyId.of(forger.publicKey()));
      SnapshotProof proof =
          new SnapshotProof(
              forged,
              forger.sign(forged.toSign()),
              forger.publicKey(),
              Part.PATHS,
              honest.entry(),
              INCLUSION);

      SnapshotProofVerifier.verify(proof, Optional.of(ASSET), Optional.empty());
      assertThatThrownBy(
              () ->
                  SnapshotProofVerifier.verify(
                      proof, Optional.of(ASSET), Optional.of(key.publicKey())))
          .hasMessageContaining("not with the one that is trusted");
    }
  }

  private static void assertFault(
      Fault fault, SnapshotProof proof, Optional<Digest> content, String message) {
    assertThatThrownBy(() -> SnapshotProofVerifier.verify(proof, content, Optional.empty()))
        .isInstanceOfSatisfying(
            SnapshotBrokenException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e).hasMessageContaining(message);
            });
  }
}
