package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.DescribeTensorsRequest;
import io.aifs.proto.v1.DiffTensorsRequest;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.ReadSliceRequest;
import io.aifs.proto.v1.TensorStatisticsRequest;
import io.aifs.proto.v1.TensorTarget;
import io.aifs.proto.v1.TensorsGrpc;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import io.aifs.server.engine.tensor.SafetensorsFile;
import io.grpc.Channel;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What restricted tokens see of tensors: what they may read, and nothing else, on both sides. */
class RestrictedTensorsTest extends HistoryEdge {
  private static final String INSIDE = "data/train/w";
  private static final String OUTSIDE = "secret/w";
  private static final byte[] MINE = arrow("w", 1f, 2f);
  private static final byte[] SECRET = new SafetensorsFile().with("w", 3f, 4f).bytes();

  /** Each call, of one target; a comparison with something that may be read, from both sides. */
  private static final Map<String, BiConsumer<TensorsGrpc.TensorsBlockingStub, TensorTarget>>
      CALLS = new LinkedHashMap<>();

  static {
    CALLS.put(
        "describe",
        (tensors, target) ->
            tensors.describeTensors(DescribeTensorsRequest.newBuilder().setTarget(target).build()));
    CALLS.put(
        "statistics",
        (tensors, target) ->
            tensors
                .tensorStatistics(TensorStatisticsRequest.newBuilder().setTarget(target).build())
                .next());
    CALLS.put(
        "slice",
        (tensors, target) ->
            tensors
                .readSlice(ReadSliceRequest.newBuilder().setTarget(target).setName("w").build())
                .next());
    CALLS.put(
        "left",
        (tensors, target) ->
            tensors
                .diffTensors(
                    DiffTensorsRequest.newBuilder().setLeft(target).setRight(path(INSIDE)).build())
                .next());
    CALLS.put(
        "right",
        (tensors, target) ->
            tensors
                .diffTensors(
                    DiffTensorsRequest.newBuilder().setLeft(path(INSIDE)).setRight(target).build())
                .next());
  }

  private Channel plain;

  /** A payload of kind TENSOR. */
  private static byte[] arrow(String name, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorType type = new TensorType(ElementType.FLOAT32, List.of((long) values.length));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      TensorCodec.encode(new Tensor(name, type, bytes), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  @BeforeEach
  void fill() throws Exception {
    plain = fixture.inProcess();
    put(INSIDE, MINE, AssetKind.TENSOR);
    put(OUTSIDE, SECRET, AssetKind.BLOB);
  }

  private void put(String path, byte[] content, AssetKind kind) {
    var _ =
        TreeGrpc.newBlockingStub(channel)
            .putFiles(
                PutFilesRequest.newBuilder()
                    .addFiles(
                        FilePut.newBuilder()
                            .setPath(path)
                            .setKind(kind)
                            .setData(ByteString.copyFrom(content)))
                    .build());
  }

  private static TensorTarget path(String path) {
    return TensorTarget.newBuilder().setPath(path).build();
  }

  private static TensorTarget found(byte[] content, String path) {
    return TensorTarget.newBuilder()
        .setAssetId(Digest.of(content).hex())
        .setFoundPath(path)
        .build();
  }

  private TensorsGrpc.TensorsBlockingStub with(String... caveats) {
    return TensorsGrpc.newBlockingStub(EdgeFixture.withToken(plain, TestTokens.with(caveats)));
  }

  /** How a call ends, but for the names in it. */
  private static String end(Runnable call, String... names) {
    try {
      call.run();
      return "OK";
    } catch (StatusRuntimeException e) {
      String told = e.getStatus().toString();
      for (String name : names) {
        told = told.replace(name, "NAME");
      }
      return told;
    }
  }

  @Test
  void whatIsInsideIsReadByPathAndByAnIdThatIsFoundThere() {
    CALLS.forEach(
        (name, call) -> {
          assertThat(end(() -> call.accept(with("path = data/train"), path(INSIDE))))
              .as(name)
              .isEqualTo("OK");
          assertThat(end(() -> call.accept(with("path = data/train"), found(MINE, INSIDE))))
              .as(name)
              .isEqualTo("OK");
          assertRefused(
              Code.PERMISSION_DENIED,
              Reason.TOKEN_NOT_ALLOWED,
              () -> call.accept(with("path = data/train"), found(MINE, "")));
        });
  }

  @Test
  void anIdThatTheFoundPathDoesNotNameIsNotThereWhetherItIsOrNot() {
    byte[] none = {1, 2, 3};
    CALLS.forEach(
        (name, call) -> {
          TensorTarget secret = found(SECRET, INSIDE);
          TensorTarget absent = found(none, INSIDE);
          String there =
              end(() -> call.accept(with("path = data/train"), secret), secret.getAssetId());
          assertThat(there).as(name).contains("NOT_FOUND");
          assertThat(end(() -> call.accept(with("path = data/train"), absent), absent.getAssetId()))
              .as(name)
              .isEqualTo(there);
          assertRefused(
              Code.PERMISSION_DENIED,
              Reason.TOKEN_NOT_ALLOWED,
              () -> call.accept(with("path = data/train"), found(SECRET, OUTSIDE)));
        });
  }

  @Test
  void ofOtherKindsAndAssetsNothingIsThere() {
    String mine = Digest.of(MINE).hex();
    CALLS.forEach(
        (name, call) -> {
          for (String caveat : new String[] {"kind = tensor", "asset = " + mine}) {
            assertThat(end(() -> call.accept(with(caveat), path(INSIDE)))).as(name).isEqualTo("OK");
            String hidden = end(() -> call.accept(with(caveat), path(OUTSIDE)), OUTSIDE);
            assertThat(hidden).as(name).contains("NOT_FOUND");
            assertThat(end(() -> call.accept(with(caveat), path("secret/none")), "secret/none"))
                .as(name)
                .isEqualTo(hidden);
          }
          assertThat(end(() -> call.accept(with("asset = " + mine), found(MINE, ""))))
              .as(name)
              .isEqualTo("OK");
        });
  }
}
