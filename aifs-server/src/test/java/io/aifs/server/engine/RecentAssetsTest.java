package io.aifs.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.AssetRow;
import io.aifs.server.catalog.Tombstone;
import io.aifs.server.catalog.journal.AssetOp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecentAssetsTest {
  private static final long NAMESPACE = 1;

  private final RecentAssets recent = RecentAssets.ofDefaultSize();
  private final AssetRow row = row(1, "");

  private static AssetRow row(int number, String note) {
    return new AssetRow(
        Digest.of(new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16)}),
        AssetKind.BLOB,
        number,
        Instant.EPOCH,
        1,
        true,
        false,
        new byte[40],
        Map.of("note", note));
  }

  @Test
  void rowIsFoundInItsNamespaceOnly() {
    recent.keep(recent.stamp(row.id()), NAMESPACE, row);
    assertThat(recent.find(NAMESPACE, row.id())).containsSame(row);
    assertThat(recent.find(NAMESPACE + 1, row.id())).isEmpty();
  }

  @Test
  void everyChangeOfAnAssetDropsItsRow() {
    List<AssetOp> changes =
        List.of(
            new AssetOp.PutAll(NAMESPACE, List.of(row)),
            new AssetOp.Delete(
                NAMESPACE, new Tombstone(row.id(), row.kind(), 1, Instant.EPOCH, "me", "")),
            new AssetOp.Revive(NAMESPACE, row.id(), 2));
    for (AssetOp change : changes) {
      recent.keep(recent.stamp(row.id()), NAMESPACE, row);
      recent.changed(List.of(change));
      assertThat(recent.find(NAMESPACE, row.id())).as("after %s", change).isEmpty();
    }
  }

  @Test
  void rowReadBeforeAChangeIsNotKeptAfterIt() {
    long stamp = recent.stamp(row.id());
    recent.changed(List.of(new AssetOp.PutAll(NAMESPACE, List.of(row))));
    recent.keep(stamp, NAMESPACE, row);
    assertThat(recent.find(NAMESPACE, row.id())).isEmpty();
  }

  @Test
  void largeRowsAndThoseNotReadForLongAreNotKept() {
    AssetRow large = row(2, "x".repeat(5_000));
    recent.keep(recent.stamp(large.id()), NAMESPACE, large);
    assertThat(recent.find(NAMESPACE, large.id())).isEmpty();

    int kept = 0;
    for (int i = 0; i < 40_000; i++) {
      AssetRow one = row(i, "");
      recent.keep(recent.stamp(one.id()), NAMESPACE, one);
    }
    for (int i = 0; i < 40_000; i++) {
      kept += recent.find(NAMESPACE, row(i, "").id()).isPresent() ? 1 : 0;
    }
    assertThat(kept).isBetween(10_000, 16_384);
  }

  @Test
  void noneKeepsNothing() {
    RecentAssets none = RecentAssets.none();
    none.keep(none.stamp(row.id()), NAMESPACE, row);
    assertThat(none.find(NAMESPACE, row.id())).isEmpty();
  }
}
