package io.aifs.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.aifs.core.Reason;
import io.aifs.crypto.Digest;
import io.aifs.proto.v1.AssetKind;
import io.aifs.proto.v1.AssetMetadata;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.GetAssetRequest;
import io.aifs.proto.v1.PoliciesGrpc;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutFileResult;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.SearchHit;
import io.aifs.proto.v1.SetPolicyRequest;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.schemas.embed.Embed;
import io.aifs.schemas.embed.EmbedCodec;
import io.aifs.schemas.embed.EmbedHeader;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.Tensor;
import io.aifs.schemas.tensor.TensorCodec;
import io.aifs.schemas.tensor.TensorType;
import io.grpc.Status.Code;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Content that is, or is not, what its kind demands, over the wire and by the real schemas. */
class PayloadsGrpcTest extends SearchEdge {
  private static final byte[] NONE = "no tensor, no vectors, no archive".getBytes(UTF_8);

  private static final List<AssetKind> TYPED =
      List.of(AssetKind.TENSOR, AssetKind.EMBED, AssetKind.ARTIFACT);

  private static byte[] tensor(int values) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TensorCodec.encode(
        new Tensor(
            "w",
            new TensorType(ElementType.INT8, List.of((long) values)),
            ByteBuffer.allocate(values)),
        out);
    return out.toByteArray();
  }

  private static byte[] embed() {
    return EmbedCodec.encode(
        new Embed(
            new EmbedHeader("CLIP ViT-L/14", 2, io.aifs.core.model.VectorMetric.COSINE),
            List.of(new float[] {1, 0}, new float[] {0, 1}),
            List.of("page 1", "page 2")));
  }

  private PutAssetResponse put(AssetKind kind, byte[] content) {
    return Upload.begin(channel)
        .send(Upload.message(content).toBuilder().setKind(kind).build())
        .finish();
  }

  private PutAssetResponse putChunks(AssetKind kind, byte[] content) {
    ChunkCall call = ChunkCall.begin(channel, PutAssetRequest.newBuilder().setKind(kind).build());
    return call.send(ChunkCall.sent(0, content, content.length)).finish(Digest.of(content));
  }

  private PutFileResult putFile(AssetKind kind, byte[] content) {
    return TreeGrpc.newBlockingStub(channel)
        .putFiles(
            PutFilesRequest.newBuilder()
                .addFiles(
                    FilePut.newBuilder()
                        .setPath("in/" + kind)
                        .setKind(kind)
                        .setData(ByteString.copyFrom(content)))
                .build())
        .getResults(0);
  }

  private void validate(String mode) {
    assertThat(
            PoliciesGrpc.newBlockingStub(channel)
                .setPolicy(
                    SetPolicyRequest.newBuilder()
                        .setDocument(
                            "{\"version\": 1, \"payload\": {\"validate\": \"" + mode + "\"}}")
                        .build())
                .getVersion())
        .isPositive();
  }

  private AssetMetadata stat(byte[] content) {
    return aifs.getAsset(GetAssetRequest.newBuilder().setAssetId(Digest.of(content).hex()).build())
        .getMetadata();
  }

  @Test
  void theOldCallStoresAndSaysWhatIsWrong() {
    int number = 0;
    for (AssetKind kind : TYPED) {
      byte[] content = Arrays.copyOf(NONE, NONE.length - number++);
      String problem = put(kind, content).getPayloadProblem();
      assertThat(problem).isNotEmpty().hasSizeLessThanOrEqualTo(256);
      assertThat(stat(content).getKind()).isEqualTo(kind);
      assertThat(stat(content).getPayloadProblem()).isEqualTo(problem);
      assertThat(stat(content).getMetadataMap()).isEmpty();
    }
    assertThat(put(AssetKind.BLOB, new byte[] {1}).getPayloadProblem()).isEmpty();
  }

  @Test
  void newCallsRefuseWithWhatAndWhere() {
    for (AssetKind kind : TYPED) {
      WireFailure.of(() -> putChunks(kind, NONE))
          .is(Code.INVALID_ARGUMENT, Reason.PAYLOAD_INVALID)
          .names("content");
      WireFailure refused =
          WireFailure.of(() -> putFile(kind, NONE))
              .is(Code.INVALID_ARGUMENT, Reason.PAYLOAD_INVALID);
      assertThat(refused.status().getMessage())
          .startsWith("'in/" + kind + "': the content is not what kind " + kind + " demands: ");
      assertThat(refused.info().getMetadataOrThrow("hint")).contains("BLOB");
    }
    validate("strict");
    WireFailure.of(() -> put(AssetKind.TENSOR, NONE))
        .is(Code.INVALID_ARGUMENT, Reason.PAYLOAD_INVALID);
  }

  @Test
  void thePolicyHasTheNewCallsWarnOrNotLook() {
    validate("warn");
    assertThat(putChunks(AssetKind.TENSOR, NONE).getPayloadProblem()).isNotEmpty();
    assertThat(putFile(AssetKind.TENSOR, NONE).getPayloadProblem()).isNotEmpty();
    validate("off");
    assertThat(putFile(AssetKind.EMBED, new byte[] {1}).getPayloadProblem()).isEmpty();
    assertThat(stat(new byte[] {1}).getPayloadProblem()).isEmpty();
  }

  @Test
  void realPayloadsPassEveryCall() throws IOException {
    assertThat(put(AssetKind.TENSOR, tensor(1)).getPayloadProblem()).isEmpty();
    assertThat(putChunks(AssetKind.TENSOR, tensor(20_000)).getPayloadProblem()).isEmpty();
    assertThat(putFile(AssetKind.TENSOR, tensor(3)).getAssetId()).isNotEmpty();
    byte[] cut = Arrays.copyOf(tensor(20_000), 10_000);
    WireFailure.of(() -> putChunks(AssetKind.TENSOR, cut))
        .is(Code.INVALID_ARGUMENT, Reason.PAYLOAD_INVALID);
  }

  @Test
  void vectorsOfAnEmbedAssetAreFoundByPart() {
    assertThat(putChunks(AssetKind.EMBED, embed()).getPayloadProblem()).isEmpty();

    SearchHit hit = ask(asking(near(0, 1)).setSpace("clip-vit-l-14")).getResults(0).getHits(0);

    assertThat(hit.getAssetId()).isEqualTo(Digest.of(embed()).hex());
    assertThat(hit.getPart()).isEqualTo("page 2");
  }

  @Test
  void keysOfTheStoreAreRefused() {
    PutAssetRequest marked =
        Upload.message(NONE).toBuilder().putMetadata("aifs.payload.problem", "none").build();
    WireFailure.of(() -> Upload.begin(channel).send(marked).finish())
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID)
        .names("metadata");
    WireFailure.of(
            () ->
                ChunkCall.begin(channel, marked.toBuilder().clearChunks().build())
                    .finish(Digest.of(new byte[0])))
        .is(Code.INVALID_ARGUMENT, Reason.ARGUMENT_INVALID);
  }
}
