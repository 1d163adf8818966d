package io.aifs.server.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.model.AssetFilter;
import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** {@link AssetReader#list} with conditions, against a plain list. */
public abstract class AssetFilterContract extends CatalogContract {
  private static final Instant START = Instant.parse("2026-11-26T08:00:00Z");
  private static final List<AssetKind> KINDS = List.of(AssetKind.values());

  @Test
  void everyFilterGivesWhatAPlainListWould() {
    SeededTest.run(
        1,
        random -> {
          List<AssetRow> newestFirst = new ArrayList<>();
          for (int event = 0; event < 40; event++) {
            newestFirst.addAll(0, putSome(random, event).reversed());
          }
          for (int i = 0; i < 60; i++) {
            AssetFilter filter = filter(random);
            Comparator<AssetRow> byId = Comparator.comparing(AssetRow::id);
            List<Digest> expected =
                newestFirst.stream()
                    .filter(row -> filter.matches(row.info()))
                    .sorted(filter.idPrefix().isPresent() ? byId : (_, _) -> 0)
                    .map(AssetRow::id)
                    .toList();
            assertThat(inPages(filter, random.nextInt(1, 30))).as("%s", filter).isEqualTo(expected);
            int skip = random.nextInt(4);
            assertThat(ids(page(filter, Optional.empty(), skip, 1_000)))
                .isEqualTo(expected.stream().skip(skip).toList());
          }
        });
  }

  private List<AssetRow> putSome(SplittableRandom random, int event) {
    List<AssetRow> rows = new ArrayList<>();
    change(
        writer -> {
          rows.clear();
          long born = writer.events().next();
          for (int i = random.nextInt(1, 12); i > 0; i--) {
            rows.add(
                new AssetRow(
                    id("asset " + event + " " + i),
                    KINDS.get(random.nextInt(KINDS.size())),
                    7,
                    START.plusSeconds(event),
                    born,
                    false,
                    false,
                    new byte[0],
                    Map.of("lang", random.nextBoolean() ? "en" : "de")));
          }
          writer.assets().putAll(space, rows);
          List<Digest> ids = rows.stream().map(AssetRow::id).toList();
          writer
              .events()
              .append(
                  new EventRow(
                      0, space, EventRow.ASSET_PUT, START.plusSeconds(event), ids, Map.of()));
        });
    return rows;
  }

  private static AssetFilter filter(SplittableRandom random) {
    Optional<Instant> from = time(random);
    Optional<Instant> before = time(random).filter(time -> from.map(time::isAfter).orElse(true));
    return new AssetFilter(
        random.nextInt(3) == 0
            ? Optional.of(Integer.toHexString(random.nextInt(1, 300)))
            : Optional.empty(),
        from,
        before,
        random.nextBoolean() ? Set.of(KINDS.get(random.nextInt(KINDS.size()))) : Set.of(),
        random.nextInt(3) == 0 ? Map.of("lang", "en") : Map.of());
  }

  private static Optional<Instant> time(SplittableRandom random) {
    return random.nextBoolean()
        ? Optional.empty()
        : Optional.of(START.plusSeconds(random.nextInt(-2, 42)));
  }

  /** A page that finds little among very many ends early, and the pages after it find the rest. */
  @Test
  void aPageLooksAtManyButNotAtAll() {
    List<Digest> all = new ArrayList<>();
    for (int i = 0; i < 25_000; i++) {
      all.add(id("many " + i));
    }
    put(all.toArray(Digest[]::new));
    AssetFilter none =
        new AssetFilter(
            Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Map.of("no", "one"));

    AssetPage first = page(none, Optional.empty(), 0, 10);

    assertThat(first.assets()).isEmpty();
    assertThat(first.next()).isPresent();
    assertThat(inPages(none, 10)).isEmpty();
    AssetFilter prefix =
        new AssetFilter(Optional.of("a"), Optional.empty(), Optional.empty(), Set.of(), Map.of());
    assertThat(inPages(prefix, 1_000))
        .isEqualTo(all.stream().filter(id -> id.hex().startsWith("a")).sorted().toList());
  }

  @Test
  void aPositionOfAnotherOrderIsRefused() {
    put(id("a"));
    AssetFilter prefix =
        new AssetFilter(Optional.of("0"), Optional.empty(), Optional.empty(), Set.of(), Map.of());
    assertThatThrownBy(() -> page(prefix, Optional.of(new AssetPage.Birth(1, 0)), 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> page(AssetFilter.ALL, Optional.of(new AssetPage.ById(id("a"))), 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private AssetPage page(
      AssetFilter filter, Optional<AssetPage.Position> after, int skip, int limit) {
    return catalog.read(reader -> reader.assets().list(space, filter, after, skip, limit));
  }

  private static List<Digest> ids(AssetPage page) {
    return page.assets().stream().map(AssetRow::id).toList();
  }

  private List<Digest> inPages(AssetFilter filter, int limit) {
    List<Digest> seen = new ArrayList<>();
    Optional<AssetPage.Position> after = Optional.empty();
    do {
      AssetPage page = page(filter, after, 0, limit);
      seen.addAll(ids(page));
      after = page.next();
    } while (after.isPresent());
    return seen;
  }
}
