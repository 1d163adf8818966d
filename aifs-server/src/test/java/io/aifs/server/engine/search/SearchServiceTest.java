package io.aifs.server.engine.search;

import static io.aifs.server.engine.search.SearchFixture.idOf;
import static io.aifs.server.engine.search.SearchFixture.near;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.Name;
import io.aifs.core.model.SnapshotId;
import io.aifs.core.model.TreePath;
import io.aifs.core.model.VectorMetric;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.NamespaceRow;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finding, by an index and without one. */
class SearchServiceTest {
  @TempDir Path directory;
  private SearchFixture store;

  @BeforeEach
  void open() {
    store = new SearchFixture(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Digest embedded(String content, float... vector) {
    Digest id = store.asset(content);
    store.embed(id, "s", vector);
    return id;
  }

  private void makeSpace() {
    var _ = store.makeSpace(store.space, "s", 2, VectorMetric.COSINE);
  }

  private static void assertRefused(Reason reason, Runnable call, CharSequence... words) {
    assertThatThrownBy(call::run)
        .asInstanceOf(InstanceOfAssertFactories.type(AifsException.class))
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason))
        .satisfies(refusal -> assertThat(refusal.hint()).isNotEmpty())
        .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
  }

  @ParameterizedTest
  @EnumSource(IndexState.class)
  void findsTheNearestFirstWhateverTheIndexIs(IndexState state) {
    makeSpace();
    Digest east = embedded("east", 1, 0);
    Digest north = embedded("north", 0, 2);
    Digest west = embedded("west", -3, 0);
    store.indexes.state = state;

    SearchAnswer answer = store.find(near(1, 0.1f));

    assertThat(SearchFixture.ids(answer)).containsExactly(east, north, west);
    assertThat(answer.state()).isEqualTo(state);
    assertThat(answer.version()).isEqualTo(store.newest());
    assertThat(answer.space().orElseThrow().name()).isEqualTo(new Name("s"));
    assertThat(answer.results().getFirst().getFirst().score()).isCloseTo(0.995f, within(1e-3f));
    SearchAnswer two = store.find(near(1, 0.1f).k(2));
    assertThat(SearchFixture.ids(two)).containsExactly(east, north);
    assertThat(two.exact()).isEqualTo(state != IndexState.READY);
    assertThat(store.find(near(1, 0.1f).exact()).exact()).isTrue();
    assertThat(store.ids(near(1, 0.1f).exact())).containsExactly(east, north, west);
  }

