package io.aifs.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.ChunkCipher;
import io.aifs.crypto.Digest;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.DomainKeys;
import io.aifs.crypto.KeyFile;
import io.aifs.crypto.KeyPurpose;
import io.aifs.crypto.PassphraseParameters;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RecordType;
import io.aifs.crypto.RootKey;
import io.aifs.crypto.SealContext;
import io.aifs.crypto.Sealed;
import io.aifs.server.file.Disk;
import io.aifs.server.file.LocalDisk;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DomainKeyringTest {
  private static final DomainId DOMAIN = DomainId.parse("00112233445566778899aabbccddeeff");
  private static final String CHUNK_ID = "keys/" + DOMAIN + "/chunk-id.key";
  private static final String EPOCH_1 = "keys/" + DOMAIN + "/1.key";
  private static final Digest CONTENT = Digest.of(new byte[] {1, 2, 3});

  private final Disk disk = new MemoryDisk();
  private final RecordedRandom random = new RecordedRandom();
  private final RootKey rootKey = RootKey.generate(random);
  private final SwitchedKeyService keyService =
      new SwitchedKeyService(new LocalKeyService(disk, rootKey, random));
  private final DomainKeyring keyring = new DomainKeyring(disk, keyService, random);
  private final KeyCopies keyCopies = new KeyCopies(disk);

  @Test
  void createdKeysAreLoadedAgain() throws Exception {
    DomainKeys created = keyring.create(DOMAIN);
    DomainKeys loaded = keyring.load(DOMAIN);

    assertThat(created.domain()).isEqualTo(DOMAIN);
    assertThat(created.currentEpoch()).isEqualTo(1);
    assertSame(created, loaded);
    assertSame(created, keyring.create(DOMAIN));
    assertThat(DiskBytes.files(disk, "keys/" + DOMAIN)).containsExactly(EPOCH_1, CHUNK_ID);
  }

  @Test
  void domainsHaveTheirOwnKeys() throws Exception {
    DomainKeys one = keyring.create(DOMAIN);
    DomainKeys two = keyring.create(DomainId.parse("f".repeat(32)));

    assertThat(one.storedId(RecordType.CHUNK, CONTENT))
        .isNotEqualTo(two.storedId(RecordType.CHUNK, CONTENT));
  }

  @Test
  void theKeyServiceIsAskedOncePerKeyAndLoad() throws Exception {
    keyring.create(DOMAIN);
    int before = keyService.unwraps();
    DomainKeys keys = keyring.load(DOMAIN);
    assertThat(keyService.unwraps()).isEqualTo(before + 2);

    for (int i = 0; i < 10; i++) {
      roundTrip(keys, keys);
    }
    assertThat(keyService.unwraps()).isEqualTo(before + 2);
  }

  @Test
  void aLaterEpochIsCurrentAndTheFirstStillOpens() throws Exception {
    DomainKeys first = keyring.create(DOMAIN);
    String kek = keyService.rotate(DOMAIN.hex());
    byte[] context = KeyFile.context(KeyPurpose.DOMAIN_EPOCH, DOMAIN.hex(), 2);
    byte[] wrapped = keyService.wrap(kek, random.next(32), context);
    KeyFile file = new KeyFile(KeyPurpose.DOMAIN_EPOCH, DOMAIN.hex(), 2, kek, wrapped);
    DiskBytes.overwrite(disk, "keys/" + DOMAIN + "/2.key", file.encode());

    DomainKeys both = keyring.load(DOMAIN);

    assertThat(both.currentEpoch()).isEqualTo(2);
    roundTrip(first, both);
  }

  @Test
  void aCreationEndedHalfwayIsFinishedByTheNext() throws Exception {
    keyService.failWrapsAfter(1);
    assertThatThrownBy(() -> keyring.create(DOMAIN)).isInstanceOf(AifsException.Unavailable.class);
    byte[] chunkId = DiskBytes.read(disk, CHUNK_ID);
    keyService.repair();

    assertSame(keyring.create(DOMAIN), keyring.load(DOMAIN));
    assertThat(DiskBytes.read(disk, CHUNK_ID)).isEqualTo(chunkId);
  }

  @Test
  void aLostFileIsNamedNeverReplacedAndRestoredFromItsCopy() throws Exception {
    DomainKeys keys = keyring.create(DOMAIN);
    Map<String, byte[]> copies = keyring.files(DOMAIN);
    assertThat(copies.keySet()).containsExactly(EPOCH_1, CHUNK_ID);

    for (Map.Entry<String, byte[]> copy : copies.entrySet()) {
      disk.delete(copy.getKey());
      assertDamaged(() -> keyring.load(DOMAIN), copy.getKey());
      keyCopies.restore(copy.getKey(), copy.getValue());
      assertSame(keys, keyring.load(DOMAIN));
    }
    disk.delete(CHUNK_ID);
    assertDamaged(() -> keyring.create(DOMAIN), CHUNK_ID);
  }

  @Test
  void aDomainThatWasNeverCreatedIsNamed() {
    assertDamaged(() -> keyring.load(DOMAIN), CHUNK_ID);
  }

  @Test
  void everyFlippedByteIsDamageAndHealedByTheCopy() throws Exception {
    DomainKeys keys = keyring.create(DOMAIN);
    for (Map.Entry<String, byte[]> copy : keyring.files(DOMAIN).entrySet()) {
      for (int i = 0; i < copy.getValue().length; i++) {
        byte[] flipped = copy.getValue().clone();
        flipped[i] ^= (byte) (1 << (i % 8));
        DiskBytes.overwrite(disk, copy.getKey(), flipped);
        assertDamaged(() -> keyring.load(DOMAIN), copy.getKey());
      }
      assertDamaged(() -> keyring.files(DOMAIN), copy.getKey());
      keyCopies.restore(copy.getKey(), copy.getValue());
    }
    assertSame(keys, keyring.load(DOMAIN));
  }

  @Test
  void aFileInAnothersPlaceIsDamage() throws Exception {
    DomainId other = DomainId.parse("0".repeat(32));
    keyring.create(DOMAIN);
    keyring.create(other);
    DiskBytes.overwrite(disk, EPOCH_1, DiskBytes.read(disk, "keys/" + other + "/1.key"));
    assertDamaged(() -> keyring.load(DOMAIN), EPOCH_1);

    DiskBytes.overwrite(disk, EPOCH_1, DiskBytes.read(disk, CHUNK_ID));
    assertDamaged(() -> keyring.load(DOMAIN), EPOCH_1);
  }

  @Test
  void theTokenRootKeyIsMadeOnce() throws Exception {
    Map<Integer, byte[]> first = keyring.tokenRootKeys();
    Map<Integer, byte[]> second = new DomainKeyring(disk, keyService, random).tokenRootKeys();

    assertThat(first).containsOnlyKeys(1).containsEntry(1, second.get(1));
    assertThat(first.get(1)).hasSize(32);
    assertThat(keyring.storeFiles().keySet()).containsExactly("keys/store/token-1.key");
  }

  @Test
  void tokenRootKeysAreAddedAndRemovedAndNoNumberComesBack() throws Exception {
    byte[] first = keyring.tokenRootKeys().get(1);
    Map<Integer, byte[]> both = keyring.addTokenRootKey();
    assertThat(both).containsOnlyKeys(1, 2).containsEntry(1, first);

    keyring.removeTokenRootKey(1);
    keyring.removeTokenRootKey(1);
    DomainKeyring later = new DomainKeyring(disk, keyService, random);
    assertThat(later.tokenRootKeys()).containsOnlyKeys(2).containsEntry(2, both.get(2));
    assertThat(later.addTokenRootKey()).containsOnlyKeys(2, 3);
    assertThat(later.storeFiles().keySet())
        .containsExactly("keys/store/token-2.key", "keys/store/token-3.key");
  }

  @Test
  void keysThatAnotherProgramWroteAreRead() throws Exception {
    byte[] rootBytes = new byte[32];
    byte[] tokenKey = new byte[32];
    for (int i = 0; i < 32; i++) {
      rootBytes[i] = (byte) (0x20 + i);
      tokenKey[i] = (byte) (0xC0 + i);
    }
    LocalKeyService service = new LocalKeyService(disk, RootKey.fromBytes(rootBytes), random);
    DomainKeyring other = new DomainKeyring(disk, service, random);
    keyCopies.restore("keys/kek/store.1.0a1b2c3d.key", fixture("kek.key"));
    keyCopies.restore("keys/store/token-1.key", fixture("token-root.key"));

    assertThat(other.tokenRootKeys().get(1)).isEqualTo(tokenKey);
    assertThat(service.currentKek("store")).isEqualTo("store.1.0a1b2c3d");
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = DomainKeyringTest.class.getResourceAsStream("/keys/" + name)) {
      return requireNonNull(in, name).readAllBytes();
    }
  }

  @Test
  void thePassphrasesParametersAreCopiedToo() throws Exception {
    String name = "keys/passphrase.params";
    byte[] text = (PassphraseParameters.generate(random).text() + "\n").getBytes(UTF_8);
    DiskBytes.overwrite(disk, name, text);
    assertThat(keyring.storeFiles()).containsOnlyKeys(name).containsEntry(name, text);

    DiskBytes.overwrite(disk, name, Arrays.copyOf(text, 30));
    assertDamaged(keyring::storeFiles, name);
  }

  @Test
  void aDestroyedKekSaysThatTheDataIsGone() throws Exception {
    keyring.create(DOMAIN);
    keyService.destroy(DOMAIN.hex());

    assertDamaged(() -> keyring.load(DOMAIN), CHUNK_ID);
  }

  @Test
  void aWrongRootKeyIsDenied() throws Exception {
    keyring.create(DOMAIN);
    RootKey wrong = RootKey.generate(RandomBytes.secure());
    DomainKeyring other = new DomainKeyring(disk, new LocalKeyService(disk, wrong, random), random);

    assertThatThrownBy(() -> other.load(DOMAIN))
        .isInstanceOfSatisfying(
            AifsException.Denied.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ROOT_KEY_WRONG));
  }

  @Test
  void noKeyIsOnTheDiskInClear() throws Exception {
    keyring.create(DOMAIN);
    keyring.tokenRootKeys();

    assertThat(random.keys()).hasSize(6); // root, two KEKs, chunk ids, epoch 1, tokens
    for (String name : DiskBytes.files(disk, "")) {
      byte[] bytes = DiskBytes.read(disk, name);
      for (byte[] key : random.keys()) {
        assertThat(DiskBytes.contains(bytes, Arrays.copyOf(key, 8))).as(name).isFalse();
      }
    }
  }

  @Test
  void onARealDiskEverythingIsForTheOwnerOnly(@TempDir Path directory) throws Exception {
    LocalDisk real = new LocalDisk(directory.resolve("data"));
    LocalKeyService service = new LocalKeyService(real, rootKey, random);
    DomainKeyring ring = new DomainKeyring(real, service, random);
    assertSame(ring.create(DOMAIN), ring.load(DOMAIN));
    ring.tokenRootKeys();

    try (Stream<Path> all = Files.walk(directory.resolve("data"))) {
      for (Path path : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
            .as("mode of %s", path)
            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
        assertThat(path.toString()).doesNotEndWith(".tmp");
      }
    }
  }

  private static void assertSame(DomainKeys one, DomainKeys two) throws IOException {
    assertThat(one.storedId(RecordType.CHUNK, CONTENT))
        .isEqualTo(two.storedId(RecordType.CHUNK, CONTENT));
    roundTrip(one, two);
    roundTrip(two, one);
  }

  private static void roundTrip(DomainKeys sealing, DomainKeys opening) throws IOException {
    ChunkCipher cipher = new ChunkCipher(RandomBytes.secure());
    Digest storedId = sealing.storedId(RecordType.CHUNK, CONTENT);
    SealContext context = new SealContext(DOMAIN, RecordType.CHUNK, storedId, 3, 0);
    Sealed sealed = cipher.seal(sealing, context, new byte[] {1, 2, 3}, 0, 3);
    assertThat(cipher.open(opening, context, sealed.epoch(), sealed.payload()))
        .containsExactly(1, 2, 3);
  }

  private static void assertDamaged(Action action, String name) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.KEY_FILE_DAMAGED);
              assertThat(e).hasMessageContaining(name);
              assertThat(e.hint()).isNotEmpty();
            });
  }

  private interface Action {
    void run() throws IOException;
  }
}
