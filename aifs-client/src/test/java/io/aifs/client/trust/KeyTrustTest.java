package io.aifs.client.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.snapshot.SigningKeyId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyTrustTest {
  private static final String ADDRESS = "127.0.0.1:7443";

  private final KnownKeys pins = KnownKeys.inMemory();
  private final KeyTrust trust = new KeyTrust(pins, ADDRESS);

  private static KnownKey pin(int number) {
    return new KnownKey(
        ADDRESS, SignedStore.ID, SignedStore.NAMESPACE, SignedStore.key(number).publicKey());
  }

  private static SigningKeyId id(int number) {
    return SigningKeyId.of(SignedStore.key(number).publicKey());
  }

  @Test
  void theFirstKeyIsPinnedAndPassesAgain() {
    SignedStore store = new SignedStore(SignedStore.ID, 1);

    assertThat(trust.believe(store.keys()).current().id()).isEqualTo(id(1));
    assertThat(pins.all()).containsExactly(pin(1));
    assertThat(trust.believe(store.keys()).current().id()).isEqualTo(id(1));
  }

  @Test
  void aKeyThatThePinnedOneEndorsedIsPinnedInItsPlace() {
    SignedStore store = new SignedStore(SignedStore.ID, 1);
    trust.believe(store.keys());
    for (int number = 2; number <= 5; number++) {
      store.rotate(number);
    }

    assertThat(trust.believe(store.keys()).find(id(1))).isPresent();
    assertThat(pins.all()).containsExactly(pin(5));
  }

  @Test
  void aKeyWithoutAnEndorsementIsRefusedWithWhatItMayMean() {
    trust.believe(new SignedStore(SignedStore.ID, 1).keys());

    assertRefused(new SignedStore(SignedStore.ID, 2), id(1).hex(), id(2).hex(), "not endorsed");
    assertThat(pins.all()).containsExactly(pin(1));
  }

  @Test
  void anOlderStateWithoutThePinnedKeyIsRefused() {
    SignedStore store = new SignedStore(SignedStore.ID, 1, 2);
    trust.believe(store.keys());

    assertRefused(new SignedStore(SignedStore.ID, 1), id(2).hex(), id(1).hex());
  }

  @Test
  void anotherStoreAtTheAddressIsRefused() {
    trust.believe(new SignedStore(SignedStore.ID, 1).keys());

    assertRefused(
        new SignedStore("0".repeat(32), 1),
        ADDRESS + " was store " + SignedStore.ID,
        "it is store " + "0".repeat(32));
  }

  @Test
  void otherAddressesHavePinsOfTheirOwn() {
    trust.believe(new SignedStore(SignedStore.ID, 1).keys());
    new KeyTrust(pins, "other:1").believe(new SignedStore("0".repeat(32), 2).keys());

    assertThat(pins.all()).hasSize(2);
  }

  @Test
  void whatTheUserAcceptsIsPinned() {
    trust.believe(new SignedStore(SignedStore.ID, 1).keys());
    SignedStore other = new SignedStore("0".repeat(32), 2);

    trust.accept(other.keys());

    assertThat(pins.all()).extracting(KnownKey::id).containsExactly(id(2));
    assertThat(trust.believe(other.keys()).current().id()).isEqualTo(id(2));
  }

  @Test
  void keysThatDoNotEndorseEachOtherAreRefusedAtFirstSight() {
    SignedStore store = new SignedStore(SignedStore.ID, 1, 2);
    ServerKeys cut =
        new ServerKeys(SignedStore.ID, SignedStore.NAMESPACE, store.keys().keys().subList(1, 2));

    assertThatThrownBy(() -> trust.believe(cut))
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.SNAPSHOT_DAMAGED))
        .hasMessageContaining("do not fit each other");
    assertThat(pins.all()).isEmpty();
  }

  @Test
  void ofTwoFirstSightsAtOnceOneIsBelieved(@TempDir Path directory) throws Exception {
    for (int round = 0; round < 10; round++) {
      KnownKeys shared = KnownKeys.inFile(directory.resolve("keys-" + round));
      List<Callable<Boolean>> both = new ArrayList<>();
      for (int number = 1; number <= 2; number++) {
        SignedStore store = new SignedStore(SignedStore.ID, number);
        both.add(() -> isBelieved(new KeyTrust(shared, ADDRESS), store));
      }
      int believed = 0;
      try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
        for (Future<Boolean> each : threads.invokeAll(both)) {
          believed += each.get() ? 1 : 0;
        }
      }
      assertThat(believed).isEqualTo(1);
      assertThat(shared.all()).hasSize(1);
    }
  }

  private static boolean isBelieved(KeyTrust trust, SignedStore store) {
    try {
      trust.believe(store.keys());
      return true;
    } catch (AifsException.Corrupt _) {
      return false;
    }
  }

  private void assertRefused(SignedStore store, String... words) {
    assertThatThrownBy(() -> trust.believe(store.keys()))
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.KEY_CHANGED);
              assertThat(e.hint()).contains("aifs trust");
              assertThat(e).hasMessageContainingAll(words);
            });
  }
}
