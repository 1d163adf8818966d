package io.aifs.server.keys;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.KeyService;
import io.aifs.crypto.RandomBytes;
import io.aifs.crypto.RootKey;
import io.aifs.server.file.Disk;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LocalKeyServiceTest extends KeyServiceContract {
  private static final byte[] KEY = new byte[32];
  private static final byte[] CONTEXT = {1};

  private final Disk disk = new MemoryDisk();
  private final RecordedRandom random = new RecordedRandom();
  private final RootKey rootKey = RootKey.generate(random);

  @Override
  protected KeyService open() {
    return new LocalKeyService(disk, rootKey, random);
  }

  @Test
  void aWrongRootKeyIsNamedAndToldFromDamage() throws Exception {
    String kek = open().currentKek("one");
    byte[] wrapped = open().wrap(kek, KEY, CONTEXT);
    RootKey wrong = RootKey.generate(RandomBytes.secure());
    KeyService service = new LocalKeyService(disk, wrong, random);

    assertThatThrownBy(() -> service.unwrap(kek, wrapped, CONTEXT))
        .isInstanceOfSatisfying(
            AifsException.Denied.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.ROOT_KEY_WRONG);
              assertThat(e).hasMessageContainingAll(wrong.checkValue(), rootKey.checkValue());
              assertThat(e.hint()).contains("aifs key import");
            });
  }

  @Test
  void everyFlippedByteOfAKekFileIsDamage() throws Exception {
    KeyService service = open();
    String kek = service.currentKek("one");
    byte[] wrapped = service.wrap(kek, KEY, CONTEXT);
    String name = "keys/kek/" + kek + ".key";
    byte[] file = DiskBytes.read(disk, name);
    for (int i = 0; i < file.length; i++) {
      byte[] flipped = file.clone();
      flipped[i] ^= (byte) (1 << (i % 8));
      DiskBytes.overwrite(disk, name, flipped);
      assertDamaged(() -> service.unwrap(kek, wrapped, CONTEXT), name);
    }
    DiskBytes.overwrite(disk, name, file);
    assertThat(service.unwrap(kek, wrapped, CONTEXT)).isEqualTo(KEY);
  }

  @Test
  void aKekFileUnderAnothersNameIsDamage() throws Exception {
    KeyService service = open();
    String one = service.currentKek("one");
    String two = service.rotate("one");
    byte[] wrapped = service.wrap(one, KEY, CONTEXT);
    String name = "keys/kek/" + one + ".key";
    DiskBytes.overwrite(disk, name, DiskBytes.read(disk, "keys/kek/" + two + ".key"));

    assertDamaged(() -> service.unwrap(one, wrapped, CONTEXT), name);
  }

  @Test
  void aKekFileOfALaterVersionSaysSo() throws Exception {
    KeyService service = open();
    String kek = service.currentKek("one");
    String name = "keys/kek/" + kek + ".key";
    byte[] file = DiskBytes.read(disk, name);
    file[9] = 2;
    Digest.of(file, 0, file.length - 32).writeTo(file, file.length - 32);
    DiskBytes.overwrite(disk, name, file);

    assertThatThrownBy(() -> service.wrap(kek, KEY, CONTEXT))
        .isInstanceOf(AifsException.Unsupported.class)
        .hasMessageContaining(name);
  }

  @Test
  void whatACrashLeftHalfWrittenIsNoKeyAndInNobodysWay() throws Exception {
    KeyService service = open();
    String first = service.currentKek("one");
    DiskBytes.overwrite(disk, "keys/kek/one.2.00000000.key.tmp", new byte[3]);

    assertThat(open().currentKek("one")).isEqualTo(first);
    assertThat(service.rotate("one")).startsWith("one.2.");
  }

  @Test
  void noKeyIsOnTheDiskInClear() throws Exception {
    KeyService service = open();
    String kek = service.currentKek("one");
    byte[] wrapped = service.wrap(kek, random.next(32), CONTEXT);
    DiskBytes.overwrite(disk, "keys/wrapped.key", wrapped);
    service.rotate("one");

    assertThat(random.keys()).hasSize(4); // root, two KEKs and the wrapped one
    for (String name : DiskBytes.files(disk, "")) {
      byte[] bytes = DiskBytes.read(disk, name);
      for (byte[] key : random.keys()) {
        assertThat(DiskBytes.contains(bytes, Arrays.copyOf(key, 8))).as(name).isFalse();
      }
    }
  }

  @Test
  void filesAreThoseOfTheKeyDomainAndCanBeRestored() throws Exception {
    LocalKeyService service = new LocalKeyService(disk, rootKey, random);
    String kek = service.currentKek("one");
    service.currentKek("one-more");
    byte[] wrapped = service.wrap(kek, KEY, CONTEXT);
    var copies = service.files("one");
    String name = "keys/kek/" + kek + ".key";
    assertThat(copies.keySet()).containsExactly(name);

    disk.delete(name);
    new KeyCopies(disk).restore(name, requireNonNull(copies.get(name)));

    assertThat(service.unwrap(kek, wrapped, CONTEXT)).isEqualTo(KEY);
  }

  private static void assertDamaged(Action action, String name) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            AifsException.Corrupt.class,
            e -> {
              assertThat(e.reason()).isEqualTo(Reason.KEY_FILE_DAMAGED);
              assertThat(e).hasMessageContaining(name);
            });
  }

  private interface Action {
    void run() throws IOException;
  }
}
