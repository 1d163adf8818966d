package io.aifs.server.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.DomainId;
import io.aifs.crypto.PassphraseParameters;
import io.aifs.crypto.RootKey;
import io.aifs.server.file.Disk;
import io.aifs.server.file.MemoryDisk;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyCopiesTest {
  private static final DomainId DOMAIN = DomainId.parse("00112233445566778899aabbccddeeff");
  private static final String EPOCH_1 = "keys/" + DOMAIN + "/1.key";
  private static final String PARAMETERS = "keys/passphrase.params";

  private final Disk disk = new MemoryDisk();
  private final RecordedRandom random = new RecordedRandom();
  private final KeyCopies copies = new KeyCopies(disk);

  @BeforeEach
  void makeKeys() throws IOException {
    LocalKeyService service = new LocalKeyService(disk, RootKey.generate(random), random);
    new DomainKeyring(disk, service, random).create(DOMAIN);
  }

  @Test
  void aLostFileIsBackByteForByte() throws Exception {
    byte[] good = copies.read(EPOCH_1);
    disk.delete(EPOCH_1);
    assertThat(copies.exists(EPOCH_1)).isFalse();
    assertDamaged(() -> copies.read(EPOCH_1), EPOCH_1);

    copies.restore(EPOCH_1, good);

    assertThat(copies.exists(EPOCH_1)).isTrue();
    assertThat(DiskBytes.read(disk, EPOCH_1)).isEqualTo(good);
  }

  @Test
  void aDamagedFileGivesWayToItsCopy() throws Exception {
    byte[] good = copies.read(EPOCH_1);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    DiskBytes.overwrite(disk, EPOCH_1, bad);
    assertThat(copies.read(EPOCH_1)).as("as it is").isEqualTo(bad);
    assertDamaged(() -> copies.requireIntact(EPOCH_1, bad), EPOCH_1);

    copies.restore(EPOCH_1, good);

    assertThat(copies.read(EPOCH_1)).isEqualTo(good);
  }

  @Test
  void aDamagedCopyReplacesNothing() throws Exception {
    byte[] good = DiskBytes.read(disk, EPOCH_1);

    assertDamaged(() -> copies.restore(EPOCH_1, Arrays.copyOf(good, 20)), EPOCH_1);
    assertThat(DiskBytes.read(disk, EPOCH_1)).isEqualTo(good);
  }

  @Test
  void onlyNamesOfKeyFilesAreWrittenTo() throws Exception {
    byte[] good = DiskBytes.read(disk, EPOCH_1);
    for (String name : new String[] {"catalog.db", "keys/../x.key", "keys/x.key", "/etc/x.key"}) {
      assertThatThrownBy(() -> copies.restore(name, good))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void thePassphrasesParametersAreRestoredToo() throws Exception {
    byte[] text = (PassphraseParameters.generate(random).text() + "\n").getBytes(UTF_8);

    assertDamaged(() -> copies.restore(PARAMETERS, Arrays.copyOf(text, 30)), PARAMETERS);
    assertThat(copies.exists(PARAMETERS)).isFalse();
    copies.restore(PARAMETERS, text);
    assertThat(DiskBytes.read(disk, PARAMETERS)).isEqualTo(text);
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
