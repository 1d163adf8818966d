package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.aifs.core.Limits;
import io.aifs.core.Reason;
import io.aifs.core.model.Name;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.proto.v1.DescribeTensorsRequest;
import io.aifs.proto.v1.DescribeTensorsResponse;
import io.aifs.proto.v1.DiffTensorsRequest;
import io.aifs.proto.v1.ElementType;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.ReadSliceResponse;
import io.aifs.proto.v1.SliceRange;
import io.aifs.proto.v1.TensorDifference;
import io.aifs.proto.v1.TensorFormat;
import io.aifs.proto.v1.TensorInfo;
import io.aifs.proto.v1.TensorStatisticsRequest;
import io.aifs.proto.v1.TensorStatisticsResponse;
import io.aifs.proto.v1.TensorTarget;
import io.aifs.proto.v1.TensorsGrpc;
import io.aifs.schemas.ByteSource;
import io.aifs.schemas.PayloadInvalidException;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import io.aifs.server.engine.tensor.SafetensorsFile;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorsGrpcServiceTest extends HistoryEdge {
  private static final TensorType LARGE =
      new TensorType(io.aifs.schemas.tensor.ElementType.INT16, List.of(2_000L, 1_500L));

  private final SplittableRandom random = new SplittableRandom(12);
  private final byte[] large = SeededTest.bytes(random, (int) LARGE.bytes());
  private final SafetensorsFile file =
      new SafetensorsFile().with("numbers", 1f, Float.NaN, 0f, 3f).with("large", LARGE, large);
  private TensorsGrpc.TensorsBlockingStub tensors;
  private String id = "";

  @BeforeEach
  void fill() {
    tensors = TensorsGrpc.newBlockingStub(channel);
    id = put("models/one", file.bytes());
    put("main", "text", "no tensors");
  }

  private String put(String path, byte[] content) {
    return Upload.begin(channel)
        .send(Upload.message(content).toBuilder().setPath(path).build())
        .finish()
        .getAssetId();
  }

  private static TensorTarget path(String path) {
    return TensorTarget.newBuilder().setPath(path).build();
  }

  private static TensorTarget asset(String id) {
    return TensorTarget.newBuilder().setAssetId(id).build();
  }

  private DescribeTensorsResponse describe(TensorTarget target) {
    return tensors.describeTensors(DescribeTensorsRequest.newBuilder().setTarget(target).build());
  }

  @Test
  void aFileIsDescribedByIdAndByPathAtARef() {
    DescribeTensorsResponse described = describe(asset(id));

    assertThat(described.getAssetId()).isEqualTo(id);
    assertThat(described.getFormat()).isEqualTo(TensorFormat.SAFETENSORS);
    assertThat(described.getMetadataMap()).isEqualTo(Map.of("made", "by hand"));
    assertThat(described.getTensorsList())
        .extracting(TensorInfo::getName)
        .containsExactly("numbers", "large");
    assertThat(described.getTensors(1))
        .isEqualTo(
            TensorInfo.newBuilder()
                .setName("large")
                .setElement(ElementType.INT16)
                .addShape(2_000)
                .addShape(1_500)
                .setOffset(file.offset("large"))
                .setBytes(6_000_000)
                .build());
    assertThat(describe(path("models/one"))).isEqualTo(described);
    String snapshot = take("main").getSnapshotId();
    put("models/one", new SafetensorsFile().with("other", 1f).bytes());
    assertThat(
            describe(
                TensorTarget.newBuilder().setPath("models/one").setRef("snap:" + snapshot).build()))
        .isEqualTo(described);
    assertThat(describe(path("models/one")).getTensors(0).getName()).isEqualTo("other");
  }

  @Test
  void whatHoldsNoTensorsOrIsNotThereIsRefused() {
    assertRefused(Code.FAILED_PRECONDITION, Reason.NOT_TENSORS, () -> describe(path("text")));
    assertRefused(Code.NOT_FOUND, Reason.PATH_NOT_FOUND, () -> describe(path("none")));
    assertRefused(Code.FAILED_PRECONDITION, Reason.IS_A_DIRECTORY, () -> describe(path("models")));
    assertRefused(Code.NOT_FOUND, Reason.ASSET_NOT_FOUND, () -> describe(asset("ab".repeat(32))));
    WireFailure.of(() -> describe(asset("ab")))
        .is(Code.INVALID_ARGUMENT, Reason.ASSET_ID_INVALID)
        .names("target.asset_id");
    WireFailure.of(() -> describe(TensorTarget.getDefaultInstance()))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING)
        .names("target");
    WireFailure.of(() -> describe(path("models/one").toBuilder().setRef("~").build()))
        .is(Code.INVALID_ARGUMENT, Reason.ADDRESS_INVALID)
        .names("target.ref");
    WireFailure.of(() -> describe(asset(id).toBuilder().setFoundPath("/").build()))
        .is(Code.INVALID_ARGUMENT, Reason.PATH_INVALID)
        .names("target.found_path");
  }

  @Test
  void anotherNamespaceHasNoneOfIt() {
    var _ =
        fixture
            .engine()
            .namespaces()
            .create(new Name("other"), "of somebody else", Map.of(), Optional.empty());
    var _ = describe(asset(id));

    assertRefused(
        Code.NOT_FOUND,
        Reason.ASSET_NOT_FOUND,
        () ->
            tensors.describeTensors(
                DescribeTensorsRequest.newBuilder()
                    .setNamespace("other")
                    .setTarget(asset(id))
                    .build()));
  }

  private List<TensorStatisticsResponse> statistics(String... names) {
    return RestrictedProbes.all(
        tensors.tensorStatistics(
            TensorStatisticsRequest.newBuilder()
                .setTarget(asset(id))
                .addAllNames(List.of(names))
                .build()));
  }

  @Test
  void statisticsComeInTheOrderOfTheRequest() {
    List<TensorStatisticsResponse> found = statistics("large", "numbers");

    assertThat(found)
        .extracting(TensorStatisticsResponse::getName)
        .containsExactly("large", "numbers");
    TensorStatisticsResponse numbers = found.get(1);
    assertThat(numbers.getCount()).isEqualTo(4);
    assertThat(numbers.getNans()).isEqualTo(1);
    assertThat(numbers.getZeros()).isEqualTo(1);
    assertThat(numbers.getMin()).isEqualTo(0);
    assertThat(numbers.getMax()).isEqualTo(3);
    assertThat(numbers.getMean()).isEqualTo(4.0 / 3);
    assertThat(statistics()).containsExactly(found.get(1), found.get(0));
    assertRefused(Code.NOT_FOUND, Reason.TENSOR_NOT_FOUND, () -> statistics("large", "none"));
    String[] many =
        Collections.nCopies(Limits.BATCH_ENTRIES_MAX + 1, "large").toArray(String[]::new);
    WireFailure.of(() -> statistics(many))
        .is(Code.INVALID_ARGUMENT, Reason.LIMIT_EXCEEDED)
        .names("names");
  }

  private Iterator<ReadSliceResponse> slice(SliceRange... ranges) {
    return tensors.readSlice(
        ReadSliceRequest.newBuilder()
            .setTarget(path("models/one"))
            .setName("large")
            .addAllRanges(List.of(ranges))
            .build());
  }

  private static SliceRange range(long start, long end, boolean drop) {
    return SliceRange.newBuilder().setStart(start).setEnd(end).setDrop(drop).build();
  }

  private static Tensor tensor(List<ReadSliceResponse> messages)
      throws IOException, PayloadInvalidException {
    ByteString stream = ByteString.EMPTY;
    for (ReadSliceResponse message : messages) {
      stream = stream.concat(message.getData());
    }
    return TensorCodec.decode(ByteSource.of(stream.toByteArray()));
  }

  @Test
  void aSliceComesAsAnArrowStreamInFrames() throws Exception {
    List<ReadSliceResponse> messages =
        RestrictedProbes.all(slice(range(100, 1_100, false), range(0, 1_500, false)));

    assertThat(messages).hasSizeGreaterThan(10);
    assertThat(messages).allMatch(message -> message.getData().size() <= Limits.FRAME_BYTES);
    TensorInfo part = messages.getFirst().getSlice();
    assertThat(part.getName()).isEqualTo("large");
    assertThat(part.getShapeList()).containsExactly(1_000L, 1_500L);
    assertThat(part.getOffset()).isEqualTo(file.offset("large") + 300_000);
    assertThat(messages.subList(1, messages.size())).noneMatch(ReadSliceResponse::hasSlice);
    Tensor tensor = tensor(messages);
    assertThat(tensor.name()).isEqualTo("large");
    byte[] values = new byte[3_000_000];
    tensor.values().get(values);
    assertThat(values).isEqualTo(Arrays.copyOfRange(large, 300_000, 3_300_000));
  }

  @Test
  void aSingleValueAndNothingAtAllAreSlicesToo() throws Exception {
    Tensor value = tensor(RestrictedProbes.all(slice(range(3, 4, true), range(7, 8, true))));
    assertThat(value.type().shape()).isEmpty();
    assertThat(value.values().get(0)).isEqualTo(large[(3 * 1_500 + 7) * 2]);
    Tensor nothing = tensor(RestrictedProbes.all(slice(range(3, 3, false))));
    assertThat(nothing.type().shape()).containsExactly(0L, 1_500L);
  }

  @Test
  void rangesThatAreNoneAreRefusedByTheirPlace() {
    WireFailure.of(() -> slice(range(0, 1, false), range(5, 1_501, false)).next())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("ranges[1]");
    WireFailure.of(() -> slice(range(-1, 1, false)).next())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("ranges[0]");
    WireFailure.of(() -> slice(range(2, 1, false)).next())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("ranges[0]");
    WireFailure.of(() -> slice(range(0, 1, false), range(1, 3, true)).next())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("ranges[1]");
    SliceRange one = range(0, 1, false);
    WireFailure.of(() -> slice(one, one, one).next())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("ranges");
  }

  @Test
  void filesAreComparedTensorByTensor() {
    byte[] other = large.clone();
    other[10] ^= 1;
    String changed =
        put(
            "models/two",
            new SafetensorsFile().with("large", LARGE, other).with("numbers", 1f, 2f).bytes());
    DiffTensorsRequest request =
        DiffTensorsRequest.newBuilder().setLeft(asset(id)).setRight(path("models/two")).build();

    List<TensorDifference> found = RestrictedProbes.all(tensors.diffTensors(request));

    assertThat(found).extracting(TensorDifference::getName).containsExactly("large", "numbers");
    assertThat(found.get(0).getKind()).isEqualTo(TensorDifference.Kind.CHANGED);
    assertThat(found.get(0).getChangedValues()).isEqualTo(1);
    assertThat(found.get(0).getMaxAbs()).isEqualTo(1);
    assertThat(found.get(1).getKind()).isEqualTo(TensorDifference.Kind.TYPE_CHANGED);
    assertThat(found.get(1).getRight().getShapeList()).containsExactly(2L);
    List<TensorDifference> named =
        RestrictedProbes.all(tensors.diffTensors(request.toBuilder().setNamesOnly(true).build()));
    assertThat(named.get(0).getKind()).isEqualTo(TensorDifference.Kind.CHANGED);
    assertThat(named.get(0).getChangedValues()).isZero();
    assertThat(
            RestrictedProbes.all(
                tensors.diffTensors(request.toBuilder().setLeft(asset(changed)).build())))
        .extracting(TensorDifference::getKind)
        .containsOnly(TensorDifference.Kind.EQUAL);
    WireFailure.of(() -> tensors.diffTensors(request.toBuilder().clearRight().build()).next())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_MISSING)
        .names("right");
  }

  /** Whoever gives up a call can make the next; the store closes only when no call is left. */
  @Test
  void aCallThatIsGivenUpEnds() throws Exception {
    Context.CancellableContext context = Context.current().withCancellation();
    context.run(
        () -> {
          Iterator<ReadSliceResponse> messages = slice();
          assertThat(messages.next().hasSlice()).isTrue();
          context.cancel(null);
          assertThatThrownBy(() -> messages.forEachRemaining(_ -> {}))
              .isInstanceOf(StatusRuntimeException.class);
        });
    TensorsGrpc.TensorsBlockingStub hurried = tensors.withDeadlineAfter(1, TimeUnit.NANOSECONDS);
    assertThatThrownBy(
            () ->
                hurried
                    .tensorStatistics(
                        TensorStatisticsRequest.newBuilder().setTarget(asset(id)).build())
                    .next())
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED));
    assertThat(tensor(RestrictedProbes.all(slice())).type()).isEqualTo(LARGE);
  }
}
