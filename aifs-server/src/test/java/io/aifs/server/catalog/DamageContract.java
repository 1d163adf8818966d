package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.model.DamagedRecord;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damaged records, lost assets, and what is looked up to name what damage touches. */
public abstract class DamageContract extends CatalogContract {
  private static final PackId A = new PackId("a".repeat(32));
  private static final PackId B = new PackId("b".repeat(32));
  private static final PackId GONE = new PackId("c".repeat(32));

  @BeforeEach
  final void addPacks() {
    change(
        writer ->
            writer
                .ledger()
                .commit(
                    List.of(
                        new LivePack(A, domain(1), 9_000, true),
                        new LivePack(B, domain(1), 9_000, true)),
                    List.of()));
  }

  @Test
  void damagedRecordsAreKeptInOrderWithTheTimeTheyWereFirstSeen() {
    DamagedRecord later = damaged(A, 2_000, "payload is damaged");
    DamagedRecord earlier = damaged(A, 512, "header is damaged");
    change(writer -> writer.damage().add(List.of(later, damaged(B, 600, "x")), NOON));
    change(writer -> writer.damage().add(List.of(earlier), NOON.plusSeconds(9)));
    change(
        writer ->
            writer.damage().add(List.of(damaged(A, 2_000, "said again")), NOON.plusSeconds(99)));
    reopen();

    assertThat(of(A)).containsExactly(earlier, later);
    assertThat(packs())
        .containsExactly(new QuarantinedPack(A, 2, NOON), new QuarantinedPack(B, 1, NOON));
  }

  @Test
  void recordsThatReadAfterAllAreForgotten() {
    change(
        writer -> writer.damage().add(List.of(damaged(A, 512, "x"), damaged(A, 700, "y")), NOON));
    change(writer -> writer.damage().remove(A, List.of(512L, 513L)));
    assertThat(of(A)).containsExactly(damaged(A, 700, "y"));
    change(writer -> writer.damage().remove(A, List.of(700L)));
    assertThat(packs()).isEmpty();
  }

  @Test
  void damageGoesWithItsPack() {
    change(
        writer ->
            writer.damage().add(List.of(damaged(A, 512, "x"), damaged(GONE, 512, "x")), NOON));
    assertThat(of(GONE)).isEmpty();
    change(writer -> writer.ledger().commit(List.of(), List.of(A)));
    assertThat(packs()).isEmpty();
  }

  @Test
  void assetsThatOnlyLineageNamesAreLostUntilTheyHaveATombstone() {
    put(id("child"));
    assertThat(lost(9)).isEmpty();
    change(
        writer ->
            writer
                .assets()
                .addParents(
                    space, id("child"), List.of(new ParentEdge(id("lost"), "t", "")), NOON));
    assertThat(lost(9)).containsExactly(new LostAsset(space, id("lost")));
    assertThat(lost(0)).isEmpty();
    change(writer -> writer.assets().delete(space, tombstone(id("lost"))));
    assertThat(lost(9)).isEmpty();
  }

  @Test
  void pathsOfManyAssetsAreFoundTogetherAndCutShort() {
    put(id("x"), id("y"), id("z"));
    change(
        writer ->
            writer
                .tree()
                .putAll(
                    space,
                    MAIN,
                    List.of(
                        file("a", id("x")),
                        file("b/c", id("y")),
                        file("b/d", id("x")),
                        file("e", id("x")),
                        directory("f"))));

    Map<Digest, AssetPaths> paths =
        catalog.read(reader -> reader.tree().pathsOf(space, Set.of(id("x"), id("y"), id("z")), 2));

    assertThat(paths)
        .containsOnly(
            Map.entry(
                id("x"),
                new AssetPaths(
                    List.of(
                        new AssetPaths.Place(MAIN, path("a")),
                        new AssetPaths.Place(MAIN, path("b/d"))),
                    3)),
            Map.entry(
                id("y"), new AssetPaths(List.of(new AssetPaths.Place(MAIN, path("b/c"))), 1)));
  }

  @Test
  void countingAnewChangesNothingThatWasRight() {
    put(id("x"), id("y"));
    change(writer -> writer.tree().putAll(space, MAIN, List.of(file("a", id("x")))));
    change(writer -> writer.assets().delete(space, tombstone(id("x"))));
    AssetTotals before = catalog.read(reader -> reader.assets().totals(space));
    change(writer -> writer.damage().recount());
    assertThat(catalog.<AssetTotals>read(reader -> reader.assets().totals(space)))
        .isEqualTo(before);
    assertThat(before.assets()).isEqualTo(1);
  }

  private static DamagedRecord damaged(PackId pack, long position, String detail) {
    return new DamagedRecord(pack, position, id("record" + position), position % 2 == 0, detail);
  }

  private List<DamagedRecord> of(PackId pack) {
    return catalog.read(reader -> reader.damage().of(pack));
  }

  private List<QuarantinedPack> packs() {
    return catalog.read(reader -> reader.damage().packs());
  }

  private List<LostAsset> lost(int limit) {
    return catalog.read(reader -> reader.damage().lostAssets(limit));
  }
}
