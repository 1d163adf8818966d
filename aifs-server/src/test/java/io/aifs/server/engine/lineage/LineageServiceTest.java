package io.aifs.server.engine.lineage;

import static io.aifs.server.engine.lineage.LineageFixture.NOON;
import static io.aifs.server.engine.lineage.LineageFixture.id;
import static io.aifs.server.engine.lineage.LineageFixture.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.ParentEdge;
import io.aifs.crypto.Digest;
import io.aifs.server.catalog.EdgeFilter;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.EventRow;
import io.aifs.server.catalog.LineageSide;
import io.aifs.server.catalog.RequestKey;
import io.aifs.server.engine.WriteRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be recorded, and what limits leave out. */
class LineageServiceTest {
  private static final Digest A = id("a");
  private static final Digest B = id("b");
  private static final Digest C = id("c");
  private static final Digest D = id("d");

  private LineageFixture fixture;

  @BeforeEach
  void open(@TempDir Path directory) {
    fixture = new LineageFixture(directory);
    fixture.put(A, B, C, D);
  }

  @AfterEach
  void checkAndClose() {
    assertThat(fixture.catalog().check()).isEmpty();
    fixture.close();
  }

  private void refused(Reason reason, NewParents... children) {
    long before = fixture.catalog().<Long>read(reader -> reader.events().newest());
    assertThatThrownBy(
            () ->
                fixture
                    .service()
                    .addParents(fixture.namespace(), List.of(children), Optional.empty()))
        .isInstanceOfSatisfying(AifsException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    assertThat(fixture.catalog().<Long>read(reader -> reader.events().newest())).isEqualTo(before);
  }

  private List<EdgeRow> parents(Digest child) {
    return fixture
        .catalog()
        .read(
            reader ->
                reader
                    .lineage()
                    .edges(
                        fixture.namespace().number(),
                        LineageSide.PARENTS,
                        child,
                        Optional.empty(),
                        100));
  }

  @Test
  void edgesAreAddedOnceWithOneEvent() {
    LineageCommit.Outcome first =
        fixture
            .service()
            .addParents(fixture.namespace(), List.of(made(B, A), made(C, A, B)), Optional.empty());
    LineageCommit.Outcome again =
        fixture.service().addParents(fixture.namespace(), List.of(made(B, A)), Optional.empty());

    assertThat(first.added()).isEqualTo(3);
    assertThat(again).isEqualTo(new LineageCommit.Outcome(0, first.version()));
    List<EventRow> events =
        fixture
            .catalog()
            .read(
                reader ->
                    reader.events().after(fixture.namespace().number(), first.version() - 1, 10));
    assertThat(events)
        .containsExactly(
            new EventRow(
                first.version(),
                fixture.namespace().number(),
                "lineage.add",
                NOON,
                List.of(B, C),
                Map.of("edges", "3")));
  }

  @Test
  void aRequestThatIsRepeatedGetsTheFirstOutcome() {
    WriteRequest request = new WriteRequest(new RequestKey("s", "AddParents", "r"), id("request"));
    List<NewParents> edges = List.of(made(B, A));
    LineageCommit.Outcome first =
        fixture.service().addParents(fixture.namespace(), edges, Optional.of(request));
    assertThat(fixture.add(C, B)).isEqualTo(1);
    assertThat(fixture.service().addParents(fixture.namespace(), edges, Optional.of(request)))
        .isEqualTo(first);
  }

  @Test
  void nothingIsItsOwnAncestor() {
    refused(Reason.LINEAGE_CYCLE, made(A, A));
    assertThat(fixture.add(B, A)).isEqualTo(1);
    assertThat(fixture.add(C, B)).isEqualTo(1);
    refused(Reason.LINEAGE_CYCLE, made(A, C));
    refused(Reason.LINEAGE_CYCLE, made(A, D), made(D, C));
    assertThat(parents(A)).isEmpty();
    assertThat(parents(D)).isEmpty();
  }

  @Test
  void aCycleWithinOneBatchIsRefused() {
    refused(Reason.LINEAGE_CYCLE, made(A, B), made(B, C), made(C, A), made(D, A));
    assertThat(
            fixture
                .service()
                .addParents(
                    fixture.namespace(),
                    List.of(made(A, B), made(B, C), made(D, A)),
                    Optional.empty())
                .added())
        .isEqualTo(3);
  }

  @Test
  void aCycleThroughADeletedAssetIsRefused() {
    assertThat(fixture.add(B, A)).isEqualTo(1);
    assertThat(fixture.add(C, B)).isEqualTo(1);
    assertThat(fixture.delete(B)).isTrue();
    refused(Reason.LINEAGE_CYCLE, made(A, C));
  }

  @Test
  void bothEndsMustBeVisibleInTheNamespace() {
    Digest stranger = id("stranger");
    fixture.put(fixture.other(), AssetKind.BLOB, NOON, List.of(stranger));
    assertThat(fixture.delete(D)).isTrue();
    refused(Reason.PARENT_NOT_FOUND, made(A, id("nothing")));
    refused(Reason.PARENT_NOT_FOUND, made(B, A), made(A, stranger));
    refused(Reason.PARENT_NOT_FOUND, made(A, D));
    refused(Reason.ASSET_NOT_FOUND, made(stranger, A));
    refused(Reason.ASSET_NOT_FOUND, made(D, A));
    assertThat(parents(A)).isEmpty();
    assertThat(parents(B)).isEmpty();
  }

  @Test
  void anAssetHasABoundedNumberOfParents() {
    List<ParentEdge> most =
        IntStream.range(0, Limits.PARENTS_MAX)
            .mapToObj(i -> new ParentEdge(A, "t" + i, ""))
            .toList();
    assertThat(
            fixture
                .service()
                .addParents(fixture.namespace(), List.of(new NewParents(B, most)), Optional.empty())
                .added())
        .isEqualTo(Limits.PARENTS_MAX);
    refused(Reason.LIMIT_EXCEEDED, made(B, C));
    assertThat(
            fixture
                .service()
                .addParents(
                    fixture.namespace(),
                    List.of(new NewParents(B, most.subList(0, 5))),
                    Optional.empty())
                .added())
        .isZero();
  }

  /** A walk, gathered. */
  private record Walk(List<LineagePage.Step> steps, List<EdgeRow> edges, Set<LineageLimit> cutBy) {
    List<Digest> ids() {
      return steps.stream().map(step -> step.node().id()).toList();
    }

    List<Digest> selected() {
      return steps.stream()
          .filter(LineagePage.Step::selected)
          .map(step -> step.node().id())
          .toList();
    }
  }

  private Walk walk(TraverseOrder order) {
    List<LineagePage.Step> steps = new ArrayList<>();
    List<EdgeRow> edges = new ArrayList<>();
    Set<LineageLimit> cutBy =
        fixture
            .service()
            .traverse(
                fixture.namespace(),
                order,
                page -> {
                  steps.addAll(page.steps());
                  edges.addAll(page.edges());
                });
    return new Walk(steps, edges, cutBy);
  }

  private void chain() {
    assertThat(fixture.add(B, A)).isEqualTo(1);
    assertThat(fixture.add(C, B)).isEqualTo(1);
    assertThat(fixture.add(D, C)).isEqualTo(1);
  }

  @Test
  void eachLimitSaysThatItCut() {
    chain();
    LineageSide up = LineageSide.PARENTS;
    assertThat(walk(TraverseOrder.of(D, up, 3, 4, 1)).cutBy()).isEmpty();
    assertThat(walk(TraverseOrder.of(D, up, 3, 4, 1)).ids()).containsExactly(D, C, B, A);
    assertThat(walk(TraverseOrder.of(D, up, 2, 4, 1)).cutBy()).containsExactly(LineageLimit.DEPTH);
    assertThat(walk(TraverseOrder.of(D, up, 2, 4, 1)).ids()).containsExactly(D, C, B);
    assertThat(walk(TraverseOrder.of(D, up, 3, 3, 1)).cutBy()).containsExactly(LineageLimit.NODES);
    assertThat(walk(TraverseOrder.of(D, up, 3, 3, 1)).edges()).hasSize(2);
    assertThat(fixture.add(D, A)).isEqualTo(1);
    assertThat(walk(TraverseOrder.of(D, up, 3, 4, 1)).cutBy())
        .containsExactly(LineageLimit.FAN_OUT);
  }

  /** More edges than are read at once, so that fewer assets are asked for at a time. */
  @Test
  void manyEdgesOfManyAssetsAreAllWalked() {
    List<Digest> middle = IntStream.range(0, 20).mapToObj(i -> id("middle" + i)).toList();
    fixture.put(middle.toArray(Digest[]::new));
    List<ParentEdge> many =
        IntStream.range(0, 8_000).mapToObj(i -> new ParentEdge(B, "t" + i, "")).toList();
    assertThat(
            fixture
                .service()
                .addParents(
                    fixture.namespace(),
                    List.of(made(A, middle.toArray(Digest[]::new))),
                    Optional.empty())
                .added())
        .isEqualTo(20);
    for (Digest child : middle) {
      assertThat(
              fixture
                  .service()
                  .addParents(
                      fixture.namespace(), List.of(new NewParents(child, many)), Optional.empty())
                  .added())
          .isEqualTo(8_000);
    }
    Walk walk = walk(TraverseOrder.of(A, LineageSide.PARENTS, 9, 100, 10_000));
    assertThat(walk.cutBy()).isEmpty();
    assertThat(walk.edges()).hasSize(20 + 20 * 8_000);
  }

  @Test
  void deletedAssetsAreOnTheWayAndNamedAsSuch() {
    chain();
    assertThat(fixture.delete(B)).isTrue();
    Walk walk = walk(TraverseOrder.of(B, LineageSide.CHILDREN, 9, 9, 9));
    assertThat(walk.ids()).containsExactly(B, C, D);
    assertThat(walk.steps().getFirst().node().deletedAt()).contains(NOON);
    assertThat(walk(TraverseOrder.of(D, LineageSide.PARENTS, 9, 9, 9)).ids())
        .containsExactly(D, C, B, A);
    assertThatThrownBy(() -> walk(TraverseOrder.of(id("x"), LineageSide.PARENTS, 9, 9, 9)))
        .isInstanceOf(AifsException.NotFound.class);
  }

  @Test
  void filtersFollowEdgesAndSelectAssets() {
    Digest tensor = id("tensor");
    fixture.put(fixture.namespace(), AssetKind.TENSOR, NOON.plusSeconds(60), List.of(tensor));
    chain();
    var later =
        fixture
            .at(NOON.plusSeconds(120))
            .addParents(
                fixture.namespace(),
                List.of(new NewParents(tensor, List.of(new ParentEdge(D, "train", "v1")))),
                Optional.empty());
    assertThat(later.added()).isEqualTo(1);
    assertThat(walk(order(EdgeFilter.ALL, Set.of(AssetKind.TENSOR), Instant.MIN)).selected())
        .containsExactly(tensor);
    assertThat(walk(order(EdgeFilter.ALL, Set.of(), NOON.plusSeconds(1))).selected())
        .containsExactly(tensor);
    EdgeFilter onlyT = new EdgeFilter(Set.of("t"), Instant.MIN, Instant.MAX);
    Walk walk = walk(order(onlyT, Set.of(), Instant.MIN));
    assertThat(walk.ids()).containsExactly(A, B, C, D);
    assertThat(walk.cutBy()).isEmpty();
    EdgeFilter early = new EdgeFilter(Set.of(), NOON, NOON.plusSeconds(120));
    assertThat(walk(order(early, Set.of(), Instant.MIN)).ids()).containsExactly(A, B, C, D);
  }

  private static TraverseOrder order(EdgeFilter filter, Set<AssetKind> kinds, Instant since) {
    return new TraverseOrder(
        A, LineageSide.CHILDREN, 9, 100, 100, filter, kinds, since, Instant.MAX);
  }

  @Test
  void aPathIsFoundInBothDirections() {
    chain();
    assertThat(fixture.add(D, B)).isEqualTo(1);
    FoundPath.Path up = fixture.service().path(fixture.namespace(), D, A).path().orElseThrow();
    assertThat(up.side()).isEqualTo(LineageSide.PARENTS);
    assertThat(up.nodes()).extracting(node -> node.id()).containsExactly(D, B, A);
    FoundPath.Path down = fixture.service().path(fixture.namespace(), A, D).path().orElseThrow();
    assertThat(down.side()).isEqualTo(LineageSide.CHILDREN);
    assertThat(down.nodes()).extracting(node -> node.id()).containsExactly(A, B, D);
    assertThat(down.edges()).isEqualTo(up.edges().reversed());
    Digest lone = id("lone");
    fixture.put(lone);
    assertThat(fixture.service().path(fixture.namespace(), lone, A))
        .isEqualTo(new FoundPath(Optional.empty(), false));
    assertThat(fixture.service().path(fixture.namespace(), A, A).path().orElseThrow().edges())
        .isEmpty();
    assertThatThrownBy(() -> fixture.service().path(fixture.namespace(), A, id("x")))
        .isInstanceOf(AifsException.NotFound.class);
  }
}
