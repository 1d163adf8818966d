package io.aifs.core.snapshot;

import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.crypto.Digest;
import io.aifs.crypto.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Checks snapshot proofs; needs no store. */
public final class SnapshotProofVerifier {
  private SnapshotProofVerifier() {}

  /**
   * Returns if the proof shows that its entry, with this content, was in its snapshot, and its key,
   * or {@code trusted} if that is given, signed it.
   *
   * @param content digest of the bytes that a file, or a symbolic link's target, must have; empty
   *     to check the entry alone
   * @throws SnapshotBrokenException saying what does not fit
   */
  public static void verify(
      SnapshotProof proof, Optional<Digest> content, Optional<VerifyingKey> trusted)
      throws SnapshotBrokenException {
    if (trusted.isPresent() && !trusted.get().equals(proof.key())) {
      throw new SnapshotBrokenException(
          Fault.OTHER_KEY,
          "the proof is signed with key "
              + SigningKeyId.of(proof.key())
              + ", not with the one that is trusted, "
              + SigningKeyId.of(trusted.get()));
    }
    SnapshotVerifier.verify(proof.claim(), proof.signature(), proof.key());
    requireIncluded(proof);
    if (content.isPresent()) {
      requireContent(proof.entry(), content.get());
    }
  }

  private static void requireIncluded(SnapshotProof proof) throws SnapshotBrokenException {
    PathEntry entry = proof.entry();
    if (proof.root().isEmpty() || !proof.inclusion().rootOf(entry).equals(proof.root().merkle())) {
      throw new SnapshotBrokenException(
          Fault.NOT_INCLUDED,
          "the proof does not show that "
              + named(proof)
              + " was in snapshot "
              + proof.claim().id());
    }
    if (proof.part() == SnapshotProof.Part.UNNAMED
        && !(entry.entry() instanceof TreeEntry.File file
            && file.asset().hex().equals(entry.path().value()))) {
      throw new SnapshotBrokenException(
          Fault.NOT_INCLUDED, "the proof's unnamed asset is not the one that its entry names");
    }
  }

  private static String named(SnapshotProof proof) {
    return proof.part() == SnapshotProof.Part.PATHS ? "this entry of its path" : "this asset";
  }

  private static void requireContent(PathEntry entry, Digest content)
      throws SnapshotBrokenException {
    Digest expected =
        switch (entry.entry()) {
          case TreeEntry.File file -> file.asset();
          case TreeEntry.Symlink link -> Digest.of(link.target().getBytes(StandardCharsets.UTF_8));
          case TreeEntry.Directory _ ->
              throw new SnapshotBrokenException(
                  Fault.CONTENT, "the proof is of a directory, which has no content");
        };
    if (!expected.equals(content)) {
      throw new SnapshotBrokenException(
          Fault.CONTENT, "the content is " + content + ", the snapshot's is " + expected);
    }
  }
}
