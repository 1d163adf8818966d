package io.aifs.crypto.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated // sets a system property
@DisabledIfSystemProperty(named = "aifs.seed", matches = ".+", disabledReason = "counts cases")
class SeededTestTest {
  @Test
  void everyCaseHasItsOwnRandomness() {
    List<Long> drawn = new ArrayList<>();
    SeededTest.run(5, random -> drawn.add(random.nextLong()));
    assertThat(drawn).hasSize(5);
    assertThat(new HashSet<>(drawn)).hasSize(5);
  }

  @Test
  void failureNamesTheSeedThatReplaysIt() {
    List<Long> drawn = new ArrayList<>();
    AssertionError failure =
        assertThrows(
            AssertionError.class,
            () ->
                SeededTest.run(
                    3,
                    random -> {
                      drawn.add(random.nextLong());
                      throw new IllegalStateException("no");
                    }));
    assertThat(failure).hasRootCauseMessage("no");
    String seed =
        String.valueOf(failure.getMessage()).replaceAll("(?s).*-Daifs.seed=(-?\\d+).*", "$1");
    String before = System.getProperty("aifs.seed", "");
    System.setProperty("aifs.seed", seed);
    try {
      SeededTest.run(3, random -> drawn.add(random.nextLong()));
    } finally {
      System.setProperty("aifs.seed", before);
    }
    assertThat(drawn).hasSize(2);
    assertThat(drawn.get(1)).isEqualTo(drawn.get(0));
  }

  @Test
  void noCasesAreRefused() {
    assertThatThrownBy(() -> SeededTest.run(0, _ -> {}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
