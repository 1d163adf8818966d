package io.aifs.server.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.EntryContent;
import io.aifs.core.tree.InclusionProof;
import io.aifs.core.tree.InclusionProofBrokenException;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.testing.SeededTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TreeProverTest {
  @Test
  void everyEntryIsProvenAndNoOther() {
    SeededTest.run(
        20,
        random -> {
          TreeModel model = new TreeModel();
          model.randomEdits(random, random.nextInt(1, 3_000)).forEach(model::apply);
          MemoryNodes nodes = new MemoryNodes();
          TreeRoot root = model.build(nodes);
          for (PathEntry entry : model.list()) {
            TreeProver.Proven proven = TreeProver.prove(nodes, root, entry.path()).orElseThrow();
            assertThat(proven.entry()).isEqualTo(entry);
            InclusionProof proof = InclusionProof.parse(proven.proof().toBytes());
            assertThat(proof).isEqualTo(proven.proof());
            assertThat(proof.rootOf(entry)).isEqualTo(root.merkle());
            PathEntry other =
                new PathEntry(model.randomPath(random), TreeModel.randomEntry(random));
            boolean isSame =
                other.path().equals(entry.path())
                    && EntryContent.same(other.entry(), entry.entry());
            assertThat(proof.rootOf(other).equals(root.merkle())).isEqualTo(isSame);
          }
          TreePath absent = new TreePath("not/there");
          assertThat(TreeProver.prove(nodes, root, absent)).isEmpty();
        });
  }

  @Test
  void anEmptyTreeProvesNothing() {
    assertThat(TreeProver.prove(new MemoryNodes(), TreeRoot.EMPTY, new TreePath("a"))).isEmpty();
  }

  @Test
  void attributesAreNotCoveredButTheExecutableBitIs() throws Exception {
    TreePath path = new TreePath("a");
    PathEntry entry = new PathEntry(path, TreeModel.file(1, new FileAttributes(0644, 7)));
    TreeModel model = new TreeModel();
    model.entries().put(path, entry.entry());
    MemoryNodes nodes = new MemoryNodes();
    TreeRoot root = model.build(nodes);
    InclusionProof proof = TreeProver.prove(nodes, root, path).orElseThrow().proof();
    TreeEntry touched = TreeModel.file(1, new FileAttributes(0600, 8));
    TreeEntry executable = TreeModel.file(1, new FileAttributes(0744, 7));
    assertThat(proof.rootOf(new PathEntry(path, touched))).isEqualTo(root.merkle());
    assertThat(proof.rootOf(new PathEntry(path, executable))).isNotEqualTo(root.merkle());
  }

  @Test
  void everyFlippedBitIsNoticed() {
    SeededTest.run(
        3,
        random -> {
          TreeModel model = new TreeModel();
          model.randomEdits(random, 1_000).forEach(model::apply);
          MemoryNodes nodes = new MemoryNodes();
          TreeRoot root = model.build(nodes);
          PathEntry entry = model.list().get(random.nextInt(model.list().size()));
          byte[] bytes =
              TreeProver.prove(nodes, root, entry.path()).orElseThrow().proof().toBytes();
          for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(proves(damaged, entry, root)).as("bit %d", bit).isFalse();
          }
          for (int length = 0; length < bytes.length; length++) {
            assertThat(proves(Arrays.copyOf(bytes, length), entry, root)).isFalse();
          }
        });
  }

  @Test
  void aProofShowsNoOtherPath() throws Exception {
    TreeModel model = new TreeModel();
    for (int i = 0; i < 2_000; i++) {
      model
          .entries()
          .put(new TreePath("secret-" + i), TreeModel.file(i, FileAttributes.PLAIN_FILE));
    }
    MemoryNodes nodes = new MemoryNodes();
    TreeRoot root = model.build(nodes);
    byte[] proof =
        TreeProver.prove(nodes, root, new TreePath("secret-1000")).orElseThrow().proof().toBytes();
    assertThat(new String(proof, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
  }

  private static boolean proves(byte[] bytes, PathEntry entry, TreeRoot root) {
    try {
      return InclusionProof.parse(bytes).rootOf(entry).equals(root.merkle());
    } catch (InclusionProofBrokenException e) {
      return false;
    }
  }
}
