package io.aifs.core.tree;

import io.aifs.core.model.AssetKind;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.tree.InclusionProof.Step;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes of trees, and proofs that something is in one. */
class TreeFuzzTest {
  private static final Digest DIGEST = Digest.of(new byte[] {1});
  private static final FileAttributes PLAIN = FileAttributes.PLAIN_FILE;

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    InclusionProof proof =
        new InclusionProof(
            List.of(new Step(3, List.of(DIGEST, DIGEST, DIGEST)), new Step(1, List.of(DIGEST))));
    return List.of(
        FuzzTarget.bytes(
                TreeNodeCodec.class,
                "decode",
                TreeNodeCodec::decode,
                TreeNodeCodec.encode(leaf()),
                TreeNodeCodec.encode(inner()))
            .refusesWith(TreeDamagedException.class)
            .hasOneForm(TreeNodeCodec::encode),
        FuzzTarget.bytes(InclusionProof.class, "parse", InclusionProof::parse, proof.toBytes())
            .refusesWith(InclusionProofBrokenException.class)
            .hasOneForm(InclusionProof::toBytes));
  }

  private static TreeNode leaf() {
    return new TreeNode.Leaf(
        List.of(
            new PathEntry(new TreePath("data"), new TreeEntry.Directory(PLAIN)),
            new PathEntry(
                new TreePath("data/a.bin"),
                new TreeEntry.File(DIGEST, AssetKind.TENSOR, 77, PLAIN)),
            new PathEntry(
                new TreePath("data/b.bin"),
                new TreeEntry.File(DIGEST, AssetKind.BLOB, 1L << 40, PLAIN)),
            new PathEntry(new TreePath("latest"), new TreeEntry.Symlink("data/b.bin", PLAIN))));
  }

  private static TreeNode inner() {
    return new TreeNode.Inner(
        2,
        List.of(
            new ChildRef(new TreePath("a"), new TreeRoot(DIGEST, DIGEST, 1_000, 1L << 30, 9)),
            new ChildRef(new TreePath("b/\u00e9"), new TreeRoot(DIGEST, DIGEST, 7, 0, 99))));
  }
}
