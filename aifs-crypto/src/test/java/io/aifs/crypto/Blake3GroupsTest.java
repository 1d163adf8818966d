package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.SeededTest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Blake3GroupsTest {
  private static final int GROUP = Hasher.GROUP_BYTES;

  private final byte[] content = content(5 * GROUP + 777);
  private final Digest digest = Digest.of(content);
  private final byte[] values = valuesOf(content);

  @Test
  void everyGroupVerifiesAtItsOwnPlaceOnly() {
    var verifier = new Blake3GroupVerifier(digest, content.length, values);
    for (int i = 0; i < 6; i++) {
      int length = Math.min(GROUP, content.length - i * GROUP);
      for (int place = 0; place < 6; place++) {
        assertThat(verifier.verify(place, content, i * GROUP, length)).isEqualTo(place == i);
      }
    }
  }

  @Test
  void oneFlippedBitOrAMissingByteIsNoticed() {
    var verifier = new Blake3GroupVerifier(digest, content.length, values);
    SeededTest.run(
        50,
        random -> {
          byte[] group = Arrays.copyOfRange(content, GROUP, 2 * GROUP);
          group[random.nextInt(GROUP)] ^= (byte) (1 << random.nextInt(8));
          assertThat(verifier.verify(1, group, 0, GROUP)).isFalse();
        });
    assertThat(verifier.verify(1, content, GROUP, GROUP - 1)).isFalse();
    assertThat(verifier.verify(5, content, 5 * GROUP, 776)).isFalse();
  }

  @Test
  void smallContentIsVerifiedByItsDigestAlone() {
    for (int length : new int[] {0, 1, 1000, GROUP}) {
      byte[] small = content(length);
      var verifier = new Blake3GroupVerifier(Digest.of(small), length, new byte[0]);
      assertThat(verifier.verify(0, small, 0, length)).isTrue();
      assertThat(verifier.verify(0, content(length + 1), 1, length)).isEqualTo(length == 0);
      assertThat(verifier.verify(0, content(GROUP), 0, length / 2)).isEqualTo(length == 0);
    }
  }

  @Test
  void chainingValuesOfOtherContentAreRefused() {
    byte[] damaged = values.clone();
    damaged[40] ^= 1;
    assertThatThrownBy(() -> new Blake3GroupVerifier(digest, content.length, damaged))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chainingValues do not lead to digest " + digest);
    assertThatThrownBy(() -> new Blake3GroupVerifier(digest, 4L * GROUP, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("chainingValues of 262144 bytes of content is not 128 bytes: 192");
    assertThatThrownBy(() -> new Blake3GroupVerifier(digest, -1, values))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contentBytes is negative: -1");
  }

  @Test
  void aGroupThatTheContentDoesNotHaveIsABug() {
    var verifier = new Blake3GroupVerifier(digest, content.length, values);
    assertThatThrownBy(() -> verifier.verify(6, content, 0, GROUP))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> verifier.verify(-1, content, 0, GROUP))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rootTakesTwoOrMoreWholeValuesAndLeavesThemAlone() {
    byte[] before = values.clone();
    assertThat(Blake3Groups.root(values)).isEqualTo(digest);
    assertThat(values).isEqualTo(before);
    for (int length : new int[] {0, 32, 63, 65}) {
      assertThatThrownBy(() -> Blake3Groups.root(new byte[length]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not two or more values of 32 bytes: " + length);
    }
  }

  @Test
  void groupsOfImpossibleSizeOrPlaceAreRefused() {
    byte[] data = new byte[GROUP + 1];
    assertThatThrownBy(() -> Blake3Groups.groupChainingValue(data, 0, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length is outside 1..65536: 0");
    assertThatThrownBy(() -> Blake3Groups.groupChainingValue(data, 0, GROUP + 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("length is outside 1..65536: 65537");
    assertThatThrownBy(() -> Blake3Groups.groupChainingValue(data, 0, 1, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": -1");
  }

  private static byte[] valuesOf(byte[] content) {
    Hasher hasher = new Hasher();
    hasher.update(content, 0, content.length);
    return hasher.groupChainingValues();
  }

  private static byte[] content(int length) {
    byte[] data = new byte[length];
    new Random(42).nextBytes(data);
    return data;
  }
}
