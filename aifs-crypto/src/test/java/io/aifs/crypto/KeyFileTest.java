package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class KeyFileTest {
  private static final KeyFile EPOCH_7 =
      new KeyFile(
          KeyPurpose.DOMAIN_EPOCH, Fixture.DOMAIN.hex(), 7, "kms:any/id", Fixture.range(0, 60));

  @Test
  void theFixtureIsWrittenAndReadByteForByte() throws Exception {
    byte[] file = Fixture.bytes("domain-epoch.key");

    assertThat(EPOCH_7.encode()).isEqualTo(file);
    assertThat(KeyFile.decode(file)).usingRecursiveComparison().isEqualTo(EPOCH_7);
  }

  @Test
  void aKeyThatAnotherProgramWrappedUnwraps() throws Exception {
    KeyFile kek = KeyFile.decode(Fixture.bytes("kek.key"));
    RootKey rootKey = RootKey.fromBytes(Fixture.ROOT_KEY);
    byte[] wrapKey =
        rootKey.derive("aifs 2026-11-21 key-encryption key wrapping v1", "store.1.0a1b2c3d");

    assertThat(kek.kekId()).isEqualTo("root:" + rootKey.checkValue());
    assertThat(KeyEnvelope.open(wrapKey, kek.wrapped(), kek.context()))
        .isEqualTo(Fixture.range(0xA0, 32));
  }

  @Test
  void everyFlippedBitIsDamageAndNeverAnotherKeyOrVersion() throws Exception {
    byte[] file = Fixture.bytes("domain-epoch.key");
    for (int bit = 0; bit < 8 * file.length; bit++) {
      byte[] flipped = file.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> KeyFile.decode(flipped)).isInstanceOf(DamagedKeyException.class);
    }
  }

  @Test
  void everyCutOrLongerFileIsDamaged() throws Exception {
    byte[] file = Fixture.bytes("domain-epoch.key");
    for (int length = 0; length <= file.length + 40; length++) {
      byte[] changed = Arrays.copyOf(file, length);
      if (length != file.length) {
        assertThatThrownBy(() -> KeyFile.decode(changed)).isInstanceOf(DamagedKeyException.class);
      }
    }
    assertThatThrownBy(() -> KeyFile.decode(new byte[KeyFile.FILE_BYTES_MAX + 1]))
        .isInstanceOf(DamagedKeyException.class);
  }

  @Test
  void anIntactFileOfALaterVersionSaysSo() throws Exception {
    byte[] file = Fixture.bytes("newer-version.key");

    assertThatThrownBy(() -> KeyFile.decode(file))
        .isInstanceOf(NewerKeyFormatException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void randomContentUnderARightChecksumIsDamageOrNewerAndNothingElse() {
    SeededTest.run(
        1,
        random -> {
          byte[] good = EPOCH_7.encode();
          int damaged = 0;
          for (int i = 0; i < 20_000; i++) {
            byte[] body = Arrays.copyOf(good, 9 + random.nextInt(good.length - 8 - Digest.BYTES));
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
              body[8 + random.nextInt(body.length - 8)] = (byte) random.nextInt();
            }
            byte[] file = Arrays.copyOf(body, body.length + Digest.BYTES);
            Digest.of(body).writeTo(file, body.length);
            try {
              KeyFile.decode(file);
            } catch (DamagedKeyException _) {
              damaged++;
            } catch (NewerKeyFormatException _) {
              assertThat(body[8] != 0 || body[9] != 1).isTrue();
            }
          }
          assertThat(damaged).isGreaterThan(1_000);
        });
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    byte[] wrapped = {1};
    assertThatThrownBy(() -> new KeyFile(KeyPurpose.KEK, "", 1, "k", wrapped))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyFile(KeyPurpose.KEK, "d", 0, "k", wrapped))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyFile(KeyPurpose.KEK, "d", 1, "ö", wrapped))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyFile(KeyPurpose.KEK, "d", 1, "k".repeat(257), wrapped))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KeyFile(KeyPurpose.KEK, "d", 1, "k", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void onlyASigningKeyHasAPublicPartAndIsBoundToIt() throws Exception {
    byte[] wrapped = {1};
    KeyFile signing = new KeyFile(KeyPurpose.SIGNING, "d", 2, "k", wrapped, new byte[] {7, 8});

    assertThat(KeyFile.decode(signing.encode())).usingRecursiveComparison().isEqualTo(signing);
    assertThat(signing.context()).endsWith(0, 0, 0, 2, 0, 2, 7, 8);
    assertThatThrownBy(() -> new KeyFile(KeyPurpose.SIGNING, "d", 2, "k", wrapped))
        .hasMessageContaining("publicPart");
    assertThatThrownBy(() -> new KeyFile(KeyPurpose.KEK, "d", 2, "k", wrapped, new byte[] {7}))
        .hasMessageContaining("publicPart");
  }

  @Test
  void theLargestFileIsWithinTheLimit() throws Exception {
    String longest = "x".repeat(256);
    byte[] file =
        new KeyFile(
                KeyPurpose.SIGNING,
                longest,
                Integer.MAX_VALUE,
                longest,
                new byte[8_192],
                new byte[4_096])
            .encode();

    assertThat(file.length).isLessThanOrEqualTo(KeyFile.FILE_BYTES_MAX);
    assertThat(KeyFile.decode(file).number()).isEqualTo(Integer.MAX_VALUE);
  }
}
