package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows of assets, tombstones and totals. */
public abstract class AssetContract extends CatalogContract {
  @Test
  void assetIsFoundAsItWasPut() {
    AssetRow full =
        new AssetRow(
            id("full"),
            AssetKind.TENSOR,
            1L << 47,
            Instant.parse("1969-07-20T20:17:40.000000001Z"),
            1,
            true,
            false,
            new byte[] {0, -1, 7},
            Map.of("", "", "k", "v".repeat(70_000), "ключ", "😀", "a=b", "line\nbreak"));
    change(
        writer -> {
          writer.assets().putAll(space, List.of(full));
          writer.events().append(event(space, EventRow.ASSET_PUT, full.id()));
        });
    reopen();

    AssetRow found = catalog.read(reader -> reader.assets().find(space, full.id())).orElseThrow();

    assertThat(found).usingRecursiveComparison().isEqualTo(full);
    assertThat(catalog.<Optional<AssetRow>>read(reader -> reader.assets().find(space, id("other"))))
        .isEmpty();
  }

  @Test
  void findAllLeavesOutWhatIsAbsent() {
    put(id("a"), id("b"));

    Map<Digest, AssetRow> found =
        catalog.read(
            reader -> reader.assets().findAll(space, List.of(id("b"), id("none"), id("a"))));

    assertThat(found).containsOnlyKeys(id("a"), id("b"));
  }

  @Test
  void rowIsReplacedButItIsStillNamed() {
    long born = put(id("a"));
    change(writer -> writer.tree().putAll(space, MAIN, List.of(file("p", id("a")))));
    AssetRow wanted =
        new AssetRow(
            id("a"), AssetKind.BLOB, 7, NOON, born, true, false, new byte[0], Map.of("k", "v"));

    change(writer -> writer.assets().putAll(space, List.of(wanted)));

    AssetRow found = catalog.read(reader -> reader.assets().find(space, id("a"))).orElseThrow();
    assertThat(found.metadata()).containsEntry("k", "v");
    assertThat(found.unnamed()).isTrue();
    assertThat(found.named()).isTrue();
  }

  @Test
  void totalsFollowPutsReplacementsAndDeletes() {
    change(
        writer -> {
          writer.assets().putAll(space, List.of(sized("a", 10), sized("b", 5), sized("a", 12)));
          writer.events().append(event(space, EventRow.ASSET_PUT, id("a"), id("b")));
        });
    assertThat(totals()).isEqualTo(new AssetTotals(2, 17));

    change(writer -> writer.assets().putAll(space, List.of(sized("b", 6))));
    assertThat(totals()).isEqualTo(new AssetTotals(2, 18));

    change(writer -> writer.assets().delete(space, tombstone(id("a"))));
    assertThat(totals()).isEqualTo(new AssetTotals(1, 6));
  }

  private static AssetRow sized(String content, long size) {
    return new AssetRow(
        id(content), AssetKind.BLOB, size, NOON, 1, false, false, new byte[0], Map.of());
  }

  private AssetTotals totals() {
    return catalog.read(reader -> reader.assets().totals(space));
  }

  @Test
  void deletedAssetLeavesOnlyItsTombstone() {
    put(id("a"));
    EmbeddingRow embedding = new EmbeddingRow(id("a"), "384", 384, id("vector"));
    change(writer -> embed(writer, space, embedding));

    change(writer -> writer.assets().delete(space, tombstone(id("a"))));

    assertThat(catalog.<Optional<AssetRow>>read(reader -> reader.assets().find(space, id("a"))))
        .isEmpty();
    assertThat(
            catalog.<List<EmbeddingRow>>read(reader -> reader.assets().embeddings(space, id("a"))))
        .isEmpty();
    assertThat(
            catalog.<Optional<Tombstone>>read(
                reader -> reader.assets().findTombstone(space, id("a"))))
        .hasValue(tombstone(id("a")));
  }

  @Test
  void putRevivesADeletedAssetWithThePathsThatStillNameIt() {
    put(id("a"));
    change(writer -> writer.tree().putAll(space, MAIN, List.of(file("p", id("a")))));
    change(writer -> writer.assets().delete(space, tombstone(id("a"))));
    change(writer -> writer.assets().delete(space, tombstone(id("a"))));
    assertThat(catalog.check()).isEmpty();

    put(id("a"));

    AssetRow found = catalog.read(reader -> reader.assets().find(space, id("a"))).orElseThrow();
    assertThat(found.named()).isTrue();
    assertThat(
            catalog.<Optional<Tombstone>>read(
                reader -> reader.assets().findTombstone(space, id("a"))))
        .isEmpty();
  }

  @Test
  void assetsAreListedByIdInPages() {
    Digest[] ids = IntStream.range(0, 23).mapToObj(i -> id("n" + i)).toArray(Digest[]::new);
    put(ids);

    List<Digest> seen = new ArrayList<>();
    Optional<Digest> after = Optional.empty();
    List<AssetRow> page = byId(after);
    while (!page.isEmpty()) {
      page.forEach(row -> seen.add(row.id()));
      after = Optional.of(page.getLast().id());
      page = byId(after);
    }

    assertThat(seen).containsExactlyElementsOf(new TreeSet<>(List.of(ids)));
  }

  private List<AssetRow> byId(Optional<Digest> after) {
    return catalog.read(reader -> reader.assets().listById(space, after, 5));
  }

  @Test
  void prefixOfAnyLengthFindsIds() {
    Digest low = Digest.parse("abcdef00" + "0".repeat(56));
    Digest high = Digest.parse("abcdef0f" + "f".repeat(56));
    Digest above = Digest.parse("abcdef10" + "0".repeat(56));
    put(low, high, above);

    assertThat(byPrefix("abcdef00")).containsExactly(low);
    assertThat(byPrefix("abcdef0ff")).containsExactly(high);
    assertThat(byPrefix(above.hex())).containsExactly(above);
    assertThat(byPrefix("abcdef01")).isEmpty();
    assertThatThrownBy(() -> byPrefix("abcdef0")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> byPrefix("ABCDEF00")).isInstanceOf(IllegalArgumentException.class);
  }

  private List<Digest> byPrefix(String prefix) {
    return catalog.read(reader -> reader.assets().findByPrefix(space, prefix, 10));
  }

  @Test
  void negativeLimitIsRefused() {
    assertThatThrownBy(
            () -> catalog.read(reader -> reader.assets().listById(space, Optional.empty(), -1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
