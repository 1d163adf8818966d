package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PassphraseParametersTest {
  private static final PassphraseParameters CHEAP =
      new PassphraseParameters(64, 2, 1, "000102030405060708090a0b0c0d0e0f");

  @Test
  void derivesWhatAnotherImplementationOfArgon2idDerives() {
    assertThat(HexFormat.of().formatHex(CHEAP.derive("correct horse battery staple".toCharArray())))
        .isEqualTo("2df47ede6358ed17a9976d4fcedb897a10036d432a4acef17d263bfc98bd20ac");
  }

  @Test
  void howAnAccentWasTypedDoesNotMatter() {
    assertThat(CHEAP.derive("caf\u00e9".toCharArray()))
        .isEqualTo(CHEAP.derive("cafe\u0301".toCharArray()))
        .isNotEqualTo(CHEAP.derive("cafe".toCharArray()));
  }

  @Test
  void textComesBackAndEveryChangeIsNoticed() throws Exception {
    String text = CHEAP.text();
    assertThat(PassphraseParameters.parse(text + "\n")).isEqualTo(CHEAP);
    for (int i = 0; i < text.length(); i++) {
      String changed =
          text.substring(0, i) + (text.charAt(i) == '1' ? '2' : '1') + text.substring(i + 1);
      assertThatThrownBy(() -> PassphraseParameters.parse(changed))
          .isInstanceOf(DamagedKeyException.class);
    }
  }

  @Test
  void costsOutsideTheLimitsAreDamageEvenWithARightChecksum() {
    String body = "aifs-argon2id-1:m=9999999,t=3,p=1,salt=000102030405060708090a0b0c0d0e0f";
    assertThatThrownBy(() -> PassphraseParameters.parse(CheckedText.seal(body)))
        .isInstanceOf(DamagedKeyException.class)
        .hasMessageContaining("memoryKib");
  }

  @Test
  void generatedOnesHaveTheDefaultCostsAndTheirOwnSalt() {
    PassphraseParameters one = PassphraseParameters.generate(RandomBytes.secure());

    assertThat(one.memoryKib()).isEqualTo(65_536);
    assertThat(one.passes()).isEqualTo(3);
    assertThat(one.salt()).isNotEqualTo(PassphraseParameters.generate(RandomBytes.secure()).salt());
  }

  @Test
  void anEmptyPassphraseIsRefused() {
    assertThatThrownBy(() -> CHEAP.derive(new char[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
