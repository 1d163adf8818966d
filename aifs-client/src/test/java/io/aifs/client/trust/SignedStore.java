package io.aifs.client.trust;

import io.aifs.client.SnapshotSummary;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.core.snapshot.SigningKeyId;
import io.aifs.core.snapshot.SnapshotStatement;
import io.aifs.core.tree.SnapshotRoots;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.SigningKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A store's namespace that signs, with keys that follow from numbers. */
final class SignedStore {
  static final String ID = "5707e1d0000000000000000000000001";
  static final Name NAMESPACE = new Name("papers");
  static final Instant TIME = Instant.parse("2026-11-26T08:00:00.123456Z");

  private final String id;
  private final List<Integer> numbers = new ArrayList<>();
  private final List<PublicKey> keys = new ArrayList<>();

  /** How often somebody asked for the keys. */
  int asked;

  SignedStore(String id, int... numbers) {
    this.id = id;
    Arrays.stream(numbers).forEach(this::rotate);
  }

  static SigningKey key(int number) {
    byte[] seed = new byte[SigningKey.SEED_BYTES];
    Arrays.fill(seed, (byte) number);
    return SigningKey.fromSeed(seed);
  }

  void rotate(int number) {
    keys.add(
        keys.isEmpty()
            ? PublicKey.first(id, NAMESPACE, TIME, key(number))
            : keys.getLast().endorse(key(numbers.getLast()), key(number), TIME));
    numbers.add(number);
  }

  ServerKeys keys() {
    asked++;
    return new ServerKeys(id, NAMESPACE, keys);
  }

  SnapshotStatement statement() {
    Digest digest = Digest.of(new byte[] {1});
    return new SnapshotStatement(
        id,
        NAMESPACE,
        new SnapshotRoots(new TreeRoot(digest, digest, 3, 4, 5), TreeRoot.EMPTY),
        TIME,
        List.of(new SnapshotId("a1".repeat(16))),
        "ada",
        "message",
        Map.of("k", "v"),
        SigningKeyId.of(key(numbers.getLast()).publicKey()));
  }

  SnapshotSummary snapshot() {
    SnapshotStatement statement = statement();
    return summary(statement, key(numbers.getLast()).sign(statement.toSign()));
  }

  static SnapshotSummary summary(SnapshotStatement statement, byte[] signature) {
    return new SnapshotSummary(
        statement.id(),
        statement.namespace(),
        statement.merkleRoot(),
        statement.createdAt(),
        statement.parents(),
        statement.author(),
        statement.message(),
        statement.metadata(),
        statement.signedBy().hex(),
        statement.encode(),
        signature,
        statement.roots().paths().entries(),
        statement.roots().paths().bytes(),
        statement.roots().unnamed().entries());
  }
}
