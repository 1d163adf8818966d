package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.server.model.LivePack;
import io.aifs.server.model.PackId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs, condemned records, orphans, and deleted assets that can come back. */
public abstract class CollectionContract extends CatalogContract {
  private static final PackId A = new PackId("a".repeat(32));
  private static final PackId B = new PackId("b".repeat(32));
  private static final Instant LATER = NOON.plusSeconds(86_400);

  private long begin(int domain) {
    return catalog.write(writer -> writer.collection().begin(domain(domain), 7, NOON, LATER));
  }

  private void condemn(long run, PackId pack, int... offsets) {
    change(
        writer -> {
          writer.ledger().commit(List.of(new LivePack(pack, domain(1), 1 << 26, true)), List.of());
          writer.collection().condemn(new CondemnedPack(pack, run, 128L * offsets.length, offsets));
        });
  }

  private List<CollectionRun> runs(int domain) {
    return catalog.read(reader -> reader.collection().runs(domain(domain)));
  }

  private List<int[]> offsets(PackId pack) {
    return catalog.read(reader -> reader.collection().condemned(pack)).stream()
        .map(CondemnedPack::offsets)
        .toList();
  }

  @Test
  void condemnedRecordsAreKeptByPackAndRun() {
    long first = begin(1);
    long second = begin(1);
    condemn(first, A, 512, 700, 1_000_000, 67_108_863);
    condemn(second, A, 900);
    condemn(first, B, 512);
    reopen();

    assertThat(runs(1))
        .containsExactly(
            new CollectionRun(first, domain(1), 7, NOON, LATER, false),
            new CollectionRun(second, domain(1), 7, NOON, LATER, false));
    assertThat(runs(2)).isEmpty();
    assertThat(offsets(A))
        .containsExactly(new int[] {512, 700, 1_000_000, 67_108_863}, new int[] {900});
    assertThat(by(first, Optional.empty())).containsExactly(A, B);
    assertThat(by(first, Optional.of(A))).containsExactly(B);
    assertThat(totals()).isEqualTo(new CondemnedTotals(6 * 128, Optional.of(LATER)));
  }

  private List<PackId> by(long run, Optional<PackId> after) {
    return catalog.read(reader -> reader.collection().condemnedBy(run, after, 10)).stream()
        .map(CondemnedPack::pack)
        .toList();
  }

  private CondemnedTotals totals() {
    return catalog.read(reader -> reader.collection().totals());
  }

  @Test
  void whatIsCondemnedInAPackIsReplacedAndGoesWhenNothingIsLeft() {
    long run = begin(1);
    condemn(run, A, 512, 600);
    condemn(run, A, 600);
    assertThat(offsets(A)).containsExactly(new int[] {600});
    condemn(run, A);
    assertThat(offsets(A)).isEmpty();
    assertThat(totals()).isEqualTo(new CondemnedTotals(0, Optional.empty()));
  }

  @Test
  void finishedRunStaysAsLongAsItHasSomethingLeft() {
    long run = begin(1);
    condemn(run, A, 512);
    change(writer -> writer.collection().finish(run));
    assertThat(runs(1)).extracting(CollectionRun::finished).containsExactly(true);
    change(writer -> writer.collection().forgetPacks(List.of(A, B)));
    change(writer -> writer.collection().finish(run));
    assertThat(runs(1)).isEmpty();
    assertThat(begin(1)).isGreaterThan(run);
  }

  @Test
  void undoneRunLeavesNothing() {
    long run = begin(1);
    long other = begin(1);
    condemn(run, A, 512);
    condemn(other, A, 600);
    change(writer -> writer.collection().undo(run));
    assertThat(runs(1)).extracting(CollectionRun::number).containsExactly(other);
    assertThat(offsets(A)).containsExactly(new int[] {600});
  }

  @Test
  void orphanKeepsTheTimeWhenItWasFirstSeen() {
    change(writer -> writer.collection().setOrphans(List.of(A), NOON));
    change(writer -> writer.collection().setOrphans(List.of(A, B), LATER));
    assertThat(orphans()).isEqualTo(Map.of(A, NOON, B, LATER));
    change(writer -> writer.collection().setOrphans(List.of(B), LATER));
    change(writer -> writer.collection().setOrphans(List.of(A, B), LATER));
    assertThat(orphans()).isEqualTo(Map.of(A, LATER, B, LATER));
  }

  private Map<PackId, Instant> orphans() {
    return catalog.read(reader -> reader.collection().orphans());
  }

