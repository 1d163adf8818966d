package io.aifs.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.crypto.testing.SeededTest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What every {@link Blake3Kernel} promises. Subclasses only say how to get one. */
abstract class Blake3KernelContract {
  private static final int RANDOM_CASES = 60;

  private final Blake3Kernel plain = new Blake3ScalarKernel();

  abstract Blake3Kernel kernel();

  @Test
  void publishedAnswersHoldInEveryMode() {
    for (Blake3Vector vector : Blake3Vector.all()) {
      byte[] input = vector.input();
      assertThat(hash(Blake3Mode.HASH, input)).as("%s", vector).isEqualTo(vector.hash());
      assertThat(hash(Blake3Mode.keyed(Blake3Vector.KEY), input))
          .as("%s", vector)
          .isEqualTo(vector.keyedHash());
      assertThat(hash(Blake3Mode.deriving(Blake3Vector.CONTEXT), input))
          .as("%s", vector)
          .isEqualTo(vector.derivedKey());
    }
  }

  @Test
  void chunksAreAsInPlainJavaAtAnyOffsetAndPlace() {
    SeededTest.run(
        RANDOM_CASES,
        random -> {
          int count = 1 + random.nextInt(40);
          int offset = random.nextInt(100);
          byte[] data = SeededTest.bytes(random, offset + count * Blake3Spec.CHUNK_BYTES);
          // Around 2^32 the counter carries into its upper word within one vector.
          long first =
              random.nextBoolean() ? random.nextInt(1000) : (1L << 32) - random.nextInt(40);
          byte[] values = new byte[(count + 1) * Blake3Spec.VALUE_BYTES];
          byte[] expected = values.clone();
          kernel().chunks(Blake3Mode.HASH, data, offset, count, first, values, 32);
          plain.chunks(Blake3Mode.HASH, data, offset, count, first, expected, 32);
          assertThat(values).as("%d chunks from chunk %d", count, first).isEqualTo(expected);
        });
  }

  @Test
  void parentsAreAsInPlainJavaAndMayOverwriteTheirChildren() {
    SeededTest.run(
        RANDOM_CASES,
        random -> {
          int count = 1 + random.nextInt(40);
          int offset = random.nextInt(100);
          int outOffset = random.nextInt(offset + 1);
          byte[] values = SeededTest.bytes(random, offset + count * Blake3Spec.BLOCK_BYTES);
          byte[] expected = values.clone();
          kernel().parents(Blake3Mode.HASH, values, offset, count, outOffset);
          plain.parents(Blake3Mode.HASH, expected, offset, count, outOffset);
          assertThat(values).as("%d parents", count).isEqualTo(expected);
        });
  }

  @Test
  void hashesAreAsInBouncyCastleForRandomLengths() {
    SeededTest.run(
        RANDOM_CASES,
        random -> {
          byte[] data = SeededTest.bytes(random, random.nextInt(1 << (1 + random.nextInt(18))));
          byte[] key = SeededTest.bytes(random, Blake3Spec.KEY_BYTES);
          byte[] plainOut = new byte[random.nextInt(200)];
          byte[] keyedOut = new byte[32];
          Blake3Tree.hash(kernel(), Blake3Mode.HASH, data, 0, data.length, plainOut);
          Blake3Tree.hash(kernel(), Blake3Mode.keyed(key), data, 0, data.length, keyedOut);
          assertThat(plainOut).isEqualTo(Blake3Oracle.hash(data, plainOut.length));
          assertThat(keyedOut).isEqualTo(Blake3Oracle.keyedHash(key, data, keyedOut.length));
        });
  }

  @Test
  void piecesHashLikeTheWhole() {
    SeededTest.run(
        RANDOM_CASES,
        random -> {
          byte[] data = SeededTest.bytes(random, random.nextInt(1 << (8 + random.nextInt(12))));
          Hasher hasher = new Hasher(kernel());
          int at = 0;
          while (at < data.length) {
            int piece = Math.min(data.length - at, random.nextInt(1 << (1 + random.nextInt(18))));
            hasher.update(data, at, piece);
            at += piece;
          }
          assertThat(hasher.length()).isEqualTo(data.length);
          assertThat(hasher.finish()).as("%d bytes", data.length).isEqualTo(Digest.of(data));
        });
  }

  private String hash(Blake3Mode mode, byte[] data) {
    byte[] out = new byte[Blake3Vector.OUTPUT_BYTES];
    Blake3Tree.hash(kernel(), mode, data, 0, data.length, out);
    return HexFormat.of().formatHex(out);
  }
}
