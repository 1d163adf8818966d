package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HasherTest {
  private static final int GROUP = Hasher.GROUP_BYTES;

  @Test
  void emptyContentHasTheKnownDigest() {
    assertThat(new Hasher().finish().hex())
        .isEqualTo("af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262");
  }

  @Test
  void finishMayBeRepeatedAndUpdatesMayFollow() {
    byte[] data = random(3 * GROUP);
    Hasher hasher = new Hasher();
    for (int at = 0; at < data.length; at += GROUP / 2) {
      assertThat(hasher.finish()).isEqualTo(Digest.of(data, 0, at));
      assertThat(hasher.finish()).isEqualTo(Digest.of(data, 0, at));
      hasher.update(data, at, GROUP / 2);
    }
    assertThat(hasher.finish()).isEqualTo(Digest.of(data));
    assertThat(hasher.length()).isEqualTo(data.length);
  }

  @Test
  void contentOfOneGroupHasNoChainingValues() {
    for (int length : new int[] {0, 1, GROUP - 1, GROUP}) {
      Hasher hasher = new Hasher();
      hasher.update(random(length), 0, length);
      assertThat(hasher.groupChainingValues()).as("%d bytes", length).isEmpty();
    }
  }

  @Test
  void chainingValuesAreThoseOfTheGroupsAndLeadToTheDigest() {
    for (int length : lengthsAroundGroups()) {
      byte[] data = random(length);
      Hasher hasher = new Hasher();
      hasher.update(data, 0, length);
      byte[] values = hasher.groupChainingValues();
      int groups = Math.ceilDiv(length, GROUP);
      assertThat(values).hasSize(groups * 32);
      for (int i = 0; i < groups; i++) {
        int bytes = Math.min(GROUP, length - i * GROUP);
        assertThat(Arrays.copyOfRange(values, i * 32, (i + 1) * 32))
            .as("group %d of %d", i, groups)
            .isEqualTo(Blake3Groups.groupChainingValue(data, i * GROUP, bytes, i));
      }
      assertThat(Blake3Groups.root(values)).isEqualTo(hasher.finish());
      assertThat(hasher.finish().toBytes()).isEqualTo(Blake3Oracle.hash(data, 32));
    }
  }

  @Test
  void splitsAtGroupBoundariesDoNotMatter() {
    byte[] data = random(4 * GROUP);
    for (int first : new int[] {1, GROUP - 1, GROUP, GROUP + 1, 2 * GROUP, 3 * GROUP + 5}) {
      Hasher hasher = new Hasher();
      hasher.update(data, 0, first);
      hasher.update(data, first, 0);
      hasher.update(data, first, data.length - first);
      assertThat(hasher.finish()).as("split at %d", first).isEqualTo(Digest.of(data));
    }
  }

  @Test
  void rangesOutsideTheArrayAreRefused() {
    assertThatThrownBy(() -> new Hasher().update(new byte[4], 2, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  private static int[] lengthsAroundGroups() {
    return new int[] {
      GROUP + 1, 2 * GROUP - 1, 2 * GROUP, 2 * GROUP + 1, 3 * GROUP, 5 * GROUP + 1024, 17 * GROUP
    };
  }

  private static byte[] random(int length) {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    return data;
  }

  @Test
  void takenChainingValuesAreAllOfThemInOrder() {
    byte[] data = new byte[5 * Hasher.GROUP_BYTES + 17];
    new Random(7).nextBytes(data);
    Hasher whole = new Hasher();
    whole.update(data, 0, data.length);
    Hasher drained = new Hasher();
    ByteArrayOutputStream taken = new ByteArrayOutputStream();
    for (int at = 0; at < data.length; at += 50_000) {
      drained.update(data, at, Math.min(50_000, data.length - at));
      taken.writeBytes(drained.takeGroupChainingValues(false));
    }
    taken.writeBytes(drained.takeGroupChainingValues(true));
    assertThat(taken.toByteArray()).isEqualTo(whole.groupChainingValues());
    assertThat(drained.finish()).isEqualTo(whole.finish());
  }

  @Test
  void digestOnlyGivesTheSameDigest() {
    byte[] data = new byte[9 * Hasher.GROUP_BYTES];
    new Random(8).nextBytes(data);
    Hasher hasher = Hasher.digestOnly();
    hasher.update(data, 0, data.length);
    assertThat(hasher.finish()).isEqualTo(Digest.of(data));
    assertThatThrownBy(hasher::groupChainingValues).isInstanceOf(IllegalStateException.class);
  }
}
