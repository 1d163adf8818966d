package io.aifs.server.keys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.core.snapshot.KeyChain;
import io.aifs.core.snapshot.PublicKey;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.KeyFile;
import io.aifs.crypto.RootKey;
import io.aifs.crypto.SigningKey;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.file.Disk;
import io.aifs.server.file.MemoryDisk;
import io.aifs.server.file.RecordingDisk;
import io.aifs.server.file.Timeline;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SigningKeyringTest {
  private static final DomainId DOMAIN = DomainId.parse("00112233445566778899aabbccddeeff");
  private static final Name NAMESPACE = new Name("models_2026.x");
  private static final String STORE = "5707e1d0000000000000000000000001";
  private static final String FIRST = "keys/" + DOMAIN + "/signing.models_2026.x.1.key";
  private static final String SECOND = "keys/" + DOMAIN + "/signing.models_2026.x.2.key";
  private static final byte[] MESSAGE = {1, 2, 3};

  private final Disk disk = new MemoryDisk();
  private final RecordedRandom random = new RecordedRandom();
  private final RootKey rootKey = RootKey.generate(random);
  private final SwitchedKeyService keyService =
      new SwitchedKeyService(new LocalKeyService(disk, rootKey, random));
  private final SigningKeyring keyring = keyring(disk);

  private SigningKeyring keyring(Disk on) {
    return new SigningKeyring(on, keyService, STORE, random, Clock.systemUTC());
  }

  @Test
  void aCreatedKeySignsAfterAnotherStart() throws Exception {
    assertThat(keyring.chain(DOMAIN, NAMESPACE)).isEmpty();
    PublicKey created = keyring.create(DOMAIN, NAMESPACE).current();
    KeyChain loaded = keyring(disk).chain(DOMAIN, NAMESPACE).orElseThrow();

    assertThat(loaded.current().id()).isEqualTo(created.id());
    assertSigns(loaded, loaded.current());
    assertThat(DiskBytes.files(disk, "keys/" + DOMAIN)).containsExactly(FIRST);
  }

  @Test
  void fiveRotationsLeaveAChainWhoseEveryKeySigns() throws Exception {
    KeyChain chain = rotated(5);

    assertThat(chain.keys()).hasSize(6);
    for (PublicKey key : chain.keys()) {
      assertSigns(chain, key);
    }
  }

  private KeyChain rotated(int times) throws IOException {
    keyring.create(DOMAIN, NAMESPACE);
    for (int i = 0; i < times; i++) {
      keyring.rotate(DOMAIN, keyring.chain(DOMAIN, NAMESPACE).orElseThrow());
    }
    return keyring.chain(DOMAIN, NAMESPACE).orElseThrow();
  }

  private void assertSigns(KeyChain chain, PublicKey key) throws IOException {
    try (SigningKey own = keyring.unwrap(DOMAIN, chain, key.id())) {
      assertThat(key.key().verify(MESSAGE, own.sign(MESSAGE))).isTrue();
    }
  }

  @Test
  void namespacesOfOneDomainHaveKeysOfTheirOwn() throws Exception {
    Name other = new Name("models_2026");
    KeyChain one = keyring.create(DOMAIN, NAMESPACE);
    KeyChain two = keyring.create(DOMAIN, other);
    byte[] file = DiskBytes.read(disk, FIRST);

    assertThat(one.current().id()).isNotEqualTo(two.current().id());
    assertThat(keyring.files(DOMAIN, NAMESPACE)).containsOnlyKeys(FIRST);
    DiskBytes.overwrite(disk, "keys/" + DOMAIN + "/signing.models_2026.1.key", file);
    assertDamaged(
        () -> keyring.chain(DOMAIN, other),
        "signing.models_2026.1.key is damaged: it is not the signing key that its name says");
  }

  @Test
  void publicHalvesNeedNoKeyService() throws Exception {
    rotated(2);
    int before = keyService.unwraps();
    keyService.destroy(DOMAIN.hex());

    KeyChain chain = keyring.chain(DOMAIN, NAMESPACE).orElseThrow();

    assertThat(chain.keys()).hasSize(3);
    assertThat(keyService.unwraps()).isEqualTo(before);
    assertDamaged(() -> keyring.unwrap(DOMAIN, chain, chain.current().id()), "cannot be unwrapped");
    assertDamaged(() -> keyring.rotate(DOMAIN, chain), "cannot be unwrapped");
  }

  @Test
  void everyFlippedBitOfAFileIsNoticedAndHealedByItsCopy() throws Exception {
    rotated(1);
    KeyCopies copies = new KeyCopies(disk);
    for (Map.Entry<String, byte[]> copy : keyring.files(DOMAIN, NAMESPACE).entrySet()) {
      for (int bit = 0; bit < 8 * copy.getValue().length; bit++) {
        DiskBytes.overwrite(disk, copy.getKey(), flipped(copy.getValue(), bit));
        assertDamaged(() -> keyring.chain(DOMAIN, NAMESPACE), copy.getKey() + " is damaged");
      }
      copies.restore(copy.getKey(), copy.getValue());
    }
    assertThat(keyring.chain(DOMAIN, NAMESPACE).orElseThrow().keys()).hasSize(2);
  }

  @Test
  void whatAForgerGivesARightChecksumIsNoticedToo() throws Exception {
    KeyChain chain = rotated(1);
    for (String name : new String[] {FIRST, SECOND}) {
      byte[] file = DiskBytes.read(disk, name);
      int checked = file.length - Digest.BYTES;
      for (int bit = 8 * 11; bit < 8 * checked; bit += 7) {
        byte[] forged = flipped(file, bit);
        Digest.of(forged, 0, checked).writeTo(forged, checked);
        DiskBytes.overwrite(disk, name, forged);
        assertThatThrownBy(
                () -> {
                  KeyChain found = keyring.chain(DOMAIN, NAMESPACE).orElseThrow();
                  keyring.unwrap(DOMAIN, found, chain.keys().get(name.equals(FIRST) ? 0 : 1).id());
                })
            .as("bit %d of %s", bit, name)
            .isInstanceOf(AifsException.class)
            .hasMessageContaining(name);
      }
      DiskBytes.overwrite(disk, name, file);
    }
  }

  @Test
  void aLostFileIsNamed() throws Exception {
    rotated(2);
    disk.delete(SECOND);

    assertDamaged(() -> keyring.chain(DOMAIN, NAMESPACE), SECOND + " is missing");
  }

  @Test
  void aCopyThatIsNotOfItsNameIsRefused() throws Exception {
    rotated(1);
    KeyCopies copies = new KeyCopies(disk);
    byte[] second = DiskBytes.read(disk, SECOND);

    assertDamaged(() -> copies.requireIntact(FIRST, second), "not the signing key that its name");
    assertThat(KeyFile.decode(second).toString()).contains("SIGNING 2 of " + DOMAIN);
  }

  @Test
  void aKeyServiceThatFailsLeavesTheOldKey() throws Exception {
    KeyChain chain = keyring.create(DOMAIN, NAMESPACE);
    keyService.failWrapsAfter(0);

    assertThatThrownBy(() -> keyring.rotate(DOMAIN, chain))
        .isInstanceOf(AifsException.Unavailable.class);
    assertThat(keyring.chain(DOMAIN, NAMESPACE).orElseThrow().keys()).hasSize(1);
  }

  @Test
  void aPowerCutDuringARotationLeavesTheOldKeyOrTheNewOne() {
    int[] found = new int[3];
    SeededTest.run(
        300,
        seeded -> {
          Timeline timeline = new Timeline(false);
          RecordingDisk cut = new RecordingDisk(timeline, new Random(seeded.nextLong()));
          RootKey root = RootKey.generate(random);
          LocalKeyService service = new LocalKeyService(cut, root, random);
          SigningKeyring before =
              new SigningKeyring(cut, service, STORE, random, Clock.systemUTC());
          KeyChain chain = before.create(DOMAIN, NAMESPACE);
          timeline.cutIn(1 + seeded.nextInt(8));
          try {
            before.rotate(DOMAIN, chain);
          } catch (IOException _) {
            // the power went away
          }
          RecordingDisk after = cut.survivor();
          timeline.powerOn();
          SigningKeyring next =
              new SigningKeyring(
                  after,
                  new LocalKeyService(after, root, random),
                  STORE,
                  random,
                  Clock.systemUTC());
          KeyChain left = next.chain(DOMAIN, NAMESPACE).orElseThrow();
          found[left.keys().size()]++;
          next.unwrap(DOMAIN, left, left.current().id()).close();
          assertThat(next.rotate(DOMAIN, left).keys()).hasSize(left.keys().size() + 1);
        });
    assertThat(found[1]).isPositive();
    assertThat(found[2]).isPositive();
  }

  @Test
  void keysThatAnotherProgramWroteAreReadAndSign() throws Exception {
    byte[] rootBytes = new byte[32];
    for (int i = 0; i < 32; i++) {
      rootBytes[i] = (byte) (0x20 + i);
    }
    DomainId domain = DomainId.parse("101112131415161718191a1b1c1d1e1f");
    Name papers = new Name("papers");
    KeyCopies copies = new KeyCopies(disk);
    copies.restore("keys/kek/" + domain + ".1.0a1b2c3d.key", fixture("domain-kek.key"));
    copies.restore("keys/" + domain + "/signing.papers.1.key", fixture("signing-1.key"));
    copies.restore("keys/" + domain + "/signing.papers.2.key", fixture("signing-2.key"));
    SigningKeyring other =
        new SigningKeyring(
            disk,
            new LocalKeyService(disk, RootKey.fromBytes(rootBytes), random),
            "5707e1d0",
            random,
            Clock.systemUTC());

    KeyChain chain = other.chain(domain, papers).orElseThrow();

    assertThat(chain.keys()).hasSize(2);
    for (int i = 0; i < 2; i++) {
      byte[] seed = new byte[SigningKey.SEED_BYTES];
      Arrays.fill(seed, (byte) (i + 1));
      try (SigningKey key = other.unwrap(domain, chain, chain.keys().get(i).id())) {
        assertThat(key.seed()).isEqualTo(seed);
      }
    }
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = SigningKeyringTest.class.getResourceAsStream("/keys/" + name)) {
      return requireNonNull(in, name).readAllBytes();
    }
  }

  @Test
  void noSeedIsOnTheDiskInClear() throws Exception {
    rotated(2);

    for (String name : DiskBytes.files(disk, "")) {
      byte[] bytes = DiskBytes.read(disk, name);
      for (byte[] key : random.keys()) {
        assertThat(DiskBytes.contains(bytes, Arrays.copyOf(key, 8))).as(name).isFalse();
      }
    }
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }

  private static void assertDamaged(Action action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.KEY_FILE_DAMAGED);
              assertThat(e).hasMessageContaining(message);
              assertThat(e.hint()).isNotEmpty();
            });
  }

  private interface Action {
    void run() throws IOException;
  }
}
