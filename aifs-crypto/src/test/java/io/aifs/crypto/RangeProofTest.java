package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.testing.ArrayContent;
import io.aifs.crypto.testing.SeededTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RangeProofTest {
  private static final int CHUNK = 1024;
  private static final int GROUP = Hasher.GROUP_BYTES;

  /** Where the shape of the tree changes. */
  private static final int[] SIZES = {
    0,
    1,
    CHUNK - 1,
    CHUNK,
    CHUNK + 1,
    2 * CHUNK,
    5 * CHUNK + 7,
    GROUP - 1,
    GROUP,
    GROUP + 1,
    GROUP + CHUNK,
    2 * GROUP,
    2 * GROUP + 1,
    3 * GROUP - 1,
    5 * GROUP + 777,
    8 * GROUP
  };

  private static byte[] slice(byte[] content, RangeProof proof) {
    int from = (int) proof.offset();
    return Arrays.copyOfRange(content, from, from + (int) proof.length());
  }

  private static void requireProven(byte[] content, RangeProof proof) throws IOException {
    byte[] range = slice(content, proof);
    RangeProof read = RangeProof.parse(proof.toBytes());
    assertThat(read.asset()).isEqualTo(proof.asset());
    assertThat(read.size()).isEqualTo(content.length);
    assertThat(proof.toBytes().length).isLessThanOrEqualTo(RangeProof.BYTES_MAX);
    RangeProofVerifier.verify(read, range, 0, range.length);
  }

  private static void requireRefused(byte[] proof, byte[] range) {
    assertThatThrownBy(
            () -> RangeProofVerifier.verify(RangeProof.parse(proof), range, 0, range.length))
        .isInstanceOfAny(RangeProofBrokenException.class, NewerRangeProofException.class);
  }

  @Test
  void rangesAroundEveryBorderLeadToTheDigestThatOthersCompute() throws IOException {
    byte[] all = SeededTest.bytes(new SplittableRandom(42), 8 * GROUP);
    for (int size : SIZES) {
      byte[] content = Arrays.copyOf(all, size);
      Digest digest = Digest.fromBytes(Blake3Oracle.hash(content, Digest.BYTES));
      for (int offset : SIZES) {
        for (int end : SIZES) {
          if (offset <= end && end <= size) {
            RangeProof proof = ArrayContent.prove(content, offset, end - offset);
            assertThat(proof.asset()).isEqualTo(digest);
            requireProven(content, proof);
          }
        }
      }
    }
  }

  @Test
  void randomRangesOfRandomContentAreProven() {
    SeededTest.run(
        300,
        random -> {
          byte[] content =
              SeededTest.bytes(random, random.nextInt(1 + (GROUP << random.nextInt(6))));
          int offset = random.nextInt(content.length + 1);
          int length = random.nextInt(content.length - offset + 1);
          requireProven(content, ArrayContent.prove(content, offset, length));
        });
  }

  @Test
  void bytesMayComeInAnyPieces() {
    SeededTest.run(
        100,
        random -> {
          byte[] content = SeededTest.bytes(random, random.nextInt(5 * GROUP));
          int offset = random.nextInt(content.length + 1);
          RangeProof proof = ArrayContent.prove(content, offset, content.length - offset);
          RangeProofVerifier verifier = new RangeProofVerifier(proof);
          for (int at = offset; at < content.length; ) {
            int most = random.nextBoolean() ? 2 * GROUP : 2_000;
            int count = Math.min(content.length - at, random.nextInt(most));
            verifier.update(content, at, count);
            at += count;
          }
          verifier.finish();
          RangeProofVerifier.verify(proof, new ByteArrayInputStream(slice(content, proof)));
        });
  }

  @Test
  void everyFlippedBitOfTheProofIsRefused() {
    SeededTest.run(
        6,
        random -> {
          byte[] content = SeededTest.bytes(random, 1 + random.nextInt(6 * GROUP));
          int offset = random.nextInt(content.length);
          int length = random.nextInt(Math.min(20_000, content.length - offset + 1));
          RangeProof proof = ArrayContent.prove(content, offset, length);
          byte[] range = slice(content, proof);
          byte[] encoded = proof.toBytes();
          for (int bit = 0; bit < 8 * encoded.length; bit++) {
            encoded[bit / 8] ^= (byte) (1 << bit % 8);
            requireRefused(encoded, range);
            encoded[bit / 8] ^= (byte) (1 << bit % 8);
          }
        });
  }

  @Test
  void flippedBitsAndMissingOrMoreBytesOfTheRangeAreRefused() {
    SeededTest.run(
        200,
        random -> {
          byte[] content = SeededTest.bytes(random, 2 + random.nextInt(6 * GROUP));
          int offset = random.nextInt(content.length - 1);
          int length = 1 + random.nextInt(content.length - offset);
          byte[] proof = ArrayContent.prove(content, offset, length).toBytes();
          byte[] range = Arrays.copyOfRange(content, offset, offset + length);
          range[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
          requireRefused(proof, range);
          requireRefused(proof, Arrays.copyOfRange(content, offset, offset + length - 1));
          requireRefused(proof, Arrays.copyOfRange(content, offset, offset + length + 1));
          requireRefused(proof, new byte[0]);
        });
  }

  @Test
  void anotherPlaceSizeOrAssetIsRefused() {
    SeededTest.run(
        100,
        random -> {
          byte[] content = new byte[3 * GROUP + random.nextInt(GROUP)]; // all places look alike
          RangeProof proof = ArrayContent.prove(content, 2 * CHUNK, 3 * CHUNK);
          byte[] range = slice(content, proof);
          for (RangeProofShape other :
              new RangeProofShape[] {
                new RangeProofShape(content.length, 3 * CHUNK, 3 * CHUNK),
                new RangeProofShape(content.length, 2 * CHUNK + 1, 3 * CHUNK),
                new RangeProofShape(content.length - 1, 2 * CHUNK, 3 * CHUNK),
                new RangeProofShape(content.length + GROUP, 2 * CHUNK, 3 * CHUNK)
              }) {
            byte[] body = Arrays.copyOf(proof.body(), other.bodyBytes());
            requireRefused(RangeProof.of(proof.asset(), other, body).toBytes(), range);
          }
          byte[] otherContent = content.clone();
          otherContent[random.nextInt(GROUP, content.length)] ^= 1;
          RangeProof ofOther = ArrayContent.prove(otherContent, 2 * CHUNK, 3 * CHUNK);
          RangeProof mixed = RangeProof.of(ofOther.asset(), proof.shape(), proof.body());
          requireRefused(mixed.toBytes(), range);
        });
  }

  @Test
  void cutAndLengthenedProofsAreRefused() {
    byte[] content = SeededTest.bytes(new SplittableRandom(1), 3 * GROUP);
    RangeProof proof = ArrayContent.prove(content, 100, 5_000);
    byte[] encoded = proof.toBytes();
    byte[] range = slice(content, proof);
    for (int length = 0; length < encoded.length; length++) {
      requireRefused(Arrays.copyOf(encoded, length), range);
    }
    requireRefused(Arrays.copyOf(encoded, encoded.length + 1), range);
    requireRefused(Arrays.copyOf(encoded, encoded.length + Digest.BYTES), range);
  }

  @Test
  void anyBytesAreReadOrRefusedAndNeverTakeMemory() {
    byte[] head = ArrayContent.prove(new byte[10], 2, 3).toBytes();
    SeededTest.run(
        5_000,
        random -> {
          byte[] bytes = SeededTest.bytes(random, random.nextInt(2 * RangeProof.HEADER_BYTES));
          int kept = random.nextInt(head.length);
          System.arraycopy(head, 0, bytes, 0, Math.min(kept, bytes.length));
          try {
            assertThat(RangeProof.parse(bytes).toBytes()).isEqualTo(bytes);
          } catch (RangeProofBrokenException | NewerRangeProofException e) {
            assertThat(e.getMessage()).contains("range proof");
          }
        });
  }

  @Test
  void theProofGrowsWithTheLogarithmOfTheSize() {
    for (long size = 1; size < 1L << 60; size = 3 * size + 1) {
      int values = new RangeProofShape(size, size / 3, size / 5).bodyBytes() / Digest.BYTES;
      assertThat(values).isLessThan(3 * CHUNK / Digest.BYTES + 2 * 64);
    }
    assertThat(new RangeProofShape(GROUP * 4L, 0, GROUP * 4L).bodyBytes()).isZero();
  }

  @Test
  void aRangeOfNoBytesProvesTheSize() throws IOException {
    byte[] content = SeededTest.bytes(new SplittableRandom(2), 2 * GROUP + 5);
    RangeProof proof = ArrayContent.prove(content, GROUP, 0);
    requireProven(content, proof);
    byte[] ofOtherSize = proof.toBytes();
    ofOtherSize[49] ^= 1;
    requireRefused(ofOtherSize, new byte[0]);
  }

  @Test
  void rangesThatTheContentDoesNotHaveAreBugs() {
    for (long[] range : new long[][] {{-1, 0}, {11, 0}, {0, 11}, {10, 1}, {0, -1}}) {
      assertThatThrownBy(() -> ArrayContent.prove(new byte[10], range[0], range[1]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is outside");
    }
  }

  @Test
  void aVerifierThatHasFinishedTakesNothingMore() throws IOException {
    var verifier = new RangeProofVerifier(ArrayContent.prove(new byte[10], 2, 0));
    verifier.finish();
    assertThatThrownBy(verifier::finish).isInstanceOf(IllegalStateException.class);
  }
}
