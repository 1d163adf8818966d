package io.aifs.server.engine.transaction;

import io.aifs.core.AifsException;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.AssociationData;
import io.aifs.core.model.AssociationName;
import io.aifs.core.model.AssociationWrite;
import io.aifs.core.model.FileAttributes;
import io.aifs.core.model.Name;
import io.aifs.core.model.ObjectId;
import io.aifs.core.model.ParentEdge;
import io.aifs.core.model.PathEntry;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreeEntry;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import io.aifs.server.catalog.EmbeddingKey;
import io.aifs.server.engine.AssetPut;
import io.aifs.server.engine.PutEntry;
import io.aifs.server.engine.StagedAsset;
import io.aifs.server.engine.StagedEmbedding;
import io.aifs.server.engine.history.Mover;
import io.aifs.server.engine.lineage.NewParents;
import io.aifs.server.engine.payload.PayloadFinding;
import io.aifs.server.engine.payload.StagedVectors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of transactions as they wait in the catalog. */
class StagedStepFuzzTest {
  private static final Digest ID = Digest.of(new byte[] {1});
  private static final SnapshotId SNAPSHOT = new SnapshotId("ab".repeat(16));
  private static final Mover MOVER = new Mover("ada", "why", Map.of("k", "v"));

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    Name name = new Name("dev");
    TreePath path = new TreePath("data/a");
    NewParents parents = new NewParents(ID, List.of(new ParentEdge(ID, "train", "abcd")));
    AssociationName association =
        new AssociationName(new ObjectId.Asset(ID), new Name("uses"), ObjectId.parse("run:812"));
    List<StagedStep> steps =
        List.of(
            new StagedStep.Put(put()),
            new StagedStep.RemovePaths(name, List.of(path), true),
            new StagedStep.MovePath(name, path, new TreePath("data/b")),
            new StagedStep.StartBranch(name, SNAPSHOT, MOVER),
            new StagedStep.MoveBranch(name, SNAPSHOT, SNAPSHOT, MOVER),
            new StagedStep.EndBranch(name, Optional.of(SNAPSHOT), MOVER),
            new StagedStep.MakeTag(name, SNAPSHOT, MOVER),
            new StagedStep.DeleteTag(name),
            new StagedStep.AddParents(List.of(parents)),
            new StagedStep.PutAssociations(
                List.of(
                    new AssociationWrite(association, Optional.of(5L), AssociationData.of("{}")))),
            new StagedStep.DeleteAssociations(List.of(association)));
    return List.of(
        FuzzTarget.bytes(
                StagedStepCodec.class,
                "decode",
                StagedStepCodec::decode,
                steps.stream().map(StagedStepCodec::encode).toArray(byte[][]::new))
            .refusesWith(AifsException.Corrupt.class)
            .remembers("BgNkZXYBq6urq6urq6urq6urq6sAAAAAAQAAAGh5AQFrAXY=")
            .hasStableForm(StagedStepCodec::encode));
  }

  private static AssetPut put() {
    StagedAsset asset =
        new StagedAsset(
            ID,
            AssetKind.EMBED,
            77,
            new byte[] {1, 2, 3},
            Map.of("k", "v"),
            List.of(new ParentEdge(ID, "train", "abcd")),
            Optional.of(new StagedEmbedding(new EmbeddingKey(ID, "text", "page 1"), 384, ID, 1.5)),
            true,
            new PayloadFinding(
                PayloadFinding.State.VALID,
                "",
                Optional.of(
                    new StagedVectors(
                        "clip",
                        384,
                        VectorMetric.DOT_PRODUCT,
                        List.of(new StagedVectors.StagedVector("page 1", ID, 2.5))))));
    PathEntry entry =
        new PathEntry(
            new TreePath("data/a"),
            new TreeEntry.File(ID, AssetKind.EMBED, 77, FileAttributes.PLAIN_FILE));
    return new AssetPut(Name.MAIN_BRANCH, List.of(asset), List.of(new PutEntry(entry, true)));
  }
}
