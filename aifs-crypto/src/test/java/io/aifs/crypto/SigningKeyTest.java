package io.aifs.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
  private static final byte[] MESSAGE = "a message".getBytes(UTF_8);

  /** The order of the group, of which a signature's second half is less. */
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final SigningKey key = SigningKey.generate(RandomBytes.secure());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // RFC 8032, 7.1: TEST 1, 2, 3 and SHA(abc)
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
            + "|d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a|''"
            + "|e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39"
            + "701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"
            + "|3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c|72"
            + "|92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f36"
            + "13d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7"
            + "|fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025|af82"
            + "|6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f7"
            + "60984dc6594a7c15e9716ed28dc027beceea1ec40a",
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42"
            + "|ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf"
            + "|ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c"
            + "23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
            + "|dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7"
            + "c66431e0303dca179c138ac17ad9bef1177331a704",
      })
  void signsAsTheStandardSays(String seed, String publicKey, String message, String signature) {
    try (SigningKey standard = SigningKey.fromSeed(HexFormat.of().parseHex(seed))) {
      byte[] signed = standard.sign(HexFormat.of().parseHex(message));

      assertThat(standard.publicKey().hex()).isEqualTo(publicKey);
      assertThat(HexFormat.of().formatHex(signed)).isEqualTo(signature);
      assertThat(VerifyingKey.parse(publicKey).verify(HexFormat.of().parseHex(message), signed))
          .isTrue();
    }
  }

  @Test
  void everyFlippedBitOfMessageSignatureOrKeyIsNoticed() {
    byte[] signature = key.sign(MESSAGE);
    for (int bit = 0; bit < 8 * MESSAGE.length; bit++) {
      assertThat(key.publicKey().verify(flipped(MESSAGE, bit), signature)).isFalse();
    }
    for (int bit = 0; bit < 8 * signature.length; bit++) {
      assertThat(key.publicKey().verify(MESSAGE, flipped(signature, bit))).isFalse();
    }
    for (int bit = 0; bit < 8 * VerifyingKey.BYTES; bit++) {
      byte[] other = flipped(key.publicKey().toBytes(), bit);
      assertThat(isAccepted(other, signature)).as("bit %d", bit).isFalse();
    }
  }

  private static boolean isAccepted(byte[] publicKey, byte[] signature) {
    try {
      return VerifyingKey.fromBytes(publicKey).verify(MESSAGE, signature);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  @Test
  void aSecondEncodingOfASignatureIsRefused() {
    byte[] signature = key.sign(MESSAGE);
    byte[] reversed = new byte[33]; // big-endian, and positive
    for (int i = 0; i < 32; i++) {
      reversed[32 - i] = signature[32 + i];
    }
    byte[] sum = new BigInteger(reversed).add(ORDER).toByteArray();
    byte[] other = signature.clone();
    Arrays.fill(other, 32, 64, (byte) 0);
    for (int i = 0; i < Math.min(32, sum.length); i++) {
      other[32 + i] = sum[sum.length - 1 - i];
    }

    assertThat(key.publicKey().verify(MESSAGE, signature)).isTrue();
    assertThat(key.publicKey().verify(MESSAGE, other)).isFalse();
  }

  @Test
  void signaturesOfAnotherLengthAreRefused() {
    byte[] signature = key.sign(MESSAGE);
    for (int length : new int[] {0, 1, 63, 65, 128}) {
      assertThat(key.publicKey().verify(MESSAGE, Arrays.copyOf(signature, length))).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // points of order 1, 2, 4 and 8, and one whose coordinate is not reduced
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
      })
  void malformedAndSmallKeysAreRefused(String hex) {
    assertThatThrownBy(() -> VerifyingKey.parse(hex))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not an Ed25519 public key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "d7", "D75A980182B10AB7D54BFED3C964073A0EE172F3DAA62325AF021A68F707511A"})
  void keysInAnotherFormAreRefused(String text) {
    assertThatThrownBy(() -> VerifyingKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("64 lower-case");
  }

  @Test
  void keysAreEqualByTheirBytes() {
    try (SigningKey same = SigningKey.fromSeed(key.seed())) {
      assertThat(same.publicKey()).isEqualTo(key.publicKey()).hasSameHashCodeAs(key.publicKey());
      assertThat(same.sign(MESSAGE)).isEqualTo(key.sign(MESSAGE));
    }
    assertThat(SigningKey.generate(RandomBytes.secure()).publicKey()).isNotEqualTo(key.publicKey());
  }

  @Test
  void aClosedKeySignsNothing() {
    key.close();

    assertThatThrownBy(() -> key.sign(MESSAGE)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(key::seed).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void textShowsThePublicHalfOnly() {
    assertThat(key.toString()).isEqualTo("SigningKey[" + key.publicKey().hex() + "]");
  }

  @Test
  void randomKeysAndMessagesVerify() {
    SeededTest.run(
        50,
        random -> {
          try (SigningKey one = SigningKey.fromSeed(SeededTest.bytes(random, 32))) {
            byte[] message = SeededTest.bytes(random, random.nextInt(300));
            byte[] signature = one.sign(message);
            assertThat(one.publicKey().verify(message, signature)).isTrue();
            assertThat(key.publicKey().verify(message, signature)).isFalse();
          }
        });
  }

  private static byte[] flipped(byte[] bytes, int bit) {
    byte[] flipped = bytes.clone();
    flipped[bit / 8] ^= (byte) (1 << (bit % 8));
    return flipped;
  }
}
