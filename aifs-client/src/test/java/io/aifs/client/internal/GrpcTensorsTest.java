package io.aifs.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aifs.client.ReadTarget;
import io.aifs.client.Tensors;
import io.aifs.core.AifsException;
import io.aifs.core.Reason;
import io.aifs.core.address.Ref;
import io.aifs.core.model.TreePath;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.DescribeTensorsRequest;
import io.aifs.proto.v1.DescribeTensorsResponse;
import io.aifs.proto.v1.DiffTensorsRequest;
import io.aifs.proto.v1.ElementType;
import io.aifs.proto.v1.TensorFormat;
import io.aifs.proto.v1.TensorInfo;
import io.aifs.proto.v1.TensorStatisticsRequest;
import io.aifs.proto.v1.TensorStatisticsResponse;
import io.aifs.schemas.layout.TensorEntry;
import io.aifs.schemas.tensor.TensorDifference;
import io.aifs.schemas.tensor.TensorDifference.Kind;
import io.aifs.schemas.tensor.TensorStatistics;
import io.aifs.schemas.tensor.TensorType;
import io.grpc.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service says about tensors. */
final class GrpcTensorsTest {
  private static final Optional<Status> OK = Optional.of(Status.OK);
  private static final Digest ASSET = Digest.of(new byte[] {1});
  private static final ReadTarget TARGET = new ReadTarget.ById(ASSET);
  private static final TensorType TYPE =
      new TensorType(
          io.aifs.schemas.tensor.ElementType.BFLOAT16, List.of(2L, 3L), List.of("row", "column"));

  private final FakeTensors fake = new FakeTensors();
  private TestServer server;
  private Tensors tensors;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inProcess(fake);
    tensors = server.client().tensors();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static TensorInfo info(String name, long offset) {
    return TensorInfo.newBuilder()
        .setName(name)
        .setElement(ElementType.BFLOAT16)
        .addShape(2)
        .addShape(3)
        .addDimensionNames("row")
        .addDimensionNames("column")
        .setOffset(offset)
        .setBytes(12)
        .build();
  }

  private static DescribeTensorsResponse.Builder described() {
    return DescribeTensorsResponse.newBuilder()
        .setAssetId(ASSET.hex())
        .setFormat(TensorFormat.SAFETENSORS)
        .putMetadata("format", "pt")
        .addTensors(info("a", 64))
        .addTensors(info("b", 76));
  }

  @Test
  void describesEveryTensorOfAFile() {
    fake.scripts.then(OK, described().build());

    Tensors.Described described = tensors.describe(TARGET);

    assertThat(described.asset()).isEqualTo(ASSET);
    assertThat(described.layout().format())
        .isEqualTo(io.aifs.schemas.layout.TensorFormat.SAFETENSORS);
    assertThat(described.layout().metadata()).containsExactly(Map.entry("format", "pt"));
    assertThat(described.layout().tensors())
        .containsExactly(new TensorEntry("a", TYPE, 64), new TensorEntry("b", TYPE, 76));
  }

  @Test
  void namesEachKindOfTarget() {
    TreePath path = new TreePath("m/w");
    for (int i = 0; i < 3; i++) {
      fake.scripts.then(OK, described().build());
    }

    tensors.describe(TARGET);
    tensors.describe(new ReadTarget.ByPath(Ref.parse("v1"), path));
    tensors.describe(new ReadTarget.Found(Ref.MAIN, path, ASSET));

    List<String> sent =
        fake.scripts.requests.stream()
            .map(DescribeTensorsRequest.class::cast)
            .map(
                request ->
                    String.join(
                        " ",
                        request.getNamespace(),
                        request.getTarget().getAssetId(),
                        request.getTarget().getPath(),
                        request.getTarget().getRef(),
                        request.getTarget().getFoundPath()))
            .toList();
    assertThat(sent)
        .containsExactly(
            "papers " + ASSET.hex() + "   ",
            "papers  m/w v1 ",
            "papers " + ASSET.hex() + "  main m/w");
  }

  @Test
  void anAnswerAboutNothingKnownIsRefused() {
    fake.scripts.then(OK, described().setFormatValue(99).build());
    fake.scripts.then(
        OK, described().setTensors(0, info("a", 64).toBuilder().setBytes(11)).build());
    fake.scripts.then(
        OK, described().setTensors(0, info("a", 64).toBuilder().setElementValue(77)).build());
    fake.scripts.then(
        OK, described().setTensors(0, info("a", 64).toBuilder().setShape(0, -2)).build());

    for (int i = 0; i < 4; i++) {
      assertThatThrownBy(() -> tensors.describe(TARGET))
          .isInstanceOf(AifsException.Failed.class)
          .hasMessageContaining("DescribeTensors")
          .hasMessageContaining("wrong");
    }
  }

  @Test
  void aFileWithoutTensorsIsAPrecondition() {
    fake.scripts.then(
        Optional.of(
            FakeFailures.of(
                    Status.Code.FAILED_PRECONDITION,
                    "byte 3: it is no tensor file",
                    FakeFailures.info("NOT_TENSORS", Map.of()))
                .getStatus()));

    assertThatThrownBy(() -> tensors.describe(TARGET))
        .isInstanceOf(AifsException.Precondition.class)
        .hasMessageContaining("byte 3");
  }

