package io.aifs.core.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.testing.Fixture;
import io.aifs.crypto.testing.SeededTest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ChunkerTest {
  private static final ChunkerParameters SMALL = new ChunkerParameters(64, 256, 1024);

  private final Chunker chunker = new Chunker(ChunkerParameters.DEFAULT);

  @Test
  void gearTableIsTheOneOfTheFixture() {
    ByteBuffer bytes = ByteBuffer.allocate(2048).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(GearTable.words());
    assertThat(bytes.array()).isEqualTo(Fixture.hex(getClass(), "gear-table-v1.hex"));
  }

  @Test
  void cutsAreThoseOfTheFixture() {
    byte[] data = Fixture.bytes("chunker", 4 << 20);
    List<Integer> expected =
        Fixture.lines(getClass(), "cuts-v1.txt").stream().map(Integer::valueOf).toList();
    assertThat(cuts(chunker, data)).isEqualTo(expected);
  }

  @Test
  void cutsAreThoseOfTheScalarReference() {
    SeededTest.run(
        30,
        random -> {
          int bytesMin = random.nextInt(64, 256);
          int bytesTarget = 256 << random.nextInt(3);
          int bytesMax = bytesTarget + random.nextInt(1, 3000);
          var parameters = new ChunkerParameters(bytesMin, bytesTarget, bytesMax);
          byte[] data = someBytes(random, random.nextInt(100_000));
          Chunker fast = new Chunker(parameters);
          ScalarChunker reference = new ScalarChunker(parameters);
          int offset = 0;
          while (offset < data.length) {
            int expected = reference.cut(data, offset, data.length - offset);
            assertThat(fast.cut(data, offset, data.length - offset, true)).isEqualTo(expected);
            offset += expected;
          }
        });
  }

  @Test
  void lengthsStayWithinBoundsAndCoverTheContent() {
    SeededTest.run(
        10,
        random -> {
          byte[] data = someBytes(random, random.nextInt(2_000_000));
          List<Integer> cuts = cuts(chunker, data);
          assertThat(cuts.stream().mapToInt(i -> i).sum()).isEqualTo(data.length);
          if (cuts.size() > 1) {
            assertThat(cuts.subList(0, cuts.size() - 1))
                .allMatch(
                    length ->
                        length > ChunkerParameters.DEFAULT.bytesMin()
                            && length <= ChunkerParameters.DEFAULT.bytesMax());
          }
        });
  }

  @Test
  void feedingInPiecesGivesTheSameCuts() {
    SeededTest.run(
        20,
        random -> {
          byte[] data = SeededTest.bytes(random, 20_000);
          Chunker small = new Chunker(SMALL);
          List<Integer> piecewise = new ArrayList<>();
          int offset = 0;
          int filled = 0;
          while (offset < data.length) {
            int cut = small.cut(data, offset, filled - offset, filled == data.length);
            if (cut < 0) {
              filled = Math.min(data.length, filled + random.nextInt(1, 2_000));
            } else {
              piecewise.add(cut);
              offset += cut;
            }
          }
          assertThat(piecewise).isEqualTo(cuts(small, data));
        });
  }

  @Test
  void insertionNearTheFrontKeepsLaterCuts() {
    SeededTest.run(
        10,
        random -> {
          byte[] data = SeededTest.bytes(random, 3 << 20);
          int at = random.nextInt(100_000);
          byte[] inserted = SeededTest.bytes(random, random.nextInt(1, 500));
          byte[] changed = new byte[data.length + inserted.length];
          System.arraycopy(data, 0, changed, 0, at);
          System.arraycopy(inserted, 0, changed, at, inserted.length);
          System.arraycopy(data, at, changed, at + inserted.length, data.length - at);
          Set<Integer> before = endsFromTheBack(data);
          Set<Integer> after = endsFromTheBack(changed);
          Set<Integer> kept = new HashSet<>(before);
          kept.retainAll(after);
          assertThat(before.size() - kept.size()).isLessThan(16);
          assertThat(kept).hasSizeGreaterThan(before.size() / 2);
        });
  }

  @Test
  void averageLiesNearTheTarget() {
    List<Integer> cuts = cuts(chunker, Fixture.bytes("distribution", 16 << 20));
    double average = cuts.stream().mapToInt(i -> i).average().orElseThrow();
    assertThat(average).isBetween(56.0 * 1024, 88.0 * 1024);
    long atMax = cuts.stream().filter(i -> i == ChunkerParameters.DEFAULT.bytesMax()).count();
    assertThat(atMax).isLessThan(cuts.size() / 20);
  }

  @Test
  void runsOfOneByteAreCutAtTheMaximum() {
    for (int value = 0; value < 256; value++) {
      byte[] data = new byte[600_000];
      Arrays.fill(data, (byte) value);
      assertThat(cuts(chunker, data)).containsExactly(262_144, 262_144, 75_712);
    }
  }

  @Test
  void moreIsAskedForUntilAMaximumIsAtHand() {
    byte[] data = new byte[300_000];
    assertThat(chunker.cut(data, 0, 262_143, false)).isEqualTo(-1);
    assertThat(chunker.cut(data, 0, 262_144, false)).isEqualTo(262_144);
    assertThat(chunker.cut(data, 0, 0, true)).isEqualTo(-1);
    assertThat(chunker.cut(data, 299_999, 1, true)).isEqualTo(1);
  }

  @Test
  void rangeOutsideTheArrayIsRefused() {
    assertThatThrownBy(() -> chunker.cut(new byte[10], 5, 6, true))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void parametersOutsideTheirBoundsAreRefused() {
    int[][] refused = {
      {63, 128, 256}, {128, 128, 256}, {64, 100, 256}, {64, 128, 128}, {64, 128, (1 << 20) + 1}
    };
    for (int[] p : refused) {
      assertThatThrownBy(() -> new ChunkerParameters(p[0], p[1], p[2]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static List<Integer> cuts(Chunker chunker, byte[] data) {
    List<Integer> cuts = new ArrayList<>();
    int offset = 0;
    int length;
    while ((length = chunker.cut(data, offset, data.length - offset, true)) > 0) {
      cuts.add(length);
      offset += length;
    }
    return cuts;
  }

  private Set<Integer> endsFromTheBack(byte[] data) {
    Set<Integer> ends = new HashSet<>();
    int left = data.length;
    for (int length : cuts(chunker, data)) {
      left -= length;
      ends.add(left);
    }
    return ends;
  }

  /** Random bytes, or few different ones, or runs. */
  private static byte[] someBytes(SplittableRandom random, int length) {
    byte[] data = SeededTest.bytes(random, length);
    int kind = random.nextInt(3);
    for (int i = 0; kind > 0 && i < length; i++) {
      data[i] = (byte) (kind == 1 ? data[i] & 3 : data[i & ~63]);
    }
    return data;
  }
}
