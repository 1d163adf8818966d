package io.aifs.server.engine.tensor;

import static io.aifs.schemas.tensor.TensorDifference.Kind.ADDED;
import static io.aifs.schemas.tensor.TensorDifference.Kind.CHANGED;
import static io.aifs.schemas.tensor.TensorDifference.Kind.EQUAL;
import static io.aifs.schemas.tensor.TensorDifference.Kind.REMOVED;
import static io.aifs.schemas.tensor.TensorDifference.Kind.TYPE_CHANGED;
import static io.aifs.server.engine.tensor.TensorsInMemory.NAMESPACE;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.core.AifsException;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.schemas.layout.TensorFormat;
import io.aifs.schemas.tensor.Comparison;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TensorDiffTest {
  private static final TensorType LAYER = new TensorType(ElementType.FLOAT32, List.of(100L, 600L));

  private final SplittableRandom random = new SplittableRandom(10);
  private final TensorsInMemory memory = new TensorsInMemory();

  private Map<String, TensorPair> diff(Digest left, Digest right, boolean values)
      throws IOException {
    Map<String, TensorPair> found = new LinkedHashMap<>();
    memory
        .service()
        .diff(NAMESPACE, left, right, values, () -> {}, pair -> found.put(pair.name(), pair));
    return found;
  }

  private static TensorPair pair(Map<String, TensorPair> found, String name) {
    return requireNonNull(found.get(name), name);
  }

  private static Map<String, TensorDifference.Kind> kinds(Map<String, TensorPair> found) {
    Map<String, TensorDifference.Kind> kinds = new LinkedHashMap<>();
    found.forEach((name, pair) -> kinds.put(name, pair.kind()));
    return kinds;
  }

  private byte[] layer() {
    return SeededTest.bytes(random, (int) LAYER.bytes());
  }

  @Test
  void eachNameIsToldInOrder() throws IOException {
    byte[] same = layer();
    byte[] one = layer();
    byte[] other = one.clone();
    other[4_000] ^= 1;
    TensorType ints = new TensorType(ElementType.INT32, LAYER.shape());
    TensorType turned = new TensorType(ElementType.FLOAT32, List.of(600L, 100L));
    Digest left =
        memory.put(
            new SafetensorsFile()
                .with("z.same", LAYER, same)
                .with("gone", 1f)
                .with("changed", LAYER, one)
                .with("ints", LAYER, same)
                .with("turned", LAYER, same)
                .with("empty", new TensorType(ElementType.INT8, List.of(0L)), new byte[0]));
    Digest right =
        memory.put(
            new SafetensorsFile()
                .with("ints", ints, same)
                .with("come", 1f)
                .with("turned", turned, same)
                .with("empty", new TensorType(ElementType.INT8, List.of(0L)), new byte[0])
                .with("changed", LAYER, other)
                .with("z.same", LAYER, same));

    Map<String, TensorPair> found = diff(left, right, true);

    assertThat(kinds(found))
        .containsExactly(
            Map.entry("changed", CHANGED),
            Map.entry("come", ADDED),
            Map.entry("empty", EQUAL),
            Map.entry("gone", REMOVED),
            Map.entry("ints", TYPE_CHANGED),
            Map.entry("turned", TYPE_CHANGED),
            Map.entry("z.same", EQUAL));
    Comparison expected = new Comparison(ElementType.FLOAT32);
    expected.add(ByteBuffer.wrap(one), ByteBuffer.wrap(other));
    assertThat(pair(found, "changed").change()).contains(expected.result());
    assertThat(pair(found, "come").left()).isEmpty();
    assertThat(pair(found, "gone").right()).isEmpty();
    assertThat(pair(found, "ints").right().orElseThrow().type()).isEqualTo(ints);
    found.values().stream()
        .filter(pair -> pair.kind() != CHANGED)
        .forEach(pair -> assertThat(pair.change()).isEmpty());
  }

  @Test
  void equalTensorsAreKnownWithoutReadingThem() throws IOException {
    SafetensorsFile file = new SafetensorsFile();
    SafetensorsFile other = new SafetensorsFile().with("aa.before", LAYER, layer());
    for (int i = 0; i < 20; i++) {
      byte[] layer = layer();
      file.with("layer." + i, LAYER, layer);
      other.with("layer." + i, LAYER, layer);
    }
    Digest left = memory.put(file);
    Digest right = memory.put(other);
    var _ = memory.service().describe(NAMESPACE, left);
    var _ = memory.service().describe(NAMESPACE, right);
    memory.chunks().forgetReads();

    Map<String, TensorPair> found = diff(left, right, true);

    assertThat(kinds(found).values()).filteredOn(kind -> kind == EQUAL).hasSize(20);
    assertThat(memory.chunks().reads()).isEmpty();
  }

  @Test
  void thatTensorsDifferIsKnownWithoutReadingThemAndByHowMuchReadsOnlyThese() throws IOException {
    SafetensorsFile file = new SafetensorsFile();
    for (int i = 0; i < 20; i++) {
      file.with("layer." + i, LAYER, layer());
    }
    Digest left = memory.put(file);
    Digest right = memory.put(file.with("layer.7", LAYER, layer()));
    var _ = memory.service().describe(NAMESPACE, left);
    var _ = memory.service().describe(NAMESPACE, right);
    memory.chunks().forgetReads();

    assertThat(pair(diff(left, right, false), "layer.7").kind()).isEqualTo(CHANGED);
    assertThat(memory.chunks().reads()).isEmpty();
    assertThat(pair(diff(left, right, true), "layer.7").change()).isPresent();
    assertThat(memory.chunks().bytes()).isEqualTo(2 * LAYER.bytes());
  }

  @Test
  void tensorsThatLieOtherwiseOrShareChunksWithOthersAreComparedByTheirValues() throws IOException {
    byte[] same = layer();
    SafetensorsFile file =
        new SafetensorsFile().with("a", 1f, 2f).with("b", 3f, 4f).with("c", LAYER, same);
    SafetensorsFile other =
        new SafetensorsFile().with("a", 1f, 2f).with("b", 3f, 5f).with("c", LAYER, same);
    Digest left = memory.put(file);
    Digest right = memory.put(other.bytes(), _ -> 10_007);

    assertThat(kinds(diff(left, right, false)))
        .containsExactly(Map.entry("a", EQUAL), Map.entry("b", CHANGED), Map.entry("c", EQUAL));
  }

  @Test
  void filesOfOtherFormatsAreComparedAsWell() throws IOException {
    byte[] values = layer();
    Digest safetensors = memory.put(new SafetensorsFile().with("t", LAYER, values));
    ByteArrayOutputStream arrow = new ByteArrayOutputStream();
    TensorCodec.encode(new Tensor("t", LAYER, ByteBuffer.wrap(values)), arrow);
    Digest other = memory.put(arrow.toByteArray(), _ -> 10_007);

    assertThat(kinds(diff(safetensors, other, true))).containsExactly(Map.entry("t", EQUAL));
    assertThat(memory.service().describe(NAMESPACE, other).format()).isEqualTo(TensorFormat.ARROW);
  }

  @Test
  void randomFilesDifferAsTheirValuesDo() {
    SeededTest.run(
        40,
        cases -> {
          ElementType element =
              List.of(ElementType.values()).get(cases.nextInt(ElementType.values().length));
          TensorType type = new TensorType(element, List.of((long) cases.nextInt(1, 40_000)));
          byte[] one = SeededTest.bytes(cases, (int) type.bytes());
          byte[] other = one.clone();
          for (int i = cases.nextInt(3); i > 0; i--) {
            other[cases.nextInt(other.length)] ^= (byte) cases.nextInt(256);
          }
          SafetensorsFile file = new SafetensorsFile().with("t", type, one);
          SafetensorsFile changed = new SafetensorsFile();
          if (cases.nextBoolean()) {
            changed.with("s", LAYER, new byte[(int) LAYER.bytes()]);
          }
          changed.with("t", type, other);
          Digest left = memory.put(file.bytes(), cuts(cases, file));
          Digest right = memory.put(changed.bytes(), cuts(cases, changed));
          Comparison expected = new Comparison(element);
          expected.add(ByteBuffer.wrap(one), ByteBuffer.wrap(other));
          TensorDifference.Change change = expected.result();

          TensorPair found = pair(diff(left, right, true), "t");

          assertThat(found.kind()).isEqualTo(change.changedValues() == 0 ? EQUAL : CHANGED);
          assertThat(found.change().isPresent()).isEqualTo(change.changedValues() > 0);
          found.change().ifPresent(told -> checkChange(told, change));
        });
  }

  /** Sums depend a little on where chunks end. */
  private static void checkChange(TensorDifference.Change told, TensorDifference.Change expected) {
    assertThat(told.changedValues()).isEqualTo(expected.changedValues());
    assertThat(told.maxAbs()).isEqualTo(Double.valueOf(expected.maxAbs()));
    assertThat(told.mean())
        .isCloseTo(expected.mean(), Offset.offset(1e-9 * Math.abs(expected.mean())));
    assertThat(told.norm()).isCloseTo(expected.norm(), Offset.offset(1e-9 * expected.norm()));
  }

  private static IntUnaryOperator cuts(SplittableRandom random, SafetensorsFile file) {
    int odd = random.nextInt(1, 30_000);
    return random.nextInt(3) == 0 ? _ -> odd : file.cuts();
  }

  @Test
  void readingEndsOnceNobodyWaits() {
    TensorType large = new TensorType(ElementType.INT8, List.of(8L << 20));
    byte[] bytes = new byte[8 << 20];
    random.nextBytes(bytes);
    Digest left = memory.put(new SafetensorsFile().with("t", large, bytes));
    random.nextBytes(bytes);
    Digest right = memory.put(new SafetensorsFile().with("t", large, bytes));

    assertThatThrownBy(
            () ->
                memory
                    .service()
                    .diff(NAMESPACE, left, right, true, TensorsInMemory.wantedFor(3), _ -> {}))
        .isInstanceOf(AifsException.Unavailable.class);
    assertThat(memory.chunks().bytes()).isLessThan(4 << 20);
  }
}
