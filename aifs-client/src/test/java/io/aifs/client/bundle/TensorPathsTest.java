package io.aifs.client.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.aifs.core.model.TreePath;
import io.aifs.crypto.testing.SeededTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TensorPathsTest {
  private static final List<String> PIECES =
      List.of(
          ".", "/", "%", "2F", "%2F", "~", "w", "\0", "\n", "\ud83d\ude00", "\ud800", "ü", "%~");

  private static String path(String name) {
    return TensorPaths.of(new TreePath("d"), name).value();
  }

  @Test
  void tensorsAreBesideTheirFile() {
    assertThat(TensorPaths.directory(new TreePath("m/a.safetensors")))
        .isEqualTo(new TreePath("m/a.safetensors.tensors"));
    assertThat(TensorPaths.directory(new TreePath("a"))).isEqualTo(new TreePath("a.tensors"));
  }

  @Test
  void usualNamesStayAsTheyAre() {
    assertThat(path("model.layers.0.weight")).isEqualTo("d/model.layers.0.weight");
    assertThat(path("größe")).isEqualTo("d/größe");
    assertThat(path("\ud83d\ude00")).isEqualTo("d/\ud83d\ude00");
  }

  @Test
  void whatNoPathHoldsIsWrittenOut() {
    assertThat(path("a/b")).isEqualTo("d/a%2Fb");
    assertThat(path("100%")).isEqualTo("d/100%25");
    assertThat(path("")).isEqualTo("d/%");
    assertThat(path(".")).isEqualTo("d/%2E");
    assertThat(path("..")).isEqualTo("d/%2E%2E");
    assertThat(path("...")).isEqualTo("d/...");
    assertThat(path("a\0b\n")).isEqualTo("d/a%00b%0A");
    assertThat(path("\ud800x")).isEqualTo("d/%uD800x");
  }

  @Test
  void longNamesEndInTheirDigest() {
    String name = "n".repeat(256);

    assertThat(path("n".repeat(255))).isEqualTo("d/" + "n".repeat(255));
    assertThat(path(name)).startsWith("d/nnn").contains("%~").hasSizeLessThan(258);
    assertThat(path(name + "a")).isNotEqualTo(path(name + "b"));
    assertThat(path("\ud83d\ude00".repeat(100))).startsWith("d/\ud83d\ude00");
  }

  @Test
  void noTwoNamesMeet() {
    SeededTest.run(
        20,
        random -> {
          Map<String, String> names = new HashMap<>();
          for (int i = 0; i < 1_000; i++) {
            String name = name(random);
            String before = names.putIfAbsent(path(name), name);
            assertThat(before == null || before.contentEquals(name)).isTrue();
          }
        });
  }

  private static String name(SplittableRandom random) {
    StringBuilder name = new StringBuilder();
    int pieces = random.nextInt(100) == 0 ? 300 : random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      name.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return name.toString();
  }
}
