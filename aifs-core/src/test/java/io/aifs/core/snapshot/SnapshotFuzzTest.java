package io.aifs.core.snapshot;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.snapshot.SnapshotProof.Part;
import io.aifs.core.tree.InclusionProof;
import io.aifs.core.tree.InclusionProof.Step;
import io.aifs.crypto.Digest;
import io.aifs.crypto.SigningKey;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements, proofs and keys, which are checked by those who trust no server. */
class SnapshotFuzzTest {
  /** It was read, but its time could not be written. */
  private static final String AT_THE_EDGE_OF_TIME =
      "QUlGU05BUAAAAQAgNTcwN2UxZDAwMDAwMDAwMDAwMDAwMDAwMDQwMDAwMDEAC21vZGVsc18yMDI2rxNJufX5oaagQE3q"
          + "NtzJSZvLJcmtwRK3zJqTyuQfMmKvE0m59fmhpqBATeo23MlJm8slya3BErfMmpPK5B8yYgAAAAAAAAAAAAAAAAAA"
          + "AAAAAAAArxNJufX5oaagQE3qNtzJSZvLJcmtwRK3zJqTyuQfMmKvE0m59fmhpqBATeo23MlJm8slya3BErfMmpPK"
          + "5B8yYgAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAAAceCpkXNWSTHAuKzFLSaFqOOcZNxS49AjkP2sKhKxVcuD"
          + "VhrbOY/Yf45+2DMb/y/LAAAAAAAAAAA=";

  private static final SigningKey KEY = Samples.key(1);

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    SnapshotStatement full = Samples.full(KEY);
    SnapshotStatement least = Samples.least(KEY);
    PublicKey first = PublicKey.first(Samples.STORE, Samples.NAMESPACE, Samples.TIME, KEY);
    PublicKey second = first.endorse(KEY, Samples.key(2), Samples.TIME);
    Map<String, String> metadata = new TreeMap<>(Map.of("a", "1", "b", "\u00e9"));
    return List.of(
        FuzzTarget.bytes(
                SnapshotStatement.class,
                "decode",
                SnapshotStatement::decode,
                full.encode(),
                least.encode())
            .refusesWith(SnapshotBrokenException.class)
            .remembers(AT_THE_EDGE_OF_TIME)
            .hasOneForm(SnapshotStatement::encode),
        FuzzTarget.bytes(
                SnapshotClaim.class,
                "decode",
                SnapshotClaim::decode,
                full.claim().encode(),
                least.claim().encode())
            .refusesWith(SnapshotBrokenException.class)
            .hasOneForm(SnapshotClaim::encode),
        FuzzTarget.bytes(
                SnapshotNotes.class,
                "decode",
                SnapshotNotes::decode,
                SnapshotNotes.encode("Ada", "run 812", metadata),
                SnapshotNotes.encode("", "", Map.of()))
            .refusesWith(SnapshotBrokenException.class)
            .hasOneForm(
                notes -> SnapshotNotes.encode(notes.author(), notes.message(), notes.metadata())),
        FuzzTarget.bytes(
                PublicKey.class, "decode", PublicKey::decode, first.encode(), second.encode())
            .refusesWith(SnapshotBrokenException.class)
            .hasOneForm(PublicKey::encode)
            .costs(2),
        FuzzTarget.text(SigningKeyId.class, "new", SigningKeyId::new, "ab".repeat(16))
            .hasOneText(SigningKeyId::hex),
        FuzzTarget.bytes(SnapshotProof.class, "decode", SnapshotProof::decode, proof())
            .refusesWith(SnapshotBrokenException.class)
            .hasOneForm(SnapshotProof::encode),
        FuzzTarget.bytes(SnapshotVerifier.class, "verify", SnapshotFuzzTest::verified, signed(full))
            .refusesWith(SnapshotBrokenException.class)
            .costs(5));
  }

  private static byte[] proof() {
    SnapshotClaim claim = Samples.full(KEY).claim();
    PathEntry entry =
        new PathEntry(
            new TreePath("data/a.bin"),
            new TreeEntry.File(Samples.filled(7), AssetKind.TENSOR, 77, FileAttributes.PLAIN_FILE));
    InclusionProof inclusion =
        new InclusionProof(List.of(new Step(1, List.of(Samples.filled(1), Samples.filled(2)))));
    return new SnapshotProof(
            claim, KEY.sign(claim.toSign()), KEY.publicKey(), Part.PATHS, entry, inclusion)
        .encode();
  }

  private static byte[] signed(SnapshotStatement statement) {
    return statement.encode();
  }

  private static SnapshotClaim verified(byte[] bytes) throws SnapshotBrokenException {
    SnapshotStatement read = SnapshotStatement.decode(bytes);
    byte[] signature = Arrays.copyOf(Digest.of(bytes).toBytes(), SigningKey.SIGNATURE_BYTES);
    try {
      SnapshotVerifier.verify(read.claim(), signature, KEY.publicKey());
    } catch (SnapshotBrokenException _) {
      return read.claim();
    }
    throw new IllegalStateException("a digest is no signature");
  }
}
