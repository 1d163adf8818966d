package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.AssetFilter;
import io.aifs.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The order of {@link AssetReader#list}. */
public abstract class NewestFirstContract extends CatalogContract {
  @Test
  void laterEventsAndHigherIndexesAreNewer() {
    put(id("a"), id("b"));
    put(id("c"));
    put(id("d"), id("e"), id("f"));

    assertThat(newest(0, 10)).containsExactly(ids("f", "e", "d", "c", "b", "a"));
    assertThat(newest(2, 3)).containsExactly(ids("d", "c", "b"));
    assertThat(newest(6, 3)).isEmpty();
    assertThat(newest(0, 0)).isEmpty();
  }

  @Test
  void pagesMeetWithoutGapOrOverlap() {
    for (int event = 0; event < 7; event++) {
      put(id("x" + event), id("y" + event), id("z" + event));
    }

    for (int limit = 1; limit <= 22; limit++) {
      assertThat(allInPagesOf(limit)).containsExactlyElementsOf(newest(0, 100)).hasSize(21);
    }
  }

  @Test
  void lastPageHasNoNext() {
    put(id("a"), id("b"));

    AssetPage page =
        catalog.read(
            reader -> reader.assets().list(space, AssetFilter.ALL, Optional.empty(), 0, 2));

    assertThat(page.next()).isEmpty();
  }

  @Test
  void putAgainDoesNotMakeAnAssetNewer() {
    put(id("a"));
    put(id("b"));
    change(
        writer -> {
          AssetRow stored = writer.assets().find(space, id("a")).orElseThrow();
          writer.assets().putAll(space, List.of(stored));
          writer.events().append(event(space, EventRow.ASSET_PUT, id("a")));
        });

    assertThat(newest(0, 10)).containsExactly(ids("b", "a"));
  }

  @Test
  void deletedAssetIsGoneAndARevivedOneIsNew() {
    put(id("a"), id("b"), id("c"));
    change(
        writer -> {
          writer.assets().delete(space, tombstone(id("a")));
          writer.assets().delete(space, tombstone(id("b")));
          writer.events().append(event(space, "asset.delete", id("a"), id("b")));
        });
    put(id("a"));

    assertThat(newest(0, 10)).containsExactly(ids("a", "c"));
  }

  @Test
  void idThatStandsTwiceInAnEventIsListedOnce() {
    put(id("a"), id("b"), id("a"), id("c"));

    assertThat(newest(0, 10)).containsExactly(ids("c", "a", "b"));
    assertThat(allInPagesOf(1)).containsExactly(ids("c", "a", "b"));
  }

  private List<Digest> newest(int skip, int limit) {
    AssetPage page =
        catalog.read(
            reader -> reader.assets().list(space, AssetFilter.ALL, Optional.empty(), skip, limit));
    return page.assets().stream().map(AssetRow::id).toList();
  }

  private List<Digest> allInPagesOf(int limit) {
    List<Digest> seen = new ArrayList<>();
    Optional<AssetPage.Position> before = Optional.empty();
    do {
      Optional<AssetPage.Position> from = before;
      AssetPage page =
          catalog.read(reader -> reader.assets().list(space, AssetFilter.ALL, from, 0, limit));
      page.assets().forEach(row -> seen.add(row.id()));
      before = page.next();
    } while (before.isPresent());
    return seen;
  }

  private static Digest[] ids(String... contents) {
    return List.of(contents).stream().map(CatalogContract::id).toArray(Digest[]::new);
  }
}
