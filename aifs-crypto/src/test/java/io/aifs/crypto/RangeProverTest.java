package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.ArrayContent;
import io.aifs.crypto.testing.SeededTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RangeProverTest {
  private static final int GROUP = Hasher.GROUP_BYTES;

  /**
   * Content of one repeated byte, of any size, whose groups are computed when they are asked for.
   */
  private static final class Uniform implements ProvenContent {
    private final byte[] group = new byte[GROUP];
    private final long size;
    private Digest id = Digest.of(new byte[0]);
    private long valuesRead;
    private long bytesRead;

    Uniform(long size) {
      this.size = size;
      Arrays.fill(group, (byte) 7);
      Hasher hasher = Hasher.digestOnly();
      for (long left = size; left > 0; left -= Math.min(left, GROUP)) {
        hasher.update(group, 0, (int) Math.min(left, GROUP));
      }
      id = hasher.finish();
    }

    @Override
    public Digest id() {
      return id;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public byte[] groupValues(long firstGroup, int count) {
      valuesRead += count;
      byte[] values = new byte[count * Digest.BYTES];
      for (int i = 0; i < count; i++) {
        int length = (int) Math.min(GROUP, size - (firstGroup + i) * GROUP);
        byte[] value = Blake3Groups.groupChainingValue(group, 0, length, firstGroup + i);
        System.arraycopy(value, 0, values, i * Digest.BYTES, Digest.BYTES);
      }
      return values;
    }

    @Override
    public byte[] bytes(long offset, int length) {
      assertThat(length).isLessThanOrEqualTo(GROUP);
      bytesRead += length;
      return Arrays.copyOf(group, length);
    }
  }

  @Test
  void contentOfSeveralTiersIsProvenAndReadOnce() throws IOException {
    Uniform content = new Uniform((4L * RangeProver.VALUES_MAX + 3) * GROUP + 12_345);
    ProofCache cache = new ProofCache(1 << 20);
    requireProven(new RangeProver(content, cache), 5);
    long groups = content.size / GROUP + 1;
    long first = content.valuesRead;
    assertThat(first).isBetween(groups, groups + 3 * RangeProver.VALUES_MAX);
    assertThat(cache.bytes()).isPositive();
    content.valuesRead = 0;
    requireProven(new RangeProver(content, cache), 2L * RangeProver.VALUES_MAX * GROUP);
    assertThat(content.valuesRead).isLessThanOrEqualTo(3L * RangeProver.VALUES_MAX);
    assertThat(content.bytesRead).isLessThanOrEqualTo(2L * 3 * GROUP);
  }

  private static void requireProven(RangeProver prover, long offset) throws IOException {
    for (int length : new int[] {0, 1, 1_000, GROUP, 3 * GROUP}) {
      byte[] range = new byte[length];
      Arrays.fill(range, (byte) 7);
      RangeProofVerifier.verify(prover.prove(offset, length), range, 0, length);
    }
  }

  @Test
  void neighbouringPiecesAreProvenOneAfterTheOther() {
    SeededTest.run(
        10,
        random -> {
          byte[] content = SeededTest.bytes(random, random.nextInt(40 * GROUP));
          RangeProver prover = new RangeProver(new ArrayContent(content), new ProofCache(0));
          for (int at = 0; at < content.length; ) {
            int count = Math.min(content.length - at, 1 + random.nextInt(5 * GROUP));
            RangeProofVerifier.verify(prover.prove(at, count), content, at, count);
            at += count;
          }
        });
  }

  @Test
  void valuesOfOtherContentProveNothing() {
    ArrayContent content =
        new ArrayContent(SeededTest.bytes(new SplittableRandom(3), 3 * GROUP + 1));
    for (int flipped = 0; flipped < 4; flipped++) {
      ProvenContent damaged = new Damaged(content, flipped * Digest.BYTES);
      assertThatThrownBy(() -> new RangeProver(damaged, new ProofCache(0)))
          .isInstanceOf(RangeProofBrokenException.class)
          .hasMessageContaining("do not lead to its id");
    }
    ProvenContent shorter = new Damaged(content, -1);
    assertThatThrownBy(() -> new RangeProver(shorter, new ProofCache(0)))
        .isInstanceOf(RangeProofBrokenException.class)
        .hasMessageContaining("bytes of chaining values");
  }

  /**
   * Content whose values are damaged.
   *
   * @param flipped which byte of them; negative: the last is missing
   */
  private record Damaged(ArrayContent whole, int flipped) implements ProvenContent {
    @Override
    public Digest id() {
      return whole.id();
    }

    @Override
    public long size() {
      return whole.size();
    }

    @Override
    public byte[] groupValues(long firstGroup, int count) {
      byte[] values = whole.groupValues(firstGroup, count);
      if (flipped < 0) {
        return Arrays.copyOf(values, values.length - 1);
      }
      values[flipped] ^= 1;
      return values;
    }

    @Override
    public byte[] bytes(long offset, int length) {
      return whole.bytes(offset, length);
    }
  }

  @Test
  void theCacheKeepsToItsLimit() {
    ProofCache cache = new ProofCache(10_000);
    Digest asset = Digest.of(new byte[0]);
    for (int i = 0; i < 100; i++) {
      cache.put(asset, 1, i, new SubtreeValues(new byte[10 * Digest.BYTES]));
      assertThat(cache.find(asset, 1, i)).isPresent();
      assertThat(cache.bytes()).isLessThanOrEqualTo(10_000);
    }
    assertThat(cache.find(asset, 1, 0)).isEmpty();
    cache.put(asset, 1, 0, new SubtreeValues(new byte[1_000 * Digest.BYTES]));
    assertThat(cache.bytes()).isZero();
  }
}
