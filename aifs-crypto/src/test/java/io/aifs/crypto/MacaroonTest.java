package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MacaroonTest {
  private static final byte[] KEY = Fixture.ROOT_KEY;
  private static final List<String> CAVEATS = List.of("namespace = models", "path = /größe/模型");

  @Test
  void aTokenIsByteForByteWhatAnotherProgramMakes() throws Exception {
    String text = Fixture.text("macaroon.txt").strip();

    assertThat(Macaroon.mint(KEY, "token-1:fixture", "aifs", CAVEATS).serialize()).isEqualTo(text);
    Macaroon parsed = Macaroon.parse(text);
    assertThat(parsed.identifier()).isEqualTo("token-1:fixture");
    assertThat(parsed.caveats()).isEqualTo(CAVEATS);
    assertThat(parsed.verifySignature(KEY)).isTrue();
  }

  @Test
  void signaturesAreLibmacaroons() {
    byte[] key = "this is our super secret key; only we should know it".getBytes(UTF_8);
    Macaroon published =
        Macaroon.mint(key, "we used our secret key", "http://mybank/", List.of("test = caveat"));

    assertThat(HexFormat.of().formatHex(Base64.getUrlDecoder().decode(published.serialize())))
        .endsWith("0620197bac7a044af33332865b9266e26d493bdd668a660e44d88ce1a998c23dbd67");
  }

  @Test
  void lineageNamesEveryTokenThatItWasAttenuatedFrom() {
    SeededTest.run(
        50,
        random -> {
          byte[] key = new byte[32 + random.nextInt(60)];
          random.nextBytes(key);
          Macaroon token = Macaroon.mint(key, "1.größe" + random.nextInt(9), "aifs", List.of());
          List<String> ids = new ArrayList<>(List.of(token.id()));
          for (int i = random.nextInt(6); i > 0; i--) {
            token = token.attenuate("namespace = " + "ü".repeat(random.nextInt(70)) + i);
            ids.add(token.id());
          }
          assertThat(token.verifySignature(key)).isTrue();
          assertThat(token.lineage(key)).contains(ids);
          assertThat(Macaroon.parse(token.serialize()).lineage(key)).contains(ids);
          assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-f]{32}"));
          key[random.nextInt(key.length)] ^= 1;
          assertThat(token.lineage(key)).isEmpty();
        });
  }

  @Test
  void idFollowsFromTheSignatureOnly() {
    Macaroon token = Macaroon.mint(KEY, "id", "aifs", List.of("a"));
    byte[] bytes = Base64.getUrlDecoder().decode(token.serialize());
    byte[] signature = Arrays.copyOfRange(bytes, bytes.length - 32, bytes.length);

    assertThat(token.id()).isEqualTo(Digest.of(signature).hex().substring(0, 32));
    assertThat(Macaroon.mint(KEY, "id", "elsewhere", List.of("a")).id()).isEqualTo(token.id());
  }

  @Test
  void aHolderCanNarrowAndNotWiden() {
    Macaroon minted = Macaroon.mint(KEY, "id", "aifs", List.of("a"));
    Macaroon narrowed = Macaroon.parse(minted.serialize()).attenuate("b");

    assertThat(narrowed.caveats()).containsExactly("a", "b");
    assertThat(narrowed.verifySignature(KEY)).isTrue();
    assertThat(minted.caveats()).containsExactly("a");

    byte[] bytes = Base64.getUrlDecoder().decode(narrowed.serialize());
    int caveat = indexOf(bytes, new byte[] {2, 1, 'b', 0});
    byte[] without = new byte[bytes.length - 4];
    System.arraycopy(bytes, 0, without, 0, caveat);
    System.arraycopy(bytes, caveat + 4, without, caveat, without.length - caveat);
    Macaroon widened =
        Macaroon.parse(Base64.getUrlEncoder().withoutPadding().encodeToString(without));
    assertThat(widened.caveats()).containsExactly("a");
    assertThat(widened.verifySignature(KEY)).isFalse();
  }

  @Test
  void anotherKeyDoesNotVerify() {
    Macaroon minted = Macaroon.mint(KEY, "id", "aifs", CAVEATS);
    assertThat(minted.verifySignature(Fixture.range(0, 32))).isFalse();
  }

  @Test
  void everyFlippedBitIsRefusedOrDoesNotVerify() {
    Macaroon minted = Macaroon.mint(KEY, "id", "aifs", CAVEATS);
    byte[] bytes = Base64.getUrlDecoder().decode(minted.serialize());
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      if (isInLocation(bit / 8)) {
        continue;
      }
      byte[] flipped = bytes.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(verifies(flipped)).as("bit %s", bit).isFalse();
    }
  }

  /** The location is a hint that no macaroon signs. */
  private static boolean isInLocation(int at) {
    return at >= 3 && at < 7;
  }

  private static boolean verifies(byte[] bytes) {
    try {
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
      Macaroon parsed = Macaroon.parse(text);
      assertThat(parsed.lineage(KEY).isPresent()).isEqualTo(parsed.verifySignature(KEY));
      return parsed.verifySignature(KEY);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  @Test
  void garbageIsAnIllegalArgumentAndNothingElse() {
    SeededTest.run(
        1,
        random -> {
          String good = Macaroon.mint(KEY, "id", "aifs", CAVEATS).serialize();
          int refused = 0;
          for (int i = 0; i < 20_000; i++) {
            String text = i % 2 == 0 ? mutated(good, random) : garbage(random);
            try {
              Macaroon parsed = Macaroon.parse(text);
              assertThat(parsed.serialize()).isEqualTo(text);
            } catch (IllegalArgumentException _) {
              refused++;
            }
          }
          assertThat(refused).isGreaterThan(10_000);
        });
  }

  @Test
  void otherSpellingsOfAGoodTokenAreRefused() {
    String good = Macaroon.mint(KEY, "id", "aifs", CAVEATS).serialize();
    byte[] trailing = Base64.getUrlDecoder().decode(good);
    byte[] longer = Arrays.copyOf(trailing, trailing.length + 3);
    for (String other :
        List.of(
            "",
            " " + good,
            good + "=",
            good + "\n",
            good + "AAAA",
            good.substring(1),
            Base64.getUrlEncoder().withoutPadding().encodeToString(longer))) {
      assertThatThrownBy(() -> Macaroon.parse(other)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void thirdPartyCaveatsAreRefused() {
    String identifier = "020169" + "00";
    String caveatWithVerifier = "020163" + "040176" + "00";
    String withVerifier = "02" + identifier + caveatWithVerifier + "00" + "0620" + "00".repeat(32);
    String text =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(HexFormat.of().parseHex(withVerifier));
    assertThatThrownBy(() -> Macaroon.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("third-party");
  }

  @Test
  void whatIsTooLongOrTooManyIsRefused() {
    Macaroon minted = Macaroon.mint(KEY, "id", "aifs", List.of());
    assertThatThrownBy(() -> Macaroon.parse("A".repeat(Macaroon.TEXT_CHARS_MAX + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> minted.attenuate("x".repeat(8_193)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> minted.attenuate("x".repeat(8_000)).attenuate("x".repeat(8_000)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> minted.attenuate("")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> minted.attenuate("\ud800"))
        .isInstanceOf(IllegalArgumentException.class);
    List<String> many = new ArrayList<>();
    for (int i = 0; i <= Macaroon.CAVEATS_MAX; i++) {
      many.add("c");
    }
    assertThatThrownBy(() -> Macaroon.mint(KEY, "id", "aifs", many))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Macaroon.mint(new byte[31], "id", "aifs", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void toStringDoesNotShowTheToken() {
    Macaroon minted = Macaroon.mint(KEY, "id", "aifs", CAVEATS);
    String text = minted.serialize();
    assertThat(minted.toString()).doesNotContain(text.substring(text.length() - 20));
  }

  private static String mutated(String good, SplittableRandom random) {
    byte[] bytes = Base64.getUrlDecoder().decode(good);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(random.nextBoolean() ? 8 : 256);
    }
    int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(bytes, length));
  }

  private static String garbage(SplittableRandom random) {
    if (random.nextBoolean()) {
      byte[] bytes = new byte[1 + random.nextInt(60)];
      random.nextBytes(bytes);
      bytes[0] = 2;
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(80); length > 0; length--) {
      text.append((char) random.nextInt(random.nextBoolean() ? 128 : 65_536));
    }
    return text.toString();
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }
}