  @ParameterizedTest
  @EnumSource(VectorMetric.class)
  void metricsScoreAsTheyAreDocumented(VectorMetric metric) {
    var _ = store.makeSpace(store.space, "s", 2, metric);
    Digest id = embedded("a", 3, 4);
    for (IndexState state : IndexState.values()) {
      store.indexes.state = state;
      SearchAnswer.Found found = store.find(near(3, 0)).results().getFirst().getFirst();
      double expected =
          switch (metric) {
            case COSINE -> 0.6;
            case DOT_PRODUCT -> 9;
            case EUCLIDEAN -> 1.0 / 17;
          };
      assertThat(found.row().id()).isEqualTo(id);
      assertThat((double) found.score()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void anAssetIsFoundByTheNearestOfItsPartsAndOnce() {
    makeSpace();
    Digest book = store.asset("book");
    store.embed(store.space, book, "s", "page 1", new float[] {1, 0}, false);
    store.embed(store.space, book, "s", "page 2", new float[] {0, 1}, false);
    Digest note = embedded("note", 1, 1);
    for (IndexState state : IndexState.values()) {
      store.indexes.state = state;
      List<SearchAnswer.Found> found = store.find(near(0, 1)).results().getFirst();
      assertThat(found).extracting(one -> one.row().id()).containsExactly(book, note);
      assertThat(found.getFirst().part()).isEqualTo("page 2");
    }
  }

  @Test
  void likeFindsOthersAndNotTheAssetItself() {
    makeSpace();
    Digest a = embedded("a", 1, 0);
    Digest b = embedded("b", 1, 0.1f);
    Digest c = embedded("c", 0, 1);
    store.embed(store.space, a, "s", "back", new float[] {0, 1}, false);
    for (IndexState state : IndexState.values()) {
      store.indexes.state = state;
      assertThat(store.ids(new SearchFixture.Order().like(a, ""))).containsExactly(b, c);
      assertThat(store.ids(new SearchFixture.Order().like(a, "").k(1))).containsExactly(b);
      assertThat(store.ids(new SearchFixture.Order().like(a, "back").k(1))).containsExactly(c);
    }
    Digest bare = store.asset("bare");
    Digest waiting = store.asset("waiting");
    store.embed(store.space, waiting, "s", "", new float[] {1, 0}, true);
    assertRefused(
        Reason.EMBEDDING_NOT_FOUND,
        () -> store.find(new SearchFixture.Order().like(bare, "")),
        "no embedding");
    assertRefused(
        Reason.EMBEDDING_NOT_FOUND,
        () -> store.find(new SearchFixture.Order().like(waiting, "")),
        "no embedding");
    assertRefused(
        Reason.EMBEDDING_NOT_FOUND,
        () -> store.find(new SearchFixture.Order().like(a, "front")),
        "front");
    assertRefused(
        Reason.ASSET_NOT_FOUND,
        () -> store.find(new SearchFixture.Order().like(idOf("none"), "")),
        "no asset");
  }

  @Test
  void probesOfOneCallAreAnsweredInOrder() {
    makeSpace();
    Digest a = embedded("a", 1, 0);
    Digest b = embedded("b", 0, 1);
    for (IndexState state : IndexState.values()) {
      store.indexes.state = state;
      SearchAnswer answer = store.find(near(0, 1).near(1, 0).like(a, "").k(1));
      assertThat(answer.results())
          .extracting(found -> found.getFirst().row().id())
          .containsExactly(b, a, b);
    }
  }

  @Test
  void conditionsBoundsAndThresholdsHold() {
    makeSpace();
    Digest tensor =
        store.asset(
            store.space, "tensor", AssetKind.TENSOR, Map.of("lang", "en", "year", "9"), false);
    Digest blob = store.asset(store.space, "blob", AssetKind.BLOB, Map.of("lang", "de"), false);
    store.embed(tensor, "s", 1, 0);
    store.embed(blob, "s", 0, 1);
    SearchFixture.Order enough = near(1, 0);
    enough.least = OptionalDouble.of(0.5);
    SearchOrder.Bounds kinds =
        new SearchOrder.Bounds(Optional.of(Set.of(AssetKind.BLOB)), Optional.empty());
    SearchOrder.Bounds assets =
        new SearchOrder.Bounds(Optional.empty(), Optional.of(Set.of(blob, idOf("none"))));
    for (IndexState state : IndexState.values()) {
      store.indexes.state = state;
      assertThat(store.ids(near(1, 0).where("lang=de"))).containsExactly(blob);
      assertThat(store.ids(near(0, 1).where("year<10", "@kind=TENSOR"))).containsExactly(tensor);
      assertThat(store.ids(near(0, 1).where("@size>4", "lang=de"))).isEmpty();
      assertThat(store.ids(enough)).containsExactly(tensor);
      assertThat(store.ids(near(1, 0).bounds(kinds))).containsExactly(blob);
      assertThat(store.ids(near(1, 0).bounds(assets))).containsExactly(blob);
    }
    assertRefused(
        Reason.ASSET_NOT_FOUND,
        () -> store.find(new SearchFixture.Order().like(tensor, "").bounds(kinds)),
        "no asset");
    assertRefused(
        Reason.ASSET_NOT_FOUND,
        () -> store.find(new SearchFixture.Order().like(tensor, "").bounds(assets)),
        "no asset");
  }

  @Test
  void whatIsDeletedInQuarantineOrElsewhereIsNotFound() {
    makeSpace();
    NamespaceRow other = store.namespace("other");
    var _ = store.makeSpace(other, "s", 2, VectorMetric.COSINE);
    Digest stays = embedded("stays", 0, 1);
    Digest goes = embedded("goes", 1, 0);
    Digest waits = store.asset("waits");
    store.embed(store.space, waits, "s", "", new float[] {1, 0}, true);
    Digest foreign = store.asset(other, "foreign", AssetKind.BLOB, Map.of(), false);
    store.embed(other, foreign, "s", "", new float[] {1, 0}, false);
    store.delete(store.space, goes);
    for (IndexState state : IndexState.values()) {
      store.indexes.state = state;
      assertThat(store.ids(near(1, 0))).containsExactly(stays);
    }
    store.embed(store.space, waits, "s", "", new float[] {1, 0}, false); // approved
    for (IndexState state : IndexState.values()) {
      store.indexes.state = state;
      assertThat(store.ids(near(1, 0))).containsExactly(waits, stays);
    }
  }

  @Test
  void anIndexThatLagsBehindDoesNotMakeAnswersShort() {
    makeSpace();
    Digest old = embedded("old", 1, 0);
    assertThat(store.ids(near(1, 0))).containsExactly(old);
    long before = store.newest();
    store.indexes.follows = false;
    Digest added = embedded("added", 1, 0.5f);

    SearchAnswer answer = store.find(near(1, 0).k(2));
    assertThat(SearchFixture.ids(answer)).containsExactly(old, added);
    assertThat(answer.version()).as("all of it is the catalog's").isEqualTo(store.newest());

    SearchAnswer full = store.find(near(1, 0).k(1));
    assertThat(SearchFixture.ids(full)).containsExactly(old);
    assertThat(full.version()).isEqualTo(before);
  }

  @Test
  void manyPagesOfTheCatalogAreOneAnswer() {
    makeSpace();
    store.assetsWithParts(
        700,
        "s",
        i -> i % 2 == 0 ? new float[] {(float) Math.cos(i / 2e3), 1} : new float[] {-1, -1});
    List<Digest> byIndex = store.ids(near(1, 0.2f).k(50));
    store.indexes.state = IndexState.DROPPED;
    assertThat(store.ids(near(1, 0.2f).k(50))).isEqualTo(byIndex).hasSize(50);
  }

  @Nested
  class Spaces {
    @Test
    void aNamespaceWithoutAnyHasNothing() {
      SearchAnswer answer = store.find(near(1, 2).near(1));
      assertThat(answer.results()).containsExactly(List.of(), List.of());
      assertThat(answer.space()).isEmpty();
      assertThat(store.search.searchByDimension(store.space, near(1, 2).made()).results())
          .containsExactly(List.of());
    }

    @Test
    void oneIsChosenByNameOrBecauseItIsTheOnlyOneThatFits() {
      makeSpace();
      Digest two = embedded("two", 1, 0);
      assertThat(store.ids(near(1, 0))).containsExactly(two);
      var _ = store.makeSpace(store.space, "t", 3, VectorMetric.COSINE);
      assertThat(store.ids(near(1, 0))).containsExactly(two);
      assertThat(store.ids(near(1, 0, 0))).isEmpty();
      assertThat(store.ids(near(1, 0, 0).in("t"))).isEmpty();
      assertRefused(
          Reason.ARGUMENT_MISSING,
          () -> store.find(new SearchFixture.Order().like(two, "")),
          "'s'",
          "'t'");
      var _ = store.makeSpace(store.space, "u", 3, VectorMetric.COSINE);
      assertRefused(Reason.ARGUMENT_MISSING, () -> store.find(near(1, 0, 0)), "'t'", "'u'");
      assertRefused(
          Reason.SPACE_NOT_FOUND, () -> store.find(near(1, 0).in("none")), "'none'", "'s'", "'t'");
      assertRefused(
          Reason.VECTOR_INVALID, () -> store.find(near(1, 0, 0, 0)), "4 values", "'s' (2 values)");
      assertRefused(
          Reason.VECTOR_INVALID, () -> store.find(near(1, 0, 0).in("s")), "3 values", "have 2");
    }

    @Test
    void theFirstCallSearchesInTheSpaceThatItsDimensionNames() {
      var _ = store.makeSpace(store.space, "2", 2, VectorMetric.COSINE);
      var _ = store.makeSpace(store.space, "other", 2, VectorMetric.COSINE);
      Digest id = store.asset("a");
      store.embed(id, "2", 1, 0);
      SearchAnswer answer = store.search.searchByDimension(store.space, near(1, 0).made());
      assertThat(SearchFixture.ids(answer)).containsExactly(id);
      assertRefused(
          Reason.VECTOR_INVALID,
          () -> store.search.searchByDimension(store.space, near(1, 0, 0).made()),
          "3 values");
    }
  }

  @Nested
  class Limitations {
    @Test
    void limitsAreNamed() {
      makeSpace();
      Digest id = embedded("a", 1, 0);
      SearchFixture.Order many = near(1, 0);
      for (int i = 1; i <= Limits.SEARCH_QUERIES_MAX; i++) {
        var _ = many.near(1, 0);
      }
      SearchFixture.Order eager = near(1, 0);
      eager.effort = Limits.SEARCH_EFFORT_MAX + 1;
      SearchFixture.Order strange = near(1, 0);
      strange.least = OptionalDouble.of(Double.NaN);
      assertInvalid("k", near(1, 0).k(0), "1..10000");
      assertInvalid("k", near(1, 0).k(1_000_000), "1..10000");
      assertInvalid("effort", eager, "0..10000");
      assertInvalid("queries", many, "1..64");
      assertInvalid("queries", new SearchFixture.Order(), "1..64");
      assertInvalid("least_score", strange, "no number");
      assertInvalid(
          "where",
          near(1, 0).where(Collections.nCopies(33, "a=b").toArray(String[]::new)),
          "0..32");
      SearchFixture.Order much = near(1, 0).k(Limits.SEARCH_K_MAX);
      for (int i = 1; i <= 10; i++) {
        var _ = much.near(1, 0);
      }
      assertInvalid("k", much, "100000");
      assertThat(store.ids(near(1, 0).k(Limits.SEARCH_K_MAX))).containsExactly(id);
    }

    private void assertInvalid(String field, SearchFixture.Order order, String words) {
      assertThatThrownBy(() -> store.find(order))
          .asInstanceOf(InstanceOfAssertFactories.type(AifsException.InvalidRequest.class))
          .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field))
          .satisfies(refusal -> assertThat(refusal.hint()).isNotEmpty())
          .satisfies(refusal -> assertThat(refusal.getMessage()).contains(words));
    }

    @Test
    void vectorsMustBeOnes() {
      makeSpace();
      assertRefused(Reason.VECTOR_INVALID, () -> store.find(near(Float.NaN, 0)), "NaN");
      assertRefused(
          Reason.VECTOR_INVALID, () -> store.find(near(0, Float.POSITIVE_INFINITY)), "Infinity");
      assertRefused(Reason.VECTOR_INVALID, () -> store.find(near(0, 0)), "zero");
      assertRefused(Reason.VECTOR_INVALID, () -> store.find(near()), "0 bytes");
      assertRefused(Reason.FILTER_INVALID, () -> store.find(near(1, 0).where("@x=1")), "@x=1");
    }
  }

  @Nested
  class AtRefs {
    @Test
    void onlyWhatTheRefHoldsIsFoundAndWithAPath() {
      makeSpace();
      Digest first = embedded("first", 1, 0);
      Digest second = embedded("second", 1, 0.1f);
      Digest loose = store.asset(store.space, "loose", AssetKind.BLOB, Map.of(), true);
      store.embed(loose, "s", 1, 0.2f);
      store.put(store.space, SearchFixture.MAIN, "a/first", "first");
      SnapshotId old = store.take(SearchFixture.MAIN);
      store.tag("v1", old);
      store.put(store.space, SearchFixture.MAIN, "b/second", "second");
      store.put(store.space, SearchFixture.MAIN, "b/also", "first");
      store.remove(SearchFixture.MAIN, "a");
      for (IndexState state : IndexState.values()) {
        store.indexes.state = state;
        assertThat(store.ids(near(1, 0))).containsExactly(first, second, loose);
        assertThat(store.ids(near(1, 0).at("v1"))).containsExactly(first, loose);
        assertThat(store.ids(near(1, 0).at("main"))).containsExactly(first, second, loose);
        assertThat(store.ids(near(1, 0).path("b"))).containsExactly(first, second);
        assertThat(store.ids(near(1, 0).path("a"))).isEmpty();
        assertThat(store.ids(near(1, 0).at("v1").path("a"))).containsExactly(first);
        assertThat(store.ids(near(1, 0).at("v1").path("a/first"))).containsExactly(first);
        assertThat(paths(near(1, 0).at("v1"))).containsExactly("a/first", "");
        assertThat(paths(near(1, 0).at("main"))).containsExactly("b/also", "b/second", "");
        assertThat(paths(near(1, 0))).containsExactly("", "", "");
      }
      assertRefused(Reason.REF_NOT_FOUND, () -> store.find(near(1, 0).at("none")), "none");
    }

    private List<String> paths(SearchFixture.Order order) {
      return store.find(order).results().getFirst().stream()
          .map(found -> found.path().map(TreePath::value).orElse(""))
          .toList();
    }

    @Test
    void whatWasDeletedSinceIsNotFoundInTheRefEither() {
      makeSpace();
      Digest id = embedded("first", 1, 0);
      store.put(store.space, SearchFixture.MAIN, "first", "first");
      store.tag("v1", store.take(SearchFixture.MAIN));
      store.remove(SearchFixture.MAIN, "first");
      store.delete(store.space, id);
      assertThat(store.ids(near(1, 0).at("v1"))).isEmpty();
    }
  }
}
