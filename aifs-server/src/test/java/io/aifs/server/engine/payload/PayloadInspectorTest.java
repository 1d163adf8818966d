package io.aifs.server.engine.payload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.aifs.core.AifsException;
import io.aifs.core.ExitCode;
import io.aifs.core.Reason;
import io.aifs.core.model.AssetKind;
import io.aifs.core.model.VectorMetric;
import io.aifs.schemas.ByteSource;
import io.aifs.server.chunk.Chunk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is said of content, in each mode, and what is taken out of it. */
class PayloadInspectorTest {
  private final FakePayloads payloads = new FakePayloads();
  private final PayloadInspector inspector = new PayloadInspector(payloads);
  private final List<Chunk> stored = new ArrayList<>();
  private int batches;

  private PayloadFinding inspect(PayloadMode mode, AssetKind kind, String content)
      throws IOException {
    return inspector.inspect(
        mode,
        new PayloadInspector.Subject(
            kind,
            ByteSource.of(content.getBytes(UTF_8)),
            "models/a",
            chunks -> {
              stored.addAll(chunks);
              batches++;
            }));
  }

  private List<String> partsOf(String... sources) throws IOException {
    String[] vectors = new String[sources.length];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = sources[i] + " 1 " + i;
    }
    return inspect(
            PayloadMode.STRICT,
            AssetKind.EMBED,
            FakePayloads.embed("clip", 2, VectorMetric.COSINE, vectors))
        .vectors()
        .orElseThrow()
        .vectors()
        .stream()
        .map(StagedVectors.StagedVector::part)
        .toList();
  }

  @Test
  void blobsMayBeAnythingInEveryMode() throws IOException {
    payloads.fail(true);
    for (PayloadMode mode : PayloadMode.values()) {
      assertThat(inspect(mode, AssetKind.BLOB, "anything")).isEqualTo(PayloadFinding.VALID);
    }
  }

  @Test
  void strictRefusesWithWhatIsWrongAndWhere() {
    AifsException.InvalidRequest refusal =
        catchThrowableOfType(
            AifsException.InvalidRequest.class,
            () -> inspect(PayloadMode.STRICT, AssetKind.TENSOR, "x"));

    assertThat(refusal.reason()).isEqualTo(Reason.PAYLOAD_INVALID);
    assertThat(ExitCode.of(refusal)).isEqualTo(ExitCode.USAGE);
    assertThat(refusal)
        .hasMessage(
            "'models/a': the content is not what kind TENSOR demands: byte 0: there is no"
                + " 'tensor'");
    assertThat(refusal.hint()).contains("BLOB");
  }

  @Test
  void warnSaysTheSameAndOffDoesNotLook() throws IOException {
    assertThat(inspect(PayloadMode.WARN, AssetKind.TENSOR, "x"))
        .isEqualTo(PayloadFinding.invalid("byte 0: there is no 'tensor'"));
    payloads.fail(true);
    assertThat(inspect(PayloadMode.OFF, AssetKind.TENSOR, "x")).isEqualTo(PayloadFinding.UNCHECKED);
  }

  @Test
  void aFailureToReadSaysNothingOfTheContent() {
    payloads.fail(true);
    for (PayloadMode mode : List.of(PayloadMode.WARN, PayloadMode.STRICT)) {
      assertThatThrownBy(() -> inspect(mode, AssetKind.TENSOR, "tensor"))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void aProblemIsShortAndFitToBeShown() {
    PayloadFinding finding = PayloadFinding.invalid("a\u001b[2J\u202eb" + "é".repeat(500));

    assertThat(finding.problem()).startsWith("a?[2J?bé").endsWith("é");
    assertThat(finding.problem().getBytes(UTF_8).length).isBetween(255, 256);
  }

  @Test
  void partsAreNamedBySourceAndNoTwoAlike() throws IOException {
    assertThat(partsOf("a", "a", "-", "a#2", "a", "2", "-"))
        .containsExactly("a", "a#2", "2", "a#2#2", "a#3", "2#2", "6");
  }

  @Test
  void longSourcesAreCutAndStayApart() throws IOException {
    String source = "é".repeat(40);

    assertThat(partsOf(source + "1", source + "2", source + "3"))
        .containsExactly("é".repeat(32), "é".repeat(31) + "#2", "é".repeat(31) + "#3");
  }

  @Test
  void vectorsAreStoredInBatches() throws IOException {
    String zeros = " 0".repeat(4_095);
    String[] vectors =
        IntStream.range(1, 131).mapToObj(i -> "s" + i + " " + i + zeros).toArray(String[]::new);

    PayloadFinding finding =
        inspect(
            PayloadMode.STRICT,
            AssetKind.EMBED,
            FakePayloads.embed("clip", 4_096, VectorMetric.COSINE, vectors));

    assertThat(batches).isEqualTo(3);
    assertThat(stored).hasSize(130).allMatch(chunk -> chunk.length() == 4_096 * 4);
    StagedVectors staged = finding.vectors().orElseThrow();
    assertThat(staged.vectors().getLast())
        .isEqualTo(new StagedVectors.StagedVector("s130", stored.getLast().digest(), 130));
  }

  @Test
  void vectorsThatCannotBeEmbeddingsMakeThePayloadInvalid() throws IOException {
    List<String> wrong =
        List.of(
            FakePayloads.embed("clip", 2, VectorMetric.COSINE, "a 1 2", "b 0 0"),
            FakePayloads.embed("clip", 2, VectorMetric.DOT_PRODUCT, "a 1 NaN"),
            FakePayloads.embed("clip", 2, VectorMetric.COSINE, "a 1 2 3"),
            FakePayloads.embed("clip", 4_097, VectorMetric.COSINE, "a 1 2"),
            FakePayloads.embed("m".repeat(257), 2, VectorMetric.COSINE, "a 1 2"),
            FakePayloads.embed("clip", 1, VectorMetric.COSINE, many(10_001)));

    List<String> problems = new ArrayList<>();
    for (String payload : wrong) {
      problems.add(inspect(PayloadMode.WARN, AssetKind.EMBED, payload).problem());
    }

    assertThat(problems)
        .satisfiesExactly(
            zero -> assertThat(zero).startsWith("vector 1: it cannot be compared"),
            noNumber -> assertThat(noNumber).startsWith("vector 0: it cannot be compared"),
            longer -> assertThat(longer).startsWith("vector 0: it has 3 values"),
            wide -> assertThat(wide).startsWith("dimension: "),
            model -> assertThat(model).startsWith("model: "),
            many -> assertThat(many).contains("10001", "at most 10000"));
  }

  private static String[] many(int count) {
    return IntStream.range(0, count).mapToObj(_ -> "- 1").toArray(String[]::new);
  }

  @Test
  void noVectorsAreAlsoAPayload() throws IOException {
    PayloadFinding finding =
        inspect(
            PayloadMode.STRICT,
            AssetKind.EMBED,
            FakePayloads.embed("clip", 2, VectorMetric.EUCLIDEAN));

    assertThat(finding.vectors().orElseThrow().vectors()).isEmpty();
    assertThat(stored).isEmpty();
  }
}
