package io.aifs.server.engine.lineage;

import static io.aifs.server.engine.lineage.LineageFixture.id;
import static io.aifs.server.engine.lineage.LineageFixture.made;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.server.catalog.EdgeRow;
import io.aifs.server.catalog.LineageSide;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random batches of edges, cyclic ones among them, beside a plain graph in memory. */
class LineageModelTest {
  private static final int ASSETS = 40;

  @TempDir Path directory;

  @Test
  void lineageIsWhatThePlainGraphSays() {
    SeededTest.run(
        3,
        random -> {
          Path home = Files.createTempDirectory(directory, "case");
          try (LineageFixture fixture = new LineageFixture(home)) {
            new Case(fixture, random).run();
            assertThat(fixture.catalog().check()).isEmpty();
          }
        });
  }

  private static final class Case {
    private final LineageFixture fixture;
    private final SplittableRandom random;
    private final List<Digest> ids;

    /** By child. */
    private final Map<Digest, Set<Digest>> model = new HashMap<>();

    Case(LineageFixture fixture, SplittableRandom random) {
      this.fixture = fixture;
      this.random = random;
      this.ids = IntStream.range(0, ASSETS).mapToObj(i -> id(random.nextLong() + " " + i)).toList();
    }

    void run() {
      fixture.put(ids.toArray(Digest[]::new));
      int refused = 0;
      for (int i = 0; i < 80; i++) {
        refused += addBatch() ? 0 : 1;
      }
      assertThat(refused).as("batches refused as cyclic").isPositive();
      Digest deleted = any();
      assertThat(fixture.delete(deleted)).isTrue();
      for (int i = 0; i < 20; i++) {
        requireWalk(
            any(),
            random.nextBoolean() ? LineageSide.PARENTS : LineageSide.CHILDREN,
            1 + random.nextInt(6));
        requirePath(any(), any());
      }
    }

    private Digest any() {
      return ids.get(random.nextInt(ids.size()));
    }

    private boolean addBatch() {
      List<NewParents> batch = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        batch.add(made(any(), any()));
      }
      Map<Digest, Set<Digest>> after = new HashMap<>();
      model.forEach((child, parents) -> after.put(child, new HashSet<>(parents)));
      int added = 0;
      for (NewParents each : batch) {
        added +=
            after
                    .computeIfAbsent(each.child(), _ -> new HashSet<>())
                    .add(each.parents().getFirst().parent())
                ? 1
                : 0;
      }
      if (isCyclic(after)) {
        assertThatThrownBy(
                () -> fixture.service().addParents(fixture.namespace(), batch, Optional.empty()))
            .isInstanceOf(AifsException.Precondition.class);
        return false;
      }
      assertThat(fixture.service().addParents(fixture.namespace(), batch, Optional.empty()).added())
          .isEqualTo(added);
      model.clear();
      model.putAll(after);
      return true;
    }

    private static boolean isCyclic(Map<Digest, Set<Digest>> graph) {
      return graph.keySet().stream()
          .anyMatch(
              start ->
                  graph.getOrDefault(start, Set.of()).stream()
                      .anyMatch(parent -> distances(graph, parent).containsKey(start)));
    }

    private static Map<Digest, Integer> distances(Map<Digest, Set<Digest>> graph, Digest start) {
      Map<Digest, Integer> found = new HashMap<>(Map.of(start, 0));
      Deque<Digest> waiting = new ArrayDeque<>(List.of(start));
      while (!waiting.isEmpty()) {
        Digest at = waiting.remove();
        int next = found.getOrDefault(at, 0) + 1;
        for (Digest parent : graph.getOrDefault(at, Set.of())) {
          if (found.putIfAbsent(parent, next) == null) {
            waiting.add(parent);
          }
        }
      }
      return found;
    }

    private Map<Digest, Set<Digest>> graph(LineageSide side) {
      if (side == LineageSide.PARENTS) {
        return model;
      }
      Map<Digest, Set<Digest>> turned = new HashMap<>();
      model.forEach(
          (child, parents) ->
              parents.forEach(
                  parent -> turned.computeIfAbsent(parent, _ -> new HashSet<>()).add(child)));
      return turned;
    }

    private void requireWalk(Digest start, LineageSide side, int depth) {
      Map<Digest, Integer> found = new HashMap<>();
      Set<String> edges = new TreeSet<>();
      Set<LineageLimit> cutBy =
          fixture
              .service()
              .traverse(
                  fixture.namespace(),
                  TraverseOrder.of(start, side, depth, 1_000, 1_000),
                  page -> {
                    page.steps().forEach(step -> found.put(step.node().id(), step.depth()));
                    page.edges().forEach(edge -> edges.add(edge.child() + " " + edge.parent()));
                  });
      Map<Digest, Set<Digest>> graph = graph(side);
      Map<Digest, Integer> all = distances(graph, start);
      Map<Digest, Integer> expected = new HashMap<>(all);
      expected.values().removeIf(distance -> distance > depth);
      assertThat(found).isEqualTo(expected);
      Set<String> expectedEdges = new TreeSet<>();
      all.forEach(
          (asset, distance) -> {
            if (distance < depth) {
              for (Digest end : graph.getOrDefault(asset, Set.of())) {
                expectedEdges.add(
                    side == LineageSide.PARENTS ? asset + " " + end : end + " " + asset);
              }
            }
          });
      assertThat(edges).isEqualTo(expectedEdges);
      boolean more =
          all.entrySet().stream()
              .anyMatch(
                  each ->
                      each.getValue() == depth
                          && !graph.getOrDefault(each.getKey(), Set.of()).isEmpty());
      assertThat(cutBy).isEqualTo(more ? Set.of(LineageLimit.DEPTH) : Set.of());
    }

    private void requirePath(Digest from, Digest to) {
      FoundPath found = fixture.service().path(fixture.namespace(), from, to);
      assertThat(found.cut()).isFalse();
      Optional<Integer> steps =
          Optional.ofNullable(distances(model, from).get(to))
              .or(() -> Optional.ofNullable(distances(graph(LineageSide.CHILDREN), from).get(to)));
      if (steps.isEmpty()) {
        assertThat(found.path()).isEmpty();
        return;
      }
      FoundPath.Path path = found.path().orElseThrow();
      assertThat(path.edges()).hasSize(steps.get());
      Digest at = from;
      for (EdgeRow edge : path.edges()) {
        assertThat(edge.end(path.side().opposite())).isEqualTo(at);
        assertThat(model.getOrDefault(edge.child(), Set.of())).contains(edge.parent());
        at = edge.end(path.side());
      }
      assertThat(at).isEqualTo(to);
    }
  }
}
