package io.aifs.core.snapshot;

import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The keys and statements of {@code make_fixtures.py}. */
final class Samples {
  static final String STORE = "5707e1d0000000000000000000000001";
  static final Name NAMESPACE = new Name("models_2026");
  static final Instant TIME = Instant.parse("2026-11-26T08:00:00.123456Z");

  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_BYTES];
    Arrays.fill(seed, (byte) number);
    return SigningKey.fromSeed(seed);
  }

  static SnapshotStatement full(SigningKey key) {
    TreeRoot paths = new TreeRoot(filled(1), filled(2), 1_000_000, 1L << 40, 200);
    TreeRoot unnamed = new TreeRoot(filled(3), filled(4), 7, 70, 64);
    return new SnapshotStatement(
        STORE,
        NAMESPACE,
        new SnapshotRoots(paths, unnamed),
        TIME,
        List.of(new SnapshotId("a1".repeat(16)), new SnapshotId("b2".repeat(16))),
        "Ada",
        "run 812: more \u00e4pfel",
        Map.of("b", "2", "a", "1", "\uff5e", "after", "\ud83d\ude00", "last"),
        SigningKeyId.of(key.publicKey()));
  }

  static SnapshotStatement least(SigningKey key) {
    return new SnapshotStatement(
        STORE,
        NAMESPACE,
        SnapshotRoots.EMPTY,
        Instant.EPOCH,
        List.of(),
        "",
        "",
        Map.of(),
        SigningKeyId.of(key.publicKey()));
  }

  static Digest filled(int value) {
    byte[] bytes = new byte[Digest.BYTES];
    Arrays.fill(bytes, (byte) value);
    return Digest.fromBytes(bytes);
  }

  static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }

  static byte[] fixture(String name) throws IOException {
    try (InputStream in = Samples.class.getResourceAsStream("/snapshot/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private Samples() {}
}
