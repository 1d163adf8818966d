package io.aifs.server.engine.tensor;

import static io.aifs.server.engine.tensor.TensorsInMemory.NAMESPACE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.layout.TensorFormat;
import io.aifs.schemas.layout.TensorLayout;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.Statistics;
import io.aifs.schemas.tensor.TensorStatistics;
import io.aifs.schemas.tensor.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TensorServiceTest {
  private static final TensorType LARGE =
      new TensorType(ElementType.FLOAT32, List.of(1_000L, 1_000L));

  private final SplittableRandom random = new SplittableRandom(9);
  private final TensorsInMemory memory = new TensorsInMemory();
  private final TensorService service = memory.service();
  private final SafetensorsFile file =
      new SafetensorsFile()
          .with("small", 1f, 2f, 3f)
          .with("large", LARGE, SeededTest.bytes(random, (int) LARGE.bytes()))
          .with("empty", new TensorType(ElementType.INT8, List.of(0L)), new byte[0])
          .with("scalar", new TensorType(ElementType.FLOAT64, List.of()), new byte[8]);

  @Test
  void aFileIsDescribedByItsHeadAloneAndThenByHeart() {
    Digest asset = memory.put(file);

    TensorLayout layout = service.describe(NAMESPACE, asset);

    assertThat(layout.format()).isEqualTo(TensorFormat.SAFETENSORS);
    assertThat(layout.metadata()).containsExactly(Map.entry("made", "by hand"));
    assertThat(layout.find("large"))
        .contains(new TensorEntry("large", LARGE, file.offset("large")));
    assertThat(layout.tensors()).hasSize(4);
    assertThat(memory.chunks().bytes()).isLessThan(200_000);
    memory.chunks().forgetReads();
    assertThat(service.describe(NAMESPACE, asset)).isEqualTo(layout);
    assertThat(memory.chunks().reads()).isEmpty();
  }

  @Test
  void whatHoldsNoTensorsIsRefusedWithWhatIsWrong() {
    Digest text = memory.put("no tensors in here".getBytes(UTF_8), _ -> 100);
    byte[] broken = file.bytes();
    broken[10] = '!';
    Digest bad = memory.put(broken, file.cuts());
    Digest empty = memory.put(new byte[0], _ -> 100);

    for (Digest asset : List.of(text, bad, empty)) {
      assertThatThrownBy(() -> service.describe(NAMESPACE, asset))
          .isInstanceOfSatisfying(
              AifsException.Precondition.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.NOT_TENSORS))
          .hasMessageContaining(asset.hex());
    }
    assertThatThrownBy(() -> service.describe(NAMESPACE, bad)).hasMessageContaining("broken");
    assertThatThrownBy(() -> service.describe(NAMESPACE, Digest.of(new byte[] {1})))
        .isInstanceOf(AifsException.NotFound.class);
  }

  private Map<String, TensorStatistics> statistics(Digest asset, String... names)
      throws IOException {
    Map<String, TensorStatistics> found = new LinkedHashMap<>();
    service.statistics(NAMESPACE, asset, List.of(names), () -> {}, found::put);
    return found;
  }

  @Test
  void statisticsAreThoseOfAllValuesHoweverChunksCutThem() throws IOException {
    for (ElementType element : ElementType.values()) {
      TensorType type = new TensorType(element, List.of(10_001L));
      byte[] values = SeededTest.bytes(random, (int) type.bytes());
      SafetensorsFile one = new SafetensorsFile().with("t", type, values);
      Digest asset = memory.put(one.bytes(), at -> 1 + at % 997);
      Statistics expected = new Statistics(element);
      expected.add(ByteBuffer.wrap(values));

      TensorStatistics found = statistics(asset).values().iterator().next();

      assertThat(found.count()).isEqualTo(10_001);
      assertThat(found)
          .usingRecursiveComparison()
          .withComparatorForType(TensorServiceTest::nearly, Double.class)
          .isEqualTo(expected.result());
    }
  }

  /** Sums depend a little on where chunks end. */
  private static int nearly(double a, double b) {
    return Math.abs(a - b) <= 1e-9 * Math.abs(b) ? 0 : Double.compare(a, b);
  }

  @Test
  void statisticsComeInTheOrderThatWasAskedForAndAreReadOnce() throws IOException {
    Digest asset = memory.put(file);

    assertThat(statistics(asset, "large", "small").keySet()).containsExactly("large", "small");
    assertThat(statistics(asset).keySet()).containsExactly("small", "large", "empty", "scalar");
    memory.chunks().forgetReads();
    Map<String, TensorStatistics> again = statistics(asset, "scalar", "small", "large");
    assertThat(again.keySet()).containsExactly("scalar", "small", "large");
    assertThat(memory.chunks().reads()).isEmpty();
  }

  @Test
  void aNameThatIsNotThereIsRefusedBeforeAnythingIsRead() {
    Digest asset = memory.put(file);
    var _ = service.describe(NAMESPACE, asset);
    memory.chunks().forgetReads();

    assertThatThrownBy(() -> statistics(asset, "large", "none"))
        .isInstanceOfSatisfying(
            AifsException.NotFound.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.TENSOR_NOT_FOUND))
        .hasMessageContaining("'none'");
    assertThat(memory.chunks().reads()).isEmpty();
  }

  @Test
  void readingEndsOnceNobodyWaits() {
    Digest asset = memory.put(file);
    var _ = service.describe(NAMESPACE, asset);
    memory.chunks().forgetReads();

    assertThatThrownBy(
            () ->
                service.statistics(
                    NAMESPACE, asset, List.of("large"), TensorsInMemory.wantedFor(3), (_, _) -> {}))
        .isInstanceOf(AifsException.Unavailable.class);
    assertThat(memory.chunks().bytes()).isLessThanOrEqualTo(3 << 20);
  }

  @Test
  void whatWasFoundOutIsForgottenBeforeItTakesTooMuchMemory() {
    RecentlyUsed<Integer, String> recent = new RecentlyUsed<>(100);
    for (int i = 0; i < 10; i++) {
      recent.keep(i, "v" + i, 10);
    }
    assertThat(recent.find(0)).contains("v0");
    recent.keep(10, "v10", 12);
    assertThat(recent.find(0)).contains("v0");
    assertThat(recent.find(1)).isEmpty();
    assertThat(recent.find(2)).isEmpty();
    assertThat(recent.find(3)).contains("v3");
    recent.keep(11, "too large", 13);
    assertThat(recent.find(11)).isEmpty();
  }
}
