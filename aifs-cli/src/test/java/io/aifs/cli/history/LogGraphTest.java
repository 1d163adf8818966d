package io.aifs.cli.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.SnapshotId;
import io.aifs.crypto.testing.SeededTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LogGraphTest {
  /** Draws histories written as {@code name:parent parent}, newest first. */
  private static String drawn(String... history) {
    LogGraph graph = new LogGraph();
    StringBuilder text = new StringBuilder();
    for (String line : history) {
      String[] parts = line.split(":", -1);
      List<SnapshotId> parents =
          Arrays.stream(parts[1].split(" "))
              .filter(name -> !name.isEmpty())
              .map(LogGraphTest::id)
              .toList();
      LogGraph.Drawing drawing = graph.add(id(parts[0]), parents);
      for (int i = 0; i < drawing.rows().size(); i++) {
        text.append((drawing.row(i) + (i == 0 ? parts[0] : "")).stripTrailing()).append('\n');
      }
    }
    return text.toString();
  }

  private static SnapshotId id(String name) {
    String hex = HexFormat.of().formatHex(name.getBytes(StandardCharsets.UTF_8));
    return new SnapshotId(hex + "0".repeat(32 - hex.length()));
  }

  @Test
  void aStraightLineHasOneLane() {
    assertThat(drawn("c:b", "b:a", "a:"))
        .isEqualTo(
            """
            * c
            * b
            * a
            """);
  }

  @Test
  void aMergeOpensALaneAndTheCommonParentClosesIt() {
    assertThat(drawn("m:x t", "t:a", "x:a", "a:"))
        .isEqualTo(
            """
            *   m
            |\\
            | * t
            * | x
            |/
            * a
            """);
  }

  @Test
  void aMergeOfWhatIsAhead() {
    assertThat(drawn("m:a t", "t:u", "u:a", "a:z", "z:"))
        .isEqualTo(
            """
            *   m
            |\\
            | * t
            | * u
            |/
            * a
            * z
            """);
  }

  @Test
  void mergesOfMergesKeepTheirOrder() {
    assertThat(drawn("n:m q", "q:a", "m:x t", "t:a", "x:a", "a:"))
        .isEqualTo(
            """
            *   n
            |\\
            | * q
            * |   m
            |\\ \\
            | * | t
            | |/
            * | x
            |/
            * a
            """);
  }

  @Test
  void aLaneCrossesThoseBetween() {
    assertThat(drawn("n:m q", "m:x t", "q:x", "t:a", "x:a", "a:"))
        .isEqualTo(
            """
            *   n
            |\\
            * |   m
            |\\ \\
            | | * q
            | |/
            |/|
            | * t
            * | x
            |/
            * a
            """);
  }

  @Test
  void aCrissCrossIsDrawnToTheEnd() {
    assertThat(drawn("m:a b", "b:y x", "a:x y", "y:r", "x:r", "r:"))
        .isEqualTo(
            """
            *   m
            |\\
            | *   b
            | |\\
            * | |   a
            |\\ \\ \\
            | |/ /
            | |/
            |/|
            | * y
            * | x
            |/
            * r
            """);
  }

  @Test
  void threeParentsAreThreeLanes() {
    assertThat(drawn("m:a b c", "c:r", "b:r", "a:r", "r:"))
        .isEqualTo(
            """
            *     m
            |\\
            |\\ \\
            | | * c
            | * | b
            | |/
            * | a
            |/
            * r
            """);
  }

  @Test
  void rootsEndTheirLanes() {
    assertThat(drawn("m:a b", "a:", "b:c", "c:"))
        .isEqualTo(
            """
            *   m
            |\\
            * | a
             /
            * b
            * c
            """);
  }

  /** Whatever the history, each snapshot has one star, and at the end no lane waits. */
  @Test
  void anyHistoryIsDrawnToItsEnd() {
    SeededTest.run(
        200,
        random -> {
          int count = random.nextInt(1, 40);
          LogGraph graph = new LogGraph();
          String last = "";
          for (int i = count; i >= 0; i--) {
            LogGraph.Drawing drawing = graph.add(id("" + i), parents(i, random));
            assertThat(String.join("", drawing.rows()).chars().filter(c -> c == '*')).hasSize(1);
            assertThat(drawing.rows()).allMatch(row -> row.length() == drawing.rest().length());
            last = drawing.rest();
          }
          assertThat(last).isBlank();
        });
  }

  private static List<SnapshotId> parents(int i, RandomGenerator random) {
    List<SnapshotId> parents = new ArrayList<>();
    if (i > 0) {
      parents.add(id("" + (i - 1)));
      for (int more = random.nextInt(3); more > 0; more--) {
        parents.add(id("" + random.nextInt(i)));
      }
    }
    return parents;
  }
}
