package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RootKeyTest {
  private final RootKey rootKey = RootKey.fromBytes(Fixture.ROOT_KEY);

  @Test
  void theFixtureIsWrittenAndRead() throws Exception {
    assertThat(rootKey.secretText() + "\n").isEqualTo(Fixture.text("root.key"));
    assertThat(RootKey.parse("  " + Fixture.text("root.key") + "\r\n")).isEqualTo(rootKey);
    assertThat(rootKey.checkValue()).isEqualTo("8dd06548c6dc7427");
  }

  @Test
  void everyMistypedOrMissingCharacterIsNoticed() {
    String text = rootKey.secretText();
    for (int i = 0; i < text.length(); i++) {
      String changed =
          text.substring(0, i) + (text.charAt(i) == '7' ? '8' : '7') + text.substring(i + 1);
      String cut = text.substring(0, i);
      String without = text.substring(0, i) + text.substring(i + 1);
      for (String wrong : new String[] {changed, cut, without, text + i}) {
        assertThatThrownBy(() -> RootKey.parse(wrong)).isInstanceOf(DamagedKeyException.class);
      }
    }
  }

  @Test
  void aLaterVersionSaysSo() {
    String later = CheckedText.seal("aifs-root-key-2:something else");

    assertThatThrownBy(() -> RootKey.parse(later))
        .isInstanceOf(NewerKeyFormatException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void messagesAndToStringNeverShowTheKey() {
    String hex = HexFormat.of().formatHex(Fixture.ROOT_KEY);
    assertThat(rootKey.toString()).doesNotContain(hex.substring(0, 8));
    assertThatThrownBy(() -> RootKey.parse(rootKey.secretText() + "x"))
        .message()
        .doesNotContain(hex.substring(0, 8));
  }

  @Test
  void derivedKeysDifferByUseAndId() {
    assertThat(rootKey.derive("use a", "1"))
        .hasSize(32)
        .isEqualTo(rootKey.derive("use a", "1"))
        .isNotEqualTo(rootKey.derive("use a", "2"))
        .isNotEqualTo(rootKey.derive("use b", "1"));
  }

  @Test
  void generatedKeysDiffer() {
    assertThat(RootKey.generate(RandomBytes.secure()))
        .isNotEqualTo(RootKey.generate(RandomBytes.secure()));
  }
}
