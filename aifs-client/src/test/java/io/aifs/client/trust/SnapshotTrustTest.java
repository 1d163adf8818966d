package io.aifs.client.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.SnapshotSummary;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.Digest;
import io.aifs.crypto.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SnapshotTrustTest {
  private final SignedStore store = new SignedStore(SignedStore.ID, 1);
  private final SnapshotTrust trust = trust(KnownKeys.inMemory());

  private SnapshotTrust trust(KnownKeys pins) {
    return new SnapshotTrust(SignedStore.NAMESPACE, new KeyTrust(pins, "server"), store::keys);
  }

  @Test
  void trueSnapshotsAreBelievedAndKeysAskedForOnce() {
    for (int i = 0; i < 3; i++) {
      assertThat(trust.verify(store.snapshot())).isEqualTo(store.statement());
    }
    assertThat(store.asked).isEqualTo(1);
  }

  @Test
  void aKeyThatCameSinceIsAskedFor() {
    SnapshotSummary old = store.snapshot();
    trust.check(old);
    store.rotate(2);

    trust.check(store.snapshot());
    trust.check(old);

    assertThat(store.asked).isEqualTo(2);
  }

  @Test
  void aSignerThatIsNotOfTheNamespaceIsRefused() {
    SignedStore forger = new SignedStore(SignedStore.ID, 7);

    assertRefused(forger.snapshot(), "is none of namespace papers");
  }

  @Test
  void everyFlippedBitOfStatementAndSignatureIsRefused() {
    SnapshotSummary good = store.snapshot();
    for (int bit = 0; bit < 8 * good.statement().length; bit++) {
      SnapshotSummary bad = with(good, flipped(good.statement(), bit), good.signature());
      assertThatThrownBy(() -> trust.check(bad)).isInstanceOf(AifsException.class);
    }
    for (int bit = 0; bit < 8 * good.signature().length; bit++) {
      assertRefused(
          with(good, good.statement(), flipped(good.signature(), bit)),
          "the signature of snapshot " + good.id());
    }
  }

  @Test
  void everyFieldThatIsNotWhatWasSignedIsNamed() {
    SnapshotSummary good = store.snapshot();
    assertRefused(changed(good, "merkle"), "another merkle_root of snapshot");
    assertRefused(changed(good, "created"), "another created_at");
    assertRefused(changed(good, "parents"), "another parents");
    assertRefused(changed(good, "author"), "another author");
    assertRefused(changed(good, "message"), "another message");
    assertRefused(changed(good, "metadata"), "another metadata");
    assertRefused(changed(good, "signedBy"), "another signed_by");
    assertRefused(changed(good, "namespace"), "another namespace");
    assertRefused(changed(good, "entries"), "another sums");
    assertRefused(changed(good, "id"), "is that of snapshot " + good.id());
  }

  @Test
  void aTrueSnapshotOfAnotherStoreIsRefused() {
    SignedStore other = new SignedStore("0".repeat(32), 1);

    assertRefused(other.snapshot(), "another store of snapshot");
  }

  @Test
  void aPinnedKeyThatChangedIsSaid() {
    KnownKeys pins = KnownKeys.inMemory();
    trust(pins).check(store.snapshot());
    SignedStore impostor = new SignedStore(SignedStore.ID, 9);
    SnapshotTrust next =
        new SnapshotTrust(SignedStore.NAMESPACE, new KeyTrust(pins, "server"), impostor::keys);

    assertThatThrownBy(() -> next.check(impostor.snapshot()))
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class, e -> assertThat(e.reason()).isEqualTo(Reason.KEY_CHANGED));
  }

  @Test
  void aLaterVersionIsNotCalledDamaged() {
    SnapshotSummary good = store.snapshot();
    byte[] newer = good.statement();
    newer[9] = 2;

    assertThatThrownBy(() -> trust.check(with(good, newer, good.signature())))
        .isInstanceOf(AifsException.Unsupported.class)
        .hasMessageContaining("version 2");
  }

  private void assertRefused(SnapshotSummary snapshot, String message) {
    assertThatThrownBy(() -> trust.check(snapshot))
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.SNAPSHOT_DAMAGED);
              assertThat(e).hasMessageContaining(message);
            });
  }

  private static SnapshotSummary with(SnapshotSummary good, byte[] statement, byte[] signature) {
    return new SnapshotSummary(
        good.id(),
        good.namespace(),
        good.merkleRoot(),
        good.createdAt(),
        good.parents(),
        good.author(),
        good.message(),
        good.metadata(),
        good.signedBy(),
        statement,
        signature,
        good.entries(),
        good.contentBytes(),
        good.unnamed());
  }

  private static SnapshotSummary changed(SnapshotSummary good, String field) {
    return new SnapshotSummary(
        field.equals("id") ? new SnapshotId("0".repeat(32)) : good.id(),
        field.equals("namespace") ? new Name("other") : good.namespace(),
        field.equals("merkle") ? Digest.of(new byte[] {9}) : good.merkleRoot(),
        field.equals("created") ? Instant.EPOCH : good.createdAt(),
        field.equals("parents") ? List.of() : good.parents(),
        field.equals("author") ? "eve" : good.author(),
        field.equals("message") ? "other" : good.message(),
        field.equals("metadata") ? Map.of() : good.metadata(),
        field.equals("signedBy") ? "0".repeat(32) : good.signedBy(),
        good.statement(),
        good.signature(),
        field.equals("entries") ? good.entries() + 1 : good.entries(),
        good.contentBytes(),
        good.unnamed());
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }

  @Test
  void aSignatureOverAnotherTextIsNone() {
    SigningKey key = SignedStore.key(1);
    SnapshotSummary good = store.snapshot();

    assertRefused(
        with(good, good.statement(), key.sign(good.statement())), "the signature of snapshot");
  }
}