  private static TensorStatisticsResponse statistics(String name, long count) {
    return TensorStatisticsResponse.newBuilder()
        .setName(name)
        .setCount(count)
        .setNans(1)
        .setInfinities(2)
        .setZeros(3)
        .setMin(-4)
        .setMax(5)
        .setMean(6)
        .setDeviation(7)
        .setNorm(8)
        .build();
  }

  @Test
  void statisticsComeByNameInOrder() {
    fake.scripts.then(OK, statistics("b", 100), statistics("a", 200));

    Map<String, TensorStatistics> found = tensors.statistics(TARGET, List.of());

    assertThat(found.keySet()).containsExactly("b", "a");
    assertThat(found).containsEntry("b", new TensorStatistics(100, 1, 2, 3, -4, 5, 6, 7, 8));
  }

  @Test
  void manyNamesAreAskedInSeveralCalls() {
    List<String> names = IntStream.range(0, 5_000).mapToObj(i -> "t" + i).toList();
    fake.scripts.then(OK, names.subList(0, 4_096).stream().map(GrpcTensorsTest::one).toArray());
    fake.scripts.then(OK, names.subList(4_096, 5_000).stream().map(GrpcTensorsTest::one).toArray());

    assertThat(tensors.statistics(TARGET, names)).hasSize(5_000);
    assertThat(fake.scripts.requests)
        .map(TensorStatisticsRequest.class::cast)
        .map(TensorStatisticsRequest::getNamesCount)
        .containsExactly(4_096, 904);
  }

  private static TensorStatisticsResponse one(String name) {
    return statistics(name, 1);
  }

  @Test
  void statisticsThatLackANameAreRefused() {
    fake.scripts.then(OK, statistics("a", 1));

    assertThatThrownBy(() -> tensors.statistics(TARGET, List.of("a", "b")))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("'b'");
  }

  @Test
  void aBrokenConnectionIsTriedAgainUntilTheFirstMessage() {
    fake.scripts.then(Optional.of(FakeFailures.unavailable().getStatus()));
    fake.scripts.then(OK, statistics("a", 1));
    fake.scripts.then(Optional.of(FakeFailures.unavailable().getStatus()), difference("a", 2));

    assertThat(tensors.statistics(TARGET, List.of("a"))).hasSize(1);
    assertThatThrownBy(() -> tensors.diff(TARGET, TARGET, true, _ -> {}))
        .isInstanceOf(AifsException.Unavailable.class)
        .extracting(failure -> ((AifsException) failure).reason())
        .isEqualTo(Reason.SERVER_UNAVAILABLE);
  }

  private static io.aifs.proto.v1.TensorDifference difference(String name, int kind) {
    return io.aifs.proto.v1.TensorDifference.newBuilder()
        .setName(name)
        .setKindValue(kind)
        .setLeft(info(name, 64))
        .setRight(info(name, 64))
        .setMaxAbs(0.5)
        .setMean(-0.25)
        .setNorm(2)
        .setChangedValues(3)
        .build();
  }

  private List<TensorDifference> diff(boolean values) {
    List<TensorDifference> heard = new ArrayList<>();
    tensors.diff(TARGET, new ReadTarget.ById(Digest.of(new byte[0])), values, heard::add);
    return heard;
  }

  @Test
  void differencesSayByHowMuchIfThatIsAsked() {
    Optional<TensorType> type = Optional.of(TYPE);
    TensorDifference.Change change = new TensorDifference.Change(0.5, -0.25, 2, 3);
    fake.scripts.then(OK, difference("a", 1), difference("b", 2), difference("c", 5));
    fake.scripts.then(OK, difference("b", 2));

    assertThat(diff(true))
        .containsExactly(
            new TensorDifference("a", Kind.EQUAL, type, type, Optional.empty()),
            new TensorDifference("b", Kind.CHANGED, type, type, Optional.of(change)),
            new TensorDifference("c", Kind.TYPE_CHANGED, type, type, Optional.empty()));
    assertThat(diff(false))
        .containsExactly(new TensorDifference("b", Kind.CHANGED, type, type, Optional.empty()));
    assertThat(fake.scripts.requests)
        .map(DiffTensorsRequest.class::cast)
        .map(DiffTensorsRequest::getNamesOnly)
        .containsExactly(false, true);
  }

  @Test
  void aTensorOfOneSideHasOneType() {
    fake.scripts.then(
        OK,
        difference("a", 3).toBuilder().clearLeft().build(),
        difference("b", 4).toBuilder().clearRight().build());

    assertThat(diff(true))
        .containsExactly(
            new TensorDifference(
                "a", Kind.ADDED, Optional.empty(), Optional.of(TYPE), Optional.empty()),
            new TensorDifference(
                "b", Kind.REMOVED, Optional.of(TYPE), Optional.empty(), Optional.empty()));
  }

  @Test
  void aDifferenceOfNoKindIsRefused() {
    fake.scripts.then(OK, difference("a", 0));

    assertThatThrownBy(() -> diff(true))
        .isInstanceOf(AifsException.Failed.class)
        .hasMessageContaining("DiffTensors");
  }
}