  @Test
  void deletedAssetComesBackAsItWas() {
    Digest id = id("asset");
    EmbeddingRow embedding = new EmbeddingRow(id, "2", 2, id("values"));
    AssetRow row =
        new AssetRow(
            id, AssetKind.TENSOR, 7, NOON, 1, true, false, new byte[] {1, 2, 3}, Map.of("a", "b"));
    change(
        writer -> {
          writer.assets().putAll(space, List.of(row));
          embed(writer, space, embedding);
          writer.events().append(event(space, EventRow.ASSET_PUT, id));
        });
    delete(id);
    KeptAsset kept = catalog.read(reader -> reader.assets().findKept(space, id)).orElseThrow();
    assertThat(kept.manifest()).containsExactly(1, 2, 3);
    assertThat(kept.embeddings()).containsExactly(embedding);
    assertThat(kept.size()).isEqualTo(7);

    assertThat(revive(id)).isTrue();

    AssetRow revived = catalog.read(reader -> reader.assets().find(space, id)).orElseThrow();
    assertThat(revived.info()).isEqualTo(row.info());
    assertThat(revived.manifest()).isEqualTo(row.manifest());
    assertThat(revived.unnamed()).isTrue();
    assertThat(embeddings(id)).containsExactly(embedding);
    assertThat(left(id)).isEmpty();
    assertThat(assetTotals()).isEqualTo(new AssetTotals(1, 7));
    assertThat(revive(id)).isFalse();
  }

  @Test
  void whatIsKeptGoesWithTheNextPutAndWithItsTime() {
    Digest early = id("early");
    Digest late = id("late");
    Digest again = id("again");
    put(early, late, again);
    delete(early);
    long between = catalog.read(reader -> reader.events().newest());
    delete(late);
    delete(again);
    put(again);
    assertThat(kept(again)).isEmpty();

    long forgotten = catalog.write(writer -> writer.assets().forgetKept(space, between, 10));

    assertThat(forgotten).isEqualTo(1);
    assertThat(revive(early)).isFalse();
    assertThat(revive(late)).isTrue();
    assertThat(left(early)).isPresent();
  }

  @Test
  void embeddingsOfAllAssetsAreListedInPages() {
    List<Digest> ids = Stream.of(id("1"), id("2"), id("3")).sorted().toList();
    put(ids.toArray(Digest[]::new));
    for (Digest id : ids) {
      change(writer -> embed(writer, space, new EmbeddingRow(id, "8", 8, id("values"))));
    }
    EmbeddingRow waiting =
        new EmbeddingRow(
            ids.get(1),
            "8",
            "page 1",
            8,
            id("values"),
            Optional.of(new EmbeddingRow.Quarantine("/embeddings/review", NOON)));
    change(writer -> embed(writer, space, waiting));

    List<EmbeddingRow> first = embeddings(Optional.empty(), 3);
    assertThat(first)
        .extracting(EmbeddingRow::asset)
        .containsExactly(ids.get(0), ids.get(1), ids.get(1));
    assertThat(first.getLast()).isEqualTo(waiting);
    assertThat(embeddings(Optional.of(waiting.key()), 3))
        .extracting(EmbeddingRow::asset)
        .containsExactly(ids.get(2));
  }

  private List<EmbeddingRow> embeddings(Optional<EmbeddingKey> after, int limit) {
    return catalog.read(reader -> reader.assets().embeddingsAfter(space, after, limit));
  }

  private void delete(Digest id) {
    change(
        writer -> {
          writer
              .assets()
              .delete(space, new Tombstone(id, AssetKind.TENSOR, 7, NOON, "someone", ""));
          writer.events().append(event(space, "asset.delete", id));
        });
  }

  private boolean revive(Digest id) {
    return catalog.write(
        writer -> {
          boolean revived = writer.assets().revive(space, id, writer.events().next());
          if (revived) {
            long _ = writer.events().append(event(space, EventRow.ASSET_PUT, id));
          }
          return revived;
        });
  }

  private List<EmbeddingRow> embeddings(Digest id) {
    return catalog.read(reader -> reader.assets().embeddings(space, id));
  }

  private Optional<Tombstone> left(Digest id) {
    return catalog.read(reader -> reader.assets().findTombstone(space, id));
  }

  private Optional<KeptAsset> kept(Digest id) {
    return catalog.read(reader -> reader.assets().findKept(space, id));
  }

  private AssetTotals assetTotals() {
    return catalog.read(reader -> reader.assets().totals(space));
  }
}
