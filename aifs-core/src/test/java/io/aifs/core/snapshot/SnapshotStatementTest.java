package io.aifs.core.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.Limits;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.crypto.Digest;
import io.aifs.crypto.SigningKey;
import io.aifs.crypto.testing.SeededTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SnapshotStatementTest {
  private final SigningKey key = Samples.key(1);
  private final SnapshotStatement full = Samples.full(key);
  private final SnapshotId id = full.id();
  private final byte[] encoded = full.encode();
  private final byte[] signature = key.sign(full.toSign());

  @Test
  void whatAnotherProgramWroteIsReadAndWrittenByteForByte() throws Exception {
    for (SnapshotStatement statement : List.of(full, Samples.least(key))) {
      String name = statement.parents().isEmpty() ? "least" : "full";
      byte[] fixture = Samples.fixture(name + ".statement");

      assertThat(statement.encode()).isEqualTo(fixture);
      assertThat(SnapshotStatement.decode(fixture)).isEqualTo(statement);
      assertThat(key.sign(statement.toSign())).isEqualTo(Samples.fixture(name + ".signature"));
      assertThat(statement.id().hex())
          .isEqualTo(new String(Samples.fixture(name + ".id"), UTF_8).strip());
    }
  }

  @Test
  void theIdIsOfTheMerkleRootAndTheTimeAsOnTheWire() {
    String text = full.merkleRoot().hex() + ":2026-11-26T08:00:00.123456+00:00";

    assertThat(full.id().hex()).isEqualTo(Digest.of(text.getBytes(UTF_8)).hex().substring(0, 32));
    assertThat(full.claim().id()).isEqualTo(full.id());
  }

  @Test
  void aTrueSnapshotVerifies() throws Exception {
    SignedSnapshot verified = SnapshotVerifier.verify(id, encoded, signature, key.publicKey());

    assertThat(verified.statement()).isEqualTo(full);
    assertThat(verified.signature()).isEqualTo(signature);
  }

  @Test
  void everyFlippedBitOfTheStatementIsNoticed() {
    for (int bit = 0; bit < 8 * encoded.length; bit++) {
      byte[] flipped = Samples.flipped(encoded, bit);
      assertThatThrownBy(() -> SnapshotVerifier.verify(id, flipped, signature, key.publicKey()))
          .as("bit %d", bit)
          .isInstanceOf(SnapshotBrokenException.class);
    }
  }

  @Test
  void everyFlippedBitOfTheSignatureSaysThatItIsTheSignature() {
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      byte[] flipped = Samples.flipped(signature, bit);
      assertFault(Fault.SIGNATURE, encoded, flipped, key, "signature of snapshot " + id);
    }
  }

  @Test
  void eachFailureHasItsOwnMessage() {
    try (SigningKey other = Samples.key(2)) {
      assertFault(
          Fault.OTHER_KEY,
          encoded,
          signature,
          other,
          "key " + full.signedBy() + " signed it, not " + SigningKeyId.of(other.publicKey()));
      SnapshotStatement forged = Samples.full(other);
      assertFault(
          Fault.OTHER_KEY, forged.encode(), other.sign(forged.toSign()), key, "signed it, not");
    }
    byte[] newer = encoded.clone();
    newer[9] = 2;
    assertFault(Fault.NEWER, newer, signature, key, "version 2; this build reads 1");
    assertFault(Fault.MALFORMED, new byte[0], signature, key, "does not begin as one");
    byte[] notes = Samples.flipped(encoded, 8 * (encoded.length - 1));
    assertFault(Fault.MALFORMED, notes, signature, key, "author, message or metadata were changed");
    SnapshotStatement least = Samples.least(key);
    assertFault(
        Fault.OTHER_SNAPSHOT,
        least.encode(),
        key.sign(least.toSign()),
        key,
        "is that of snapshot " + least.id() + ", not of " + id);
  }

  private void assertFault(
      Fault fault, byte[] statement, byte[] signed, SigningKey by, String message) {
    assertThatThrownBy(() -> SnapshotVerifier.verify(id, statement, signed, by.publicKey()))
        .isInstanceOfSatisfying(
            SnapshotBrokenException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e).hasMessageContaining(message);
            });
  }

  @Test
  void aSignatureOverSomethingElseIsNone() {
    byte[] withoutPrefix = key.sign(full.claim().encode());

    assertFault(Fault.SIGNATURE, encoded, withoutPrefix, key, "signature of snapshot");
  }

  @Test
  void everyCutAndLongerStatementIsRefused() {
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThatThrownBy(() -> SnapshotStatement.decode(cut))
          .isInstanceOf(SnapshotBrokenException.class);
    }
    assertThatThrownBy(() -> SnapshotStatement.decode(Arrays.copyOf(encoded, encoded.length + 1)))
        .isInstanceOf(SnapshotBrokenException.class);
  }

  @Test
  void notesInAnotherOrderAreRefusedEvenWhereTheDigestFits() {
    byte[] notes = {0, 0, 0, 0, 0, 0, 0, 2, 0, 1, 'b', 0, 0, 0, 0, 0, 1, 'a', 0, 0, 0, 0};
    byte[] claim = claimOf(notes).encode();
    byte[] statement = new FieldWriter().bytes(claim).bytes(notes).toBytes();

    assertThatThrownBy(() -> SnapshotStatement.decode(statement))
        .isInstanceOf(SnapshotBrokenException.class)
        .hasMessageContaining("one encoding");
  }

  private SnapshotClaim claimOf(byte[] notes) {
    SnapshotStatement least = Samples.least(key);
    return new SnapshotClaim(
        least.storeId(),
        least.namespace(),
        least.roots(),
        least.createdAt(),
        List.of(),
        Digest.of(notes),
        least.signedBy());
  }

  @Test
  void whatIsOverALimitOrHasNoUtf8FormIsRefused() {
    assertRefused("author", "x".repeat(Limits.AUTHOR_BYTES_MAX + 1), "", Map.of(), List.of());
    assertRefused(
        "message", "", "x".repeat(Limits.MESSAGE_TEXT_BYTES_MAX + 1), Map.of(), List.of());
    assertRefused("valid Unicode", "\ud800", "", Map.of(), List.of());
    assertRefused("valid Unicode", "", "", Map.of("k", "\udc00"), List.of());
    assertRefused(
        "metadata key",
        "",
        "",
        Map.of("k".repeat(Limits.METADATA_KEY_BYTES_MAX + 1), ""),
        List.of());
    List<SnapshotId> parents = new ArrayList<>();
    for (int i = 0; i <= Limits.SNAPSHOT_PARENTS_MAX; i++) {
      parents.add(new SnapshotId("%032x".formatted(i)));
    }
    assertRefused("parents", "", "", Map.of(), parents);
  }

  private void assertRefused(
      String what,
      String author,
      String message,
      Map<String, String> metadata,
      List<SnapshotId> parents) {
    assertThatThrownBy(
            () ->
                new SnapshotStatement(
                    Samples.STORE,
                    Samples.NAMESPACE,
                    full.roots(),
                    Samples.TIME,
                    parents,
                    author,
                    message,
                    metadata,
                    full.signedBy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what);
  }

  @Test
  void randomStatementsComeBackEqual() {
    SeededTest.run(
        200,
        random -> {
          Map<String, String> metadata = new HashMap<>();
          for (int i = random.nextInt(20); i > 0; i--) {
            metadata.put(text(random), text(random));
          }
          SnapshotStatement statement =
              new SnapshotStatement(
                  Samples.STORE,
                  Samples.NAMESPACE,
                  full.roots(),
                  Instant.ofEpochSecond(random.nextLong(-1L << 33, 1L << 33), 1_000),
                  List.of(),
                  text(random),
                  text(random),
                  metadata,
                  full.signedBy());
          assertThat(SnapshotStatement.decode(statement.encode())).isEqualTo(statement);
        });
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.appendCodePoint(random.nextInt(2) == 0 ? random.nextInt(0xd800) : 0x1F600 + i);
    }
    return text.toString();
  }

  @Test
  void randomBytesAreNeverAStatement() {
    SeededTest.run(
        500,
        random -> {
          byte[] bytes = encoded.clone();
          int at = 10 + random.nextInt(bytes.length - 10);
          byte[] noise = SeededTest.bytes(random, Math.min(8, bytes.length - at));
          System.arraycopy(noise, 0, bytes, at, noise.length);
          if (!Arrays.equals(bytes, encoded)) {
            assertThatThrownBy(() -> SnapshotVerifier.verify(id, bytes, signature, key.publicKey()))
                .isInstanceOf(SnapshotBrokenException.class);
          }
        });
  }
}
