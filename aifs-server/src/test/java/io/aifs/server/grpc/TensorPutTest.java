package io.aifs.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.aifs.client.AifsClient;
import io.aifs.client.AifsClients;
import io.aifs.client.ClientOptions;
import io.aifs.client.Content;
import io.aifs.client.PutEstimate;
import io.aifs.client.PutOptions;
import io.aifs.client.PutOutcome;
import io.aifs.core.chunk.Chunker;
import io.aifs.core.chunk.ChunkerParameters;
import io.aifs.core.model.AssetKind;
import io.aifs.crypto.Digest;
import io.aifs.crypto.testing.SeededTest;
import io.aifs.proto.v1.BeginTransactionRequest;
import io.aifs.proto.v1.Chunk;
import io.aifs.proto.v1.CommitTransactionRequest;
import io.aifs.proto.v1.ContentGrpc;
import io.aifs.proto.v1.FilePut;
import io.aifs.proto.v1.ParentEdge;
import io.aifs.proto.v1.PutAssetRequest;
import io.aifs.proto.v1.PutAssetResponse;
import io.aifs.proto.v1.PutFilesRequest;
import io.aifs.proto.v1.PutFilesResponse;
import io.aifs.proto.v1.ReadRequest;
import io.aifs.proto.v1.TransactionsGrpc;
import io.aifs.proto.v1.TreeGrpc;
import io.aifs.schemas.safetensors.SafetensorsWriter;
import io.aifs.schemas.tensor.ElementType;
import io.aifs.schemas.tensor.TensorType;
import io.grpc.Channel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files of tensors: cut alike by everyone, and stored as what differs from a parent. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TensorPutTest extends HistoryEdge {
  private static final int WEIGHTS = 150_000;

  private final SplittableRandom random = new SplittableRandom(SeededTest.seed());
  private AifsClient client;

  @BeforeEach
  void connect() throws IOException {
    int port = fixture.edge().listenTcp("127.0.0.1", 0).getPort();
    client =
        AifsClients.connect(
            ClientOptions.of(new ClientOptions.Endpoint.Tcp("127.0.0.1", port))
                .withToken(TestTokens.admin()));
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  private float[] weights(int count) {
    float[] weights = new float[count];
    for (int i = 0; i < count; i++) {
      weights[i] = (float) random.nextGaussian(0, 0.02);
    }
    return weights;
  }

  /** A few of them, each a little changed. */
  private float[] tuned(float[] weights) {
    float[] tuned = weights.clone();
    for (int i = 0; i < tuned.length; i += 1 + random.nextInt(40)) {
      tuned[i] = Math.nextUp(tuned[i]);
    }
    return tuned;
  }

  private static byte[] file(Map<String, String> metadata, SequencedMap<String, float[]> tensors) {
    SequencedMap<String, TensorType> types = new LinkedHashMap<>();
    tensors.forEach(
        (name, values) ->
            types.put(name, new TensorType(ElementType.FLOAT32, List.of((long) values.length))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SafetensorsWriter.head(metadata, types));
    tensors.values().forEach(values -> out.writeBytes(bytes(values)));
    return out.toByteArray();
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static SequencedMap<String, float[]> tensors(Object... namesAndValues) {
    SequencedMap<String, float[]> tensors = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      tensors.put((String) namesAndValues[i], (float[]) namesAndValues[i + 1]);
    }
    return tensors;
  }

  private static List<ParentEdge> edges(Digest... parents) {
    return Arrays.stream(parents)
        .map(parent -> ParentEdge.newBuilder().setParentAssetId(parent.hex()).build())
        .toList();
  }

  private PutAssetResponse putAsset(byte[] content, Digest... parents) {
    Upload upload = Upload.begin(channel);
    for (int at = 0; at < content.length; at += 100_000) {
      PutAssetRequest.Builder message =
          PutAssetRequest.newBuilder()
              .addChunks(
                  Chunk.newBuilder()
                      .setData(
                          UnsafeByteOperations.unsafeWrap(
                              content, at, Math.min(100_000, content.length - at))));
      if (at == 0) {
        message.addAllParents(edges(parents));
      }
      upload.send(message.build());
    }
    return upload.finish();
  }

  private PutOutcome putChunks(byte[] content, Digest... parents) {
    List<io.aifs.core.model.ParentEdge> edges =
        Arrays.stream(parents)
            .map(parent -> new io.aifs.core.model.ParentEdge(parent, "", ""))
            .toList();
    PutOptions plain = PutOptions.blob();
    return client
        .assets()
        .put(
            new PutOptions(
                AssetKind.BLOB, plain.metadata(), edges, plain.embedding(), plain.target()),
            Content.of(content));
  }

  private PutFilesResponse putFiles(String transaction, byte[] content, Digest... parents) {
    return TreeGrpc.newBlockingStub(channel)
        .putFiles(
            PutFilesRequest.newBuilder()
                .setTransaction(transaction)
                .addFiles(
                    FilePut.newBuilder()
                        .setPath(Digest.of(content).hex())
                        .setData(ByteString.copyFrom(content))
                        .addAllParents(edges(parents)))
                .build());
  }

  private byte[] read(Digest id) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ContentGrpc.newBlockingStub(channel)
        .read(ReadRequest.newBuilder().setAssetId(id.hex()).build())
        .forEachRemaining(part -> out.writeBytes(part.getData().toByteArray()));
    return out.toByteArray();
  }

  @Test
  void howeverAFileOfTensorsIsPutItHasTheSameChunks() {
    float[] first = weights(WEIGHTS);
    byte[] content = file(Map.of(), tensors("a", first, "b", weights(WEIGHTS)));

    PutAssetResponse put = putAsset(content);
    PutEstimate compared = client.assets().compare(Content.of(content));
    PutOutcome asked = putChunks(content);
    PutFilesResponse filed = putFiles("", content);

    // 600,000 bytes are 9 chunks, the last of which takes what is too short for a tenth.
    assertThat(put.getChunks()).isEqualTo(1 + 2 * 9);
    assertThat(put.getNewChunks()).isEqualTo(put.getChunks());
    assertThat(compared.chunks()).isEqualTo(put.getChunks());
    assertThat(compared.missingChunks()).isZero();
    assertThat(asked.chunks()).isEqualTo(put.getChunks());
    assertThat(asked.newChunks()).isZero();
    assertThat(filed.getChunks()).isEqualTo(put.getChunks());
    assertThat(filed.getNewChunks()).isZero();
    assertThat(read(Digest.of(content))).isEqualTo(content);
  }

  @Test
  void filesThatShareATensorShareItsChunks() {
    float[] shared = weights(WEIGHTS);
    byte[] one = file(Map.of(), tensors("a", shared, "b", weights(30_000)));
    byte[] other = file(Map.of("format", "pt"), tensors("x", weights(7_777), "other.name", shared));
    long chunks = putAsset(one).getChunks();

    PutOutcome put = putChunks(other);

    assertThat(chunks).isEqualTo(1 + 9 + 2);
    assertThat(put.chunks()).isEqualTo(1 + 1 + 9);
    assertThat(put.newChunks()).isEqualTo(2);
    assertThat(read(put.id())).isEqualTo(other);
  }

  @Test
  void aTunedCopyIsStoredAsWhatDiffersFromItsParentHoweverItIsPut() {
    float[] weights = weights(WEIGHTS);
    byte[] parent = file(Map.of(), tensors("a", weights));
    PutAssetResponse whole = putAsset(parent);
    Digest base = Digest.of(parent);
    assertThat(whole.getStoredBytes()).isGreaterThan(parent.length / 2);

    byte[] byAsset = file(Map.of("by", "asset"), tensors("a", tuned(weights)));
    assertThat(putAsset(byAsset, base).getStoredBytes()).isLessThan(parent.length / 4);
    byte[] byChunks = file(Map.of("by", "chunks"), tensors("a", tuned(weights)));
    assertThat(putChunks(byChunks, base).storedBytes()).isLessThan(parent.length / 4);
    byte[] byFiles = file(Map.of("by", "files"), tensors("a", tuned(weights)));
    assertThat(putFiles("", byFiles, base).getStoredBytes()).isLessThan(parent.length / 4);
    byte[] alone = file(Map.of("by", "nobody"), tensors("a", tuned(weights)));
    assertThat(putAsset(alone).getStoredBytes()).isGreaterThan(parent.length / 2);

    for (byte[] content : List.of(parent, byAsset, byChunks, byFiles, alone)) {
      assertThat(read(Digest.of(content))).isEqualTo(content);
    }
  }

  @Test
  void inATransactionParentsAreBasesToo() {
    float[] weights = weights(WEIGHTS);
    byte[] parent = file(Map.of(), tensors("a", weights));
    var _ = putAsset(parent);
    var transactions = TransactionsGrpc.newBlockingStub(channel);
    String id = transactions.begin(BeginTransactionRequest.getDefaultInstance()).getId();
    byte[] child = file(Map.of(), tensors("a", tuned(weights)));

    PutFilesResponse put = putFiles(id, child, Digest.of(parent));
    var _ = transactions.commit(CommitTransactionRequest.newBuilder().setTransaction(id).build());

    assertThat(put.getStoredBytes()).isLessThan(parent.length / 4);
    assertThat(read(Digest.of(child))).isEqualTo(child);
  }

  @Test
  void anOldClientsCutsAreTakenAndReadBack() {
    float[] weights = weights(WEIGHTS);
    byte[] content = file(Map.of(), tensors("a", weights));
    Chunker chunker = new Chunker(ChunkerParameters.DEFAULT);
    ChunkCall call = ChunkCall.begin(channel, "");
    int at = 0;
    int length;
    while ((length = chunker.cut(content, at, content.length - at, true)) > 0) {
      call.send(ChunkCall.sent(0, Arrays.copyOfRange(content, at, at + length), length));
      at += length;
    }
    assertThat(call.finish(Digest.of(content)).getSize()).isEqualTo(content.length);
    assertThat(read(Digest.of(content))).isEqualTo(content);

    byte[] child = file(Map.of(), tensors("a", tuned(weights)));
    assertThat(putChunks(child, Digest.of(content)).newChunks()).isGreaterThanOrEqualTo(9);
    assertThat(read(Digest.of(child))).isEqualTo(child);
  }

  @Test
  void aFileThatEndsBeforeItsTensorsDoIsKeptAsItIs() {
    byte[] content = file(Map.of(), tensors("a", weights(WEIGHTS)));
    byte[] torn = Arrays.copyOf(content, 400_001);
    PutAssetResponse put = putAsset(torn);
    PutOutcome asked = putChunks(torn);
    assertThat(asked.chunks()).isEqualTo(put.getChunks());
    assertThat(asked.newChunks()).isZero();
    assertThat(read(Digest.of(torn))).isEqualTo(torn);
  }

  @Test
  void whoeverMayNotReadIsRefusedToNameAParent() throws IOException {
    byte[] parent = file(Map.of(), tensors("a", weights(WEIGHTS)));
    var _ = putAsset(parent);
    Channel ingest = EdgeFixture.withToken(fixture.inProcess(), TestTokens.with("methods = put"));
    PutAssetRequest message =
        Upload.message(parent).toBuilder().addAllParents(edges(Digest.of(new byte[1]))).build();
    WireFailure unknown = WireFailure.of(() -> Upload.begin(ingest).send(message).finish());
    PutAssetRequest known =
        Upload.message(new byte[1]).toBuilder().addAllParents(edges(Digest.of(parent))).build();
    WireFailure there = WireFailure.of(() -> Upload.begin(ingest).send(known).finish());
    assertThat(there.exception().getStatus().getCode())
        .isEqualTo(unknown.exception().getStatus().getCode());
  }
}
