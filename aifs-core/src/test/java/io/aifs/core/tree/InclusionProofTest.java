package io.aifs.core.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InclusionProofTest {
  private static final Digest HASH = Digest.of(new byte[] {7});

  @Test
  void randomBytesAreRefusedOrWrittenTheSame() {
    SeededTest.run(
        5_000,
        random -> {
          byte[] bytes = SeededTest.bytes(random, random.nextInt(200));
          if (bytes.length > 6) {
            bytes[0] = 1;
            bytes[1] = (byte) random.nextInt(4);
            bytes[2] = (byte) random.nextInt(5);
            bytes[3] = 0;
          }
          try {
            assertThat(InclusionProof.parse(bytes).toBytes()).isEqualTo(bytes);
          } catch (InclusionProofBrokenException e) {
            assertThat(e).message().isNotBlank();
          }
        });
  }

  @Test
  void eachFaultHasItsMessage() {
    assertRefused(new byte[] {1}, "proof ends too early");
    assertRefused(new byte[] {2, 1}, "version of the proof is unknown: 2");
    assertRefused(new byte[] {1, 0}, "number of steps is no tree's: 0");
    assertRefused(new byte[] {1, 64}, "number of steps is no tree's: 64");
    assertRefused(new byte[] {1, 1, 13, 0, 0}, "step of the proof is none: 13 hashes, sides 0");
    assertRefused(new byte[] {1, 1, 0, 0, 1}, "step of the proof is none: 0 hashes, sides 1");
    assertRefused(new byte[] {1, 1, 1, 0, 0}, "proof ends too early");
    assertRefused(new byte[] {1, 1, 0, 0, 0, 9}, "proof has bytes behind its end: 1");
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatThrownBy(() -> InclusionProof.parse(bytes))
        .isInstanceOf(InclusionProofBrokenException.class)
        .hasMessage(message);
  }

  @Test
  void stepsThatNoTreeHasAreNotMade() {
    assertThatThrownBy(() -> new InclusionProof(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new InclusionProof.Step(2, List.of(HASH)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new InclusionProof.Step(0, Collections.nCopies(13, HASH)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theWayOfEveryLeafLeadsToTheRoot() {
    List<Digest> leaves = new ArrayList<>();
    for (int count = 1; count <= 70; count++) {
      leaves.add(Digest.of(new byte[] {(byte) count}));
      Digest root = MerkleTree.root(leaves);
      for (int i = 0; i < count; i++) {
        List<Digest> siblings = MerkleTree.siblings(leaves, i);
        int lefts = MerkleTree.lefts(i, count);
        assertThat(MerkleTree.rootFrom(leaves.get(i), lefts, siblings)).isEqualTo(root);
        assertThat(lefts >> siblings.size()).isZero();
      }
    }
  }
}
