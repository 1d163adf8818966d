package io.aifs.core.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.Name;
import io.aifs.core.snapshot.SnapshotBrokenException.Fault;
import io.aifs.crypto.SigningKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyChainTest {
  private final List<PublicKey> keys = chain(5);

  private static List<PublicKey> chain(int length) {
    List<PublicKey> keys = new ArrayList<>();
    keys.add(PublicKey.first(Samples.STORE, Samples.NAMESPACE, Samples.TIME, Samples.key(1)));
    for (int i = 2; i <= length; i++) {
      keys.add(
          keys.getLast().endorse(Samples.key(i - 1), Samples.key(i), Samples.TIME.plusSeconds(i)));
    }
    return keys;
  }

  @Test
  void aChainOfFiveIsTrustedAndItsKeysAreFound() throws Exception {
    KeyChain chain = KeyChain.of(Samples.STORE, Samples.NAMESPACE, keys);

    assertThat(chain.current()).isSameAs(keys.get(4));
    for (int i = 0; i < 5; i++) {
      SigningKeyId id = SigningKeyId.of(Samples.key(i + 1).publicKey());
      assertThat(chain.find(id)).contains(keys.get(i));
    }
    assertThat(chain.find(SigningKeyId.of(Samples.key(9).publicKey()))).isEmpty();
  }

  @Test
  void whatAnotherProgramWroteIsReadAndWrittenByteForByte() throws Exception {
    for (int i = 0; i < 2; i++) {
      byte[] fixture = Samples.fixture("key-" + (i + 1) + ".public");

      assertThat(keys.get(i).encode()).isEqualTo(fixture);
      assertThat(PublicKey.decode(fixture)).usingRecursiveComparison().isEqualTo(keys.get(i));
    }
  }

  @Test
  void everyFlippedBitOfAKeysPublicPartIsNoticed() {
    for (PublicKey key : keys.subList(0, 2)) {
      byte[] encoded = key.encode();
      int unendorsed = encoded.length - key.endorsement().length;
      for (int bit = 0; bit < 8 * encoded.length; bit++) {
        byte[] flipped = Samples.flipped(encoded, bit);
        if (bit < 8 * unendorsed) { // the rest shows against the key before
          assertThatThrownBy(() -> PublicKey.decode(flipped))
              .as("bit %d", bit)
              .isInstanceOf(SnapshotBrokenException.class);
        } else {
          assertThatThrownBy(
                  () ->
                      KeyChain.of(
                          Samples.STORE,
                          Samples.NAMESPACE,
                          List.of(keys.get(0), PublicKey.decode(flipped))))
              .hasMessageContaining("is not endorsed by the one before it");
        }
      }
    }
  }

  @Test
  void aMissingKeyIsNamed() {
    assertBroken(keys.subList(1, 5), Fault.ENDORSEMENT, keys.get(0).id() + ", which was before");
    assertBroken(
        List.of(keys.get(0), keys.get(2)),
        Fault.ENDORSEMENT,
        "came after " + keys.get(1).id() + ", not after " + keys.get(0).id());
    assertBroken(List.of(), Fault.ENDORSEMENT, "has no signing key");
  }

  @Test
  void aForgedEndorsementIsNoticed() {
    PublicKey first = keys.get(0);
    PublicKey forged = first.endorse(Samples.key(7), Samples.key(8), Samples.TIME);

    assertBroken(List.of(first, forged), Fault.ENDORSEMENT, forged.id() + " is not endorsed");
  }

  @Test
  void nobodyCanPutAKeyBeforeOneWithoutItsConsent() {
    PublicKey own = PublicKey.first(Samples.STORE, Samples.NAMESPACE, Samples.TIME, Samples.key(7));
    PublicKey honest = own.endorse(Samples.key(7), Samples.key(1), Samples.TIME);
    PublicKey forged =
        new PublicKey(
            honest.statement(),
            Samples.key(7).sign(honest.statement().toSign()),
            honest.endorsement());

    assertBroken(List.of(own, forged), Fault.SIGNATURE, "has not signed what is said about it");
  }

  @Test
  void aKeyOfAnotherNamespaceOrStoreIsRefused() {
    assertThatThrownBy(() -> KeyChain.of(Samples.STORE, new Name("other"), keys))
        .hasMessageContaining("is of namespace models_2026 in store");
    assertThatThrownBy(() -> KeyChain.of("0".repeat(32), Samples.NAMESPACE, keys))
        .hasMessageContaining("not of models_2026 in " + "0".repeat(32));
  }

  @Test
  void aCircleIsRefused() {
    PublicKey again = keys.get(1).endorse(Samples.key(2), Samples.key(1), Samples.TIME);

    assertBroken(List.of(keys.get(0), keys.get(1), again), Fault.ENDORSEMENT, "is there twice");
  }

  @Test
  void anEndorsementIsNoSnapshotSignature() {
    SigningKey key = Samples.key(1);
    byte[] endorsing = keys.get(1).endorsement();

    assertThat(key.publicKey().verify(Samples.full(key).toSign(), endorsing)).isFalse();
    assertThat(keys.get(1).statement().toSign()).startsWith("aifs signing key v1".getBytes(UTF_8));
    assertThat(Samples.full(key).toSign()).startsWith("aifs snapshot v1".getBytes(UTF_8));
  }

  private static void assertBroken(List<PublicKey> keys, Fault fault, String message) {
    assertThatThrownBy(() -> KeyChain.of(Samples.STORE, Samples.NAMESPACE, keys))
        .isInstanceOfSatisfying(
            SnapshotBrokenException.class,
            e -> {
              assertThat(e.fault()).isEqualTo(fault);
              assertThat(e).hasMessageContaining(message);
            });
  }
}
