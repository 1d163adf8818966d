package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RecoveryFileTest {
  private static final char[] NONE = {};
  private static final char[] PASSPHRASE = "correct horse battery staple".toCharArray();
  private static final PassphraseParameters CHEAP =
      new PassphraseParameters(64, 2, 1, "000102030405060708090a0b0c0d0e0f");
  private static final RecoveryFile RECOVERY =
      new RecoveryFile(
          RootKey.fromBytes(Fixture.ROOT_KEY),
          "000102030405060708090a0b0c0d0e0f",
          Instant.parse("2026-11-21T12:34:56Z"));

  @Test
  void theFixturesAreRead() throws Exception {
    assertThat(RecoveryFile.parse(Fixture.text("recovery-plain.txt"), NONE)).isEqualTo(RECOVERY);
    assertThat(RecoveryFile.parse(Fixture.text("recovery-sealed.txt"), PASSPHRASE))
        .isEqualTo(RECOVERY);
  }

  @Test
  void itSaysWhatItIsAndHowToUseIt() throws Exception {
    assertThat(RECOVERY.text())
        .startsWith("# AIFS recovery file of store 000102030405060708090a0b0c0d0e0f\n")
        .contains("aifs key import", "NOT sealed");
    assertThat(RecoveryFile.needsPassphrase(RECOVERY.text())).isFalse();
    assertThat(RecoveryFile.parse(RECOVERY.text(), NONE)).isEqualTo(RECOVERY);
  }

  @Test
  void withAPassphraseTheKeyIsNotInTheText() throws Exception {
    String text = RECOVERY.text(PASSPHRASE, CHEAP, RandomBytes.secure());

    assertThat(text)
        .contains("its passphrase is needed")
        .doesNotContain(HexFormat.of().formatHex(Fixture.ROOT_KEY), "aifs-root-key");
    assertThat(RecoveryFile.needsPassphrase(text)).isTrue();
    assertThat(RecoveryFile.parse(text, PASSPHRASE)).isEqualTo(RECOVERY);
  }

  @Test
  void aWrongOrMissingPassphraseIsToldFromDamage() throws Exception {
    String text = Fixture.text("recovery-sealed.txt");
    assertThatThrownBy(() -> RecoveryFile.parse(text, "wrong".toCharArray()))
        .isInstanceOf(WrongKeyException.class)
        .hasMessageContaining("passphrase");
    assertThatThrownBy(() -> RecoveryFile.parse(text, NONE)).isInstanceOf(WrongKeyException.class);
  }

  @Test
  void windowsLineEndsAndTextAroundItDoNotMatter() throws Exception {
    String mailed = "> Keep this!\r\n" + RECOVERY.text().replace("\n", " \r\n\r\n") + "\r\n-- \r\n";
    assertThat(RecoveryFile.parse(mailed, NONE)).isEqualTo(RECOVERY);
  }

  @Test
  void everyChangedCharacterBetweenTheMarksIsNoticed() throws Exception {
    String text = Fixture.text("recovery-plain.txt");
    for (int i = text.indexOf("-----BEGIN"); i < text.length() - 1; i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        continue;
      }
      String changed =
          text.substring(0, i) + (text.charAt(i) == '1' ? '2' : '1') + text.substring(i + 1);
      assertThatThrownBy(() -> RecoveryFile.parse(changed, NONE))
          .isInstanceOf(DamagedKeyException.class);
      String cut = text.substring(0, i);
      assertThatThrownBy(() -> RecoveryFile.parse(cut, NONE))
          .isInstanceOf(DamagedKeyException.class);
    }
  }

  @Test
  void aLaterVersionSaysSo() throws Exception {
    String text = Fixture.text("recovery-newer.txt");
    assertThatThrownBy(() -> RecoveryFile.parse(text, NONE))
        .isInstanceOf(NewerKeyFormatException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void toStringDoesNotShowTheKey() {
    assertThat(RECOVERY.toString()).doesNotContain(HexFormat.of().formatHex(Fixture.ROOT_KEY));
  }
}
