package io.aifs.server.catalog.sqlite;

import io.aifs.core.model.SnapshotId;
import io.aifs.core.tree.TreeRoot;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.FuzzTarget;
import io.aifs.crypto.testing.Fuzzer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Columns of the catalog that hold more than one value. */
class RowFuzzTest {
  private static final Digest DIGEST = Digest.of(new byte[] {1});

  @ParameterizedTest
  @MethodSource("targets")
  void readsOrRefusesAsItsContractSays(FuzzTarget<?> target) {
    Fuzzer.run(target);
  }

  static List<FuzzTarget<?>> targets() {
    byte[] ids = PackedIds.pack(List.of(DIGEST, DIGEST));
    byte[] root =
        Objects.requireNonNull(RootCodec.encode(new TreeRoot(DIGEST, DIGEST, 7, 1L << 40, 99)));
    SnapshotId snapshot = new SnapshotId("ab".repeat(16));
    byte[] snapshots = Objects.requireNonNull(PackedSnapshotIds.pack(List.of(snapshot, snapshot)));
    byte[] metadata =
        Objects.requireNonNull(MetadataCodec.encode(Map.of("a", "1", "b", "x".repeat(200))));
    return List.of(
        FuzzTarget.bytes(PackedIds.class, "unpack", PackedIds::unpack, ids)
            .refusesWith(DamagedRowException.class)
            .hasOneForm(PackedIds::pack),
        FuzzTarget.bytes(RootCodec.class, "decode", RootCodec::decode, root),
        FuzzTarget.bytes(
                OffsetCodec.class,
                "decode",
                OffsetCodec::decode,
                OffsetCodec.encode(new int[] {1, 300, 1 << 30}))
            .refusesWith(DamagedRowException.class)
            .hasStableForm(OffsetCodec::encode),
        FuzzTarget.bytes(PackedSnapshotIds.class, "unpack", PackedSnapshotIds::unpack, snapshots)
            .refusesWith(DamagedRowException.class),
        FuzzTarget.bytes(
                PackedSnapshotIds.class,
                "id",
                PackedSnapshotIds::id,
                PackedSnapshotIds.bytes(snapshot))
            .refusesWith(DamagedRowException.class)
            .hasOneForm(PackedSnapshotIds::bytes),
        FuzzTarget.bytes(MetadataCodec.class, "decode", MetadataCodec::decode, metadata)
            .refusesWith(DamagedRowException.class),
        FuzzTarget.text(
            LineageTail.class,
            "read",
            text -> LineageTail.read(DIGEST, text),
            "5:trainabcd",
            "0:",
            "9999:" + "x".repeat(9_999)));
  }
}
